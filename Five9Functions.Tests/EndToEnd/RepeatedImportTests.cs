using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class RepeatedImportTests : EndToEndTest
{
    private static StateRows Rows => new(
        new("anna", "Login", "2026-11-02T16:00:00Z", "2026-11-03T09:00:00Z"),
        new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:00:05Z"),
        new("anna", "Inbound", "2026-11-02T21:00:00Z", "2026-11-02T21:03:00Z", Call: "300000001"),
        new("ben", "Ready", "2026-11-03T17:00:00Z", "2026-11-03T18:00:00Z"),
        new("ben", "Ready", "2026-11-03T18:10:00Z", null) { Length = "a while" },
        new("ben", "Logout", "2026-11-03T18:30:00Z", "2026-11-03T18:30:00Z"));

    [Test]
    public async Task AnImportRunTwice_WritesNoTimelineAndNoRowsTheSecondTime()
    {
        var app = await StartAsync(new TestSetup { Now = "2026-11-04T12:00:00Z", Rows = Rows });
        await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);
        Assert.That(app.Traffic.EntityWrites("AgentStates"), Is.Not.Empty);
        Assert.That(app.Traffic.Blocks("rows"), Is.EqualTo(2));

        app.Clock.Advance(Duration.FromHours(1));
        app.Traffic.Clear();
        var run = await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);

        Assert.That(run.Landed, Is.EqualTo(5));
        Assert.That(app.Traffic.EntityWrites("AgentStates"), Is.Empty);
        Assert.That(app.Traffic.Blocks("rows"), Is.Zero);
        Assert.That(app.Traffic.Blocks("quarantined"), Is.Zero);

        // Bookkeeping: each raw day's ledger and its row, the run, five steps of two slices, the user's turns.
        Assert.That(app.Traffic.Blocks("header"), Is.EqualTo(2));
        Assert.That(app.Traffic.EntityWrites("ReportDays"), Has.Count.EqualTo(2));
        Assert.That(app.Traffic.EntityWrites("ImportRuns"), Has.Count.InRange(3, 5));
        Assert.That(app.Traffic.EntityWrites("ImportSlices"), Has.Count.InRange(12, 16));
        Assert.That(app.Traffic.EntityWrites("Five9Users"), Has.Count.LessThanOrEqualTo(60));
    }

    [Test]
    public async Task ATickAfterATick_WritesNoTimeline_WhereNothingChanged()
    {
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T20:00:00Z", Rows = Rows });
        await app.TickAsync(Token);
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[] { "ben Ready 17:00:00-18:00:00" }));

        app.Clock.Advance(Duration.FromMinutes(15));
        app.Traffic.Clear();
        await app.TickAsync(Token);

        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(2));
        Assert.That(app.Traffic.EntityWrites("AgentStates"), Is.Empty);
        Assert.That(app.Traffic.Blocks("rows"), Is.Zero);
    }
}
