using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Users;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class SharedUserTests : EndToEndTest
{
    private static StateRows Rows => new(
        new("anna", "Ready", "2026-11-01T21:00:00Z", "2026-11-01T21:10:00Z"),
        new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"),
        new("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z"));

    /// <summary>The simulator refuses a second request of one user at once; each refusal would be one call more.</summary>
    [TestCase(1)]
    [TestCase(2)]
    public async Task IntegrationsOfOneFive9User_NeverCallAtOnce_AndAllRunsFinish(int instances)
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = Rows,
            Integrations = ["acme", "other"],
        });
        if (instances == 2)
        {
            await app.StartAnotherInstanceAsync(Token);
        }

        var one = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);
        var two = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token, integration: "other");
        var runs = new[] { await app.FinishedAsync(one, Token), await app.FinishedAsync(two, Token) };

        Assert.That(runs.Select(r => (r.Status, r.Slices, r.Landed)), Is.All.EqualTo((RunStatus.Succeeded, 2, 2)));
        Assert.That(app.Five9.Calls, Is.EquivalentTo(new KeyValuePair<string, int>[] { new("runReport", 4), new("isReportRunning", 4), new("getReportResultCsv", 4) }));
        Assert.That(await app.RowsAsync("Five9Users", Token), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ATurnWhoseHolderDied_EndsAfterAMinute()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = Rows,
            Settings = new Dictionary<string, string?> { ["Imports:UserBusy"] = "00:00:01" },
        });
        var users = app.Get<Five9UserTable>();
        var key = await users.EnsureAsync((await app.Get<IntegrationTable>().FindAsync("acme", Token))!, Token);
        await users.UpdateAsync(key, user => user with { LeaseOwner = "one that died", LeaseUntil = app.Clock.Now + Duration.FromSeconds(60) }, Token);

        var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        await app.WhenAsync(() => Task.FromResult(app.Traffic.Messages.Count(m => m.Queue == "agent-state-reports") >= 3), Token);
        Assert.That(app.Five9.Calls, Is.Empty);

        app.Clock.Advance(Duration.FromSeconds(60));
        Assert.That((await app.FinishedAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
    }
}
