using Five9Functions.Connections;
using Five9Functions.Tests.Imports;
using Five9Functions.Users;
using NodaTime;

namespace Five9Functions.Tests.Connections;

/// <summary>Whoever asks for a test waits for it: it has a minute, whatever the calls themselves may take.</summary>
[CancelAfter(60_000)]
public sealed class ConnectionCheckLimitTests : ImportFixture
{
    private const string TooLong = "Five9 at api.five9.test did not come to an end within the 60 s that a test has.";

    private protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Five9:CallTimeout"] = "00:10:00",
        ["Five9:IdleTimeout"] = "00:10:00",
    };

    [Test]
    public async Task AFive9ThatHangs_IsNotWaitedFor_AndTheLoginMayHaveBeenABadOne()
    {
        var stages = await HangingAsync("getCallCountersState");

        Assert.That(stages[0], Is.EqualTo(new TestedStage(ConnectionStage.Host, StageResult.Failed, TooLong)));
        Assert.That(stages.Skip(1).Select(stage => stage.Result), Is.All.EqualTo(StageResult.Skipped));
        Assert.That((await Bench.UserAsync()).MarkOf("five9-acme"), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.Trying, Tries: 1, TryAgainAt: Instant.FromUtc(2026, 11, 2, 20, 16))));
    }

    [Test]
    public async Task AReportThatHangs_IsNotWaitedFor_AndWhatWasFoundBeforeIsTold()
    {
        Bench.Five9.Counts("Query 60 1/450");

        var stages = await HangingAsync("runReport");

        Assert.That(stages.Take(2).Select(stage => stage.Result), Is.All.EqualTo(StageResult.Ok));
        Assert.That(stages.Select(stage => stage.Detail), Has.One.EqualTo(TooLong));
        Assert.That((await Bench.UserAsync()).MarkOf("five9-acme"), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.InForce)));
        Assert.That((await Bench.UserAsync()).LeaseOwner, Is.Empty);
    }

    private async Task<IReadOnlyList<TestedStage>> HangingAsync(string operation)
    {
        var hangs = Bench.Five9.Hangs(operation);
        var testing = Get<ConnectionCheck>().RunAsync(ImportData.Acme with { Reports = "agent-states" }, CancellationToken.None);
        await hangs;
        Bench.Time.Advance(TimeSpan.FromSeconds(20));
        var limit = TestContext.CurrentContext.CancellationToken;
        while ((await Bench.UserAsync()).LeaseUntil != Instant.FromUtc(2026, 11, 2, 20, 1, 20))
        {
            limit.ThrowIfCancellationRequested(); // the renewal of the lease is under way
        }

        Bench.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.That(testing.IsCompleted, Is.False);
        Bench.Time.Advance(TimeSpan.FromSeconds(1));
        return await testing;
    }
}
