using Five9Functions.Runs;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>An instance that is killed during its turn of a Five9 user leaves the turn behind.</summary>
[CancelAfter(240_000)]
public sealed class KilledWithALeaseTests : EndToEndTest
{
    [Test]
    public async Task TheTurnOfTheDead_IsWaitedForByAllIntegrationsOfTheUser_ForAMinute()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z")),
            Integrations = ["acme", "other"],
            Settings = new Dictionary<string, string?> { ["Imports:UserBusy"] = "00:00:01" },
        });
        app.KillAt = KillStep.After("lease | runReport", r => r.Changes("Five9Users", "\"LeaseUntil\":")).Once();
        var one = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        await app.Killed.WaitAsync(Token);
        await app.ReviveAsync(Token);
        var other = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token, integration: "other");

        app.Clock.Advance(Duration.FromSeconds(59));
        var before = app.Traffic.Messages.Count;
        await app.WhenAsync(() => Task.FromResult(Waits("acme") >= 2 && Waits("other") >= 2), Token);
        Assert.That(app.Five9.Calls, Is.Empty);

        app.Clock.Advance(Duration.FromSeconds(1));
        var runs = new[] { await app.FinishedAsync(one, Token), await app.FinishedAsync(other, Token) };
        Assert.That(runs.Select(r => (r.Status, r.Landed)), Is.All.EqualTo((RunStatus.Succeeded, 1)));
        Assert.That(app.Five9.Calls, Is.EquivalentTo(new KeyValuePair<string, int>[] { new("runReport", 2), new("isReportRunning", 2), new("getReportResultCsv", 2) }));
        Assert.That(await Settled.ProblemsAsync(app.ConnectionString, Token), Is.Empty);

        // Messages of the first step, each the one before delayed.
        int Waits(string integration) => app.Traffic.Messages.Skip(before).Count(m => m.Queue == StorageLayout.AgentStateReports && m.Json.Contains($"\"{integration}\"", StringComparison.Ordinal));
    }
}
