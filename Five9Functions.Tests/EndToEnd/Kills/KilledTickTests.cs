using NodaTime;
using static Five9Functions.Tests.EndToEnd.Kills.KillStep;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>A tick that is killed while it opens a scheduled run. The next tick goes on with that run and opens no other.</summary>
[CancelAfter(240_000)]
public sealed class KilledTickTests : EndToEndTest
{
    private static readonly KillStep[] Steps =
    [
        After("run row | list of open runs", r => r.Adds("ImportRuns")),
        After("list of open runs | import-jobs", r => r.Changes("Five9Users", "\"OpenRuns\":\"[{")),
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
}
