using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.EndToEnd.Kills.KillStep;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>A tick that is killed while it opens a scheduled run. The next tick goes on with that run and opens no other, unless it was but a name.</summary>
[CancelAfter(240_000)]
public sealed class KilledTickTests : EndToEndTest
{
    private static readonly KillStep[] Steps =
    [
        After("run row | import-jobs", r => r.Adds("ImportRuns")),
        After("import-jobs | its answer", r => r.Sends("import-jobs")),
    ];

    [TestCaseSource(nameof(Steps))]
    public async Task ATickThatWasKilled_IsMadeGoodByTheNext(object at)
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-02T22:00:00Z",
            Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z")),
        });
        app.KillAt = ((KillStep)at).Once();
        Assert.That(() => app.Host.RunTimerAsync("ScheduleImports", Token), Throws.Exception);
        Assert.That(app.Killed.IsCompleted, Is.True);

        app.Clock.Advance(Duration.FromMinutes(16));
        await app.ReviveAsync(Token);
        await app.TickAsync(Token);

        Assert.That(await Settled.ProblemsAsync(app.ConnectionString, Token), Is.Empty);
        Assert.That(await app.RowsAsync("ImportRuns", Token), Has.Count.EqualTo(1).And.One.Contains("RequestedAt=2026-11-02T22:00:00Z"));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Ready 21:00:00-21:10:00" }));
    }

    [TestCase(1, "2026-11-02T22:01:00Z", Description = "The same slot: its run is opened now.")]
    [TestCase(16, "2026-11-02T22:16:00Z")]
    public async Task ATickThatWasKilledBeforeTheRunHadARow_IsMadeGoodByTheNext(int minutes, string requestedAt)
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-02T22:00:00Z",
            Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z")),
        });
        app.KillAt = After("list of open runs | run row", r => r.Changes("Five9Users", "\"OpenRuns\":\"[{")).Once();
        Assert.That(() => app.Host.RunTimerAsync("ScheduleImports", Token), Throws.Exception);
        Assert.That(await app.RowsAsync("ImportRuns", Token), Is.Empty);

        app.Clock.Advance(Duration.FromMinutes(minutes));
        await app.ReviveAsync(Token);
        await app.TickAsync(Token);

        Assert.That(await Settled.ProblemsAsync(app.ConnectionString, Token), Is.Empty);
        Assert.That(await app.RowsAsync("ImportRuns", Token), Has.Count.EqualTo(1).And.One.Contains($"RequestedAt={requestedAt}"));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Ready 21:00:00-21:10:00" }));
    }

    [Test]
    public async Task AnImportThatWasKilledBeforeItHadARow_IsForgotten_AndCanBeAskedForAgain()
    {
        var app = await StartAsync(KillScenario.Setup);
        app.KillAt = After("list of open runs | run row", r => r.Changes("Five9Users", "\"OpenRuns\":\"[{")).Once();
        Assert.That(() => KillScenario.OpenAsync(app, Token), Throws.Exception, "who asks gets no answer");
        app.Clock.Advance(Duration.FromMinutes(15));
        await app.ReviveAsync(Token);
        await app.TickAsync(Token);
        Assert.That((await app.Get<Five9UserTable>().AllAsync(Token)).Single().OpenRuns, Is.Empty);

        var fold = await app.FinishedAsync(await KillScenario.OpenAsync(app, Token), Token);

        Assert.That(fold.Landed, Is.EqualTo(545));
        Assert.That(await Settled.ProblemsAsync(app.ConnectionString, Token), Is.Empty);
    }
}
