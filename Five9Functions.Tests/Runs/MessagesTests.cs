using System.Text.Json;
using Azure.Storage.Queues;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Imports;

namespace Five9Functions.Tests.Runs;

/// <summary>The wire form: what one version sends, the next must read.</summary>
public sealed class MessagesTests : ImportFixture
{
    private const string Job = """{"integration":"acme","run":"2516086475949999999"}""";

    private const string Step = """{"integration":"acme","run":"2516086475949999999","slice":"agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z","step":3}""";

    private const string Normalize =
        """{"integration":"acme","report":"agent-states","date":"2026-11-02","run":"2516086475949999999","slice":"agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z"}""";

    private const string Compare =
        """{"integration":"acme","run":"2516086475949999999","report":"agent-states","date":"2026-11-02","slice":""}""";

    private static readonly CompareJob CompareJob = new("acme", "2516086475949999999", "agent-states", "2026-11-02", "");

    private static readonly ImportJob ImportJob = new("acme", "2516086475949999999");

    private static readonly SliceStep SliceStep = new("acme", "2516086475949999999", "agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z", 3);

    private static readonly NormalizeJob NormalizeJob =
        new("acme", "agent-states", "2026-11-02", "2516086475949999999", "agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z");

    private const string Removal = """{"integration":"acme","until":"2026-11-02T20:10:00Z"}""";

    private static readonly RemovalJob RemovalJob = new("acme", "2026-11-02T20:10:00Z");

    private const string Live = """{"integration":"acme","poll":7}""";

    private static readonly LivePoll LivePoll = new("acme", 7);

    // As the Functions worker binds a message.
    private static readonly JsonSerializerOptions WithoutCase = new() { PropertyNameCaseInsensitive = true };

    [Test]
    public void Messages_HaveThisForm()
    {
        Assert.That(JsonSerializer.Serialize(ImportJob), Is.EqualTo(Job));
        Assert.That(JsonSerializer.Serialize(SliceStep), Is.EqualTo(Step));
        Assert.That(JsonSerializer.Serialize(NormalizeJob), Is.EqualTo(Normalize));
        Assert.That(JsonSerializer.Serialize(NormalizeJob with { Compare = true }), Is.EqualTo($"{Normalize[..^1]},\"compare\":true}}"));
        Assert.That(JsonSerializer.Serialize(CompareJob), Is.EqualTo(Compare));
        Assert.That(JsonSerializer.Serialize(RemovalJob), Is.EqualTo(Removal));
        Assert.That(JsonSerializer.Serialize(LivePoll), Is.EqualTo(Live));
    }

    [Test]
    public void Messages_BindBack_WithAndWithoutCase()
    {
        foreach (var options in new[] { JsonSerializerOptions.Default, WithoutCase })
        {
            Assert.That(JsonSerializer.Deserialize<ImportJob>(Job, options), Is.EqualTo(ImportJob));
            Assert.That(JsonSerializer.Deserialize<SliceStep>(Step, options), Is.EqualTo(SliceStep));
            Assert.That(JsonSerializer.Deserialize<NormalizeJob>(Normalize, options), Is.EqualTo(NormalizeJob));
            Assert.That(JsonSerializer.Deserialize<NormalizeJob>($"{Normalize[..^1]},\"compare\":true}}", options), Is.EqualTo(NormalizeJob with { Compare = true }));
            Assert.That(JsonSerializer.Deserialize<CompareJob>(Compare, options), Is.EqualTo(CompareJob));
            Assert.That(JsonSerializer.Deserialize<RemovalJob>(Removal, options), Is.EqualTo(RemovalJob));
            Assert.That(JsonSerializer.Deserialize<LivePoll>(Live, options), Is.EqualTo(LivePoll));
        }

        Assert.That(
            JsonSerializer.Deserialize<SliceStep>(
                """{"Integration":"acme","RUN":"2516086475949999999","Slice":"agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z","sTEP":3}""", WithoutCase),
            Is.EqualTo(SliceStep));
    }

    [Test]
    public void Queues_HaveTheseNames() =>
        Assert.That(StorageLayout.Queues, Is.EqualTo(new[] { "import-jobs", "call-log-reports", "agent-state-reports", "normalize-jobs", "compare-jobs", "removal-jobs", "credential-events", "live-polls" }));

    [Test]
    public async Task Messages_AreSentInBase64_AndNeverExpire()
    {
        var queues = Get<ImportQueues>();
        await queues.SendAsync(ImportJob, CancellationToken.None);
        await queues.SendAsync(ReportDefinition.AgentStates, SliceStep, TimeSpan.Zero, CancellationToken.None);
        await queues.SendAsync(NormalizeJob, CancellationToken.None);

        Assert.That(
            await RawAsync("import-jobs"), Is.EqualTo("eyJpbnRlZ3JhdGlvbiI6ImFjbWUiLCJydW4iOiIyNTE2MDg2NDc1OTQ5OTk5OTk5In0="));
        Assert.That(
            await RawAsync("agent-state-reports"),
            Is.EqualTo("eyJpbnRlZ3JhdGlvbiI6ImFjbWUiLCJydW4iOiIyNTE2MDg2NDc1OTQ5OTk5OTk5Iiwic2xpY2UiOiJhZ2VudC1zdGF0ZXN8MjAyNi0xMS0wMlQwODowMDowMFp8MjAyNi0xMS0wMlQxMjowMDowMFoiLCJzdGVwIjozfQ=="));
        Assert.That(
            await RawAsync("normalize-jobs"),
            Is.EqualTo("eyJpbnRlZ3JhdGlvbiI6ImFjbWUiLCJyZXBvcnQiOiJhZ2VudC1zdGF0ZXMiLCJkYXRlIjoiMjAyNi0xMS0wMiIsInJ1biI6IjI1MTYwODY0NzU5NDk5OTk5OTkiLCJzbGljZSI6ImFnZW50LXN0YXRlc3wyMDI2LTExLTAyVDA4OjAwOjAwWnwyMDI2LTExLTAyVDEyOjAwOjAwWiJ9"));
    }

    [Test]
    public async Task Messages_WithADelay_AreNotSeenBeforeIt()
    {
        await Get<ImportQueues>().SendAsync(ReportDefinition.AgentStates, SliceStep, TimeSpan.FromHours(1), CancellationToken.None);

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.EqualTo(1));
    }

    private async Task<string> RawAsync(string queue)
    {
        var message = (await new QueueClient(Bench.Storage, queue).PeekMessageAsync()).Value;
        Assert.That(message.ExpiresOn!.Value.Year, Is.EqualTo(9999), "the message lives for ever");
        return message.Body.ToString();
    }
}
