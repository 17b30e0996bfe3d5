using System.Collections.Concurrent;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class RedeliveryTests : EndToEndTest
{
    private static readonly string[] Tables = ["AgentStates", "ReportDays", "ImportSlices", "ImportRuns", "Five9Users"];

    private static StateRows Rows => new(
        new("anna", "Login", "2026-11-02T16:00:00Z", "2026-11-03T09:00:00Z"),
        new("anna", "Inbound", "2026-11-02T21:00:00Z", "2026-11-02T21:03:00Z"),
        new("ben", "Ready", "2026-11-03T17:00:00Z", "2026-11-03T18:00:00Z"));

    [TestCase(0)]
    [TestCase(60)]
    public async Task MessagesThatComeAgainAfterTheRun_TwiceAndShuffled_ChangeNothing(int minutesLater)
    {
        var app = await StartAsync(new TestSetup { Now = "2026-11-04T12:00:00Z", Rows = Rows });
        await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);
        var (before, calls, messages) = (await StateAsync(app), app.Five9.Calls, app.Traffic.Messages);
        Assert.That(messages.Select(m => m.Queue).Distinct(), Is.EquivalentTo(new[] { "import-jobs", "agent-state-reports", "normalize-jobs" }));
        Assert.That(messages.Where(m => m.Queue == "agent-state-reports").Distinct(), Has.Exactly(8).Items, "four steps of two slices");
        Assert.That(calls, Is.EquivalentTo(new KeyValuePair<string, int>[] { new("runReport", 2), new("isReportRunning", 2), new("getReportResultCsv", 2) }));

        app.Clock.Advance(Duration.FromMinutes(minutesLater));
        foreach (var message in Shuffled([.. messages, .. messages]))
        {
            await app.SendAsync(message, Token);
        }

        await app.Host.WhenIdleAsync(Token);

        Assert.That(await StateAsync(app), Is.EqualTo(before));
        Assert.That(app.Five9.Calls, Is.EquivalentTo(calls));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task MessagesThatAreAllDeliveredTwice_AreWorkedOnOnce()
    {
        var app = await StartAsync(new TestSetup { Now = "2026-11-04T12:00:00Z", Rows = Rows });
        var sent = new ConcurrentDictionary<SentMessage, bool>();
        app.Traffic.Before = request => request.Message is { } message && sent.TryAdd(message, true) ? app.SendAsync(message, Token) : Task.CompletedTask;

        var run = await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);

        Assert.That((run.Status, run.Slices, run.Landed), Is.EqualTo((RunStatus.Succeeded, 2, 3)));
        Assert.That(app.Five9.Calls, Is.EquivalentTo(new KeyValuePair<string, int>[] { new("runReport", 2), new("isReportRunning", 2), new("getReportResultCsv", 2) }));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[]
        {
            "anna Login 16:00:00-21:00:00, adjusted",
            "anna Inbound 21:00:00-21:03:00",
            "anna Login 21:03:00-08:00:00, adjusted, continues on the next day",
        }));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[]
        {
            "anna Login 08:00:00-09:00:00, continues from the previous day",
            "ben Ready 17:00:00-18:00:00",
        }));
    }

    private static SentMessage[] Shuffled(SentMessage[] messages)
    {
        new Random(20261104).Shuffle(messages);
        return messages;
    }

    private static async Task<IReadOnlyList<string>> StateAsync(TestApp app)
    {
        var state = new List<string>();
        foreach (var table in Tables)
        {
            state.AddRange(await TableText.ReadAsync(
                app.ConnectionString, table, column => table != "Five9Users" || column is not ("odata.etag" or "Timestamp" or "LeaseOwner" or "LeaseUntil"), Token));
        }

        return state;
    }
}
