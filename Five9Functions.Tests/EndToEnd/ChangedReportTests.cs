using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class ChangedReportTests : EndToEndTest
{
    [Test]
    public async Task AStateClosedARowGoneAndARowNew_CorrectTheTable_WritingOnlyWhatChanged()
    {
        var rows = new StateRows(
            new("anna", "Ready", "2026-11-02T17:00:00Z", "2026-11-02T18:00:00Z"),
            new("anna", "Not Ready", "2026-11-02T19:00:00Z", "2026-11-02T19:30:00Z"),
            new("anna", "Inbound", "2026-11-02T19:50:00Z", "2026-11-02T20:10:00Z"),
            new("ben", "Ready", "2026-11-02T17:00:00Z", "2026-11-02T18:00:00Z"));
        var app = await StartAsync(new TestSetup { Now = "2026-11-02T20:00:00Z", Rows = rows });
        await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-02T20:00:00Z", Token);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[]
        {
            "anna Ready 17:00:00-18:00:00",
            "anna Not Ready 19:00:00-19:30:00",
            "anna Inbound 19:50:00-20:00:00, open",
            "ben Ready 17:00:00-18:00:00",
        }));

        rows.Rows = [rows.Rows[0], rows.Rows[2], rows.Rows[3], new("chloé", "Ready", "2026-11-02T17:00:00Z", "2026-11-02T17:00:05Z")];
        app.Clock.Advance(Duration.FromHours(1));
        app.Traffic.Clear();
        await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-02T20:00:00Z", Token);

        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[]
        {
            "anna Ready 17:00:00-18:00:00",
            "anna Inbound 19:50:00-20:10:00",
            "ben Ready 17:00:00-18:00:00",
            "chloé Ready 17:00:00-17:00:05",
        }));
        Assert.That(app.Traffic.EntityWrites("AgentStates"), Is.EquivalentTo(new[]
        {
            "PUT manifest",
            "PUT anna|2026-11-02T19:50:00Z",
            "DELETE anna|2026-11-02T19:00:00Z",
            "POST chloé|2026-11-02T17:00:00Z",
        }));
    }

    [Test]
    public async Task AnOpenState_IsProvisionalNow_AndClosedByTheImportOfTheNextDay()
    {
        var rows = new StateRows(new StateRow("anna", "Not Ready", "2026-11-03T07:30:00Z", null)); // 23:30 local
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T07:45:00Z", Rows = rows });
        await app.ImportAsync("2026-11-03T07:00:00Z", "2026-11-03T07:45:00Z", Token);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Not Ready 07:30:00-07:45:00, open" }));

        // Five9 cuts a state at local midnight and opens it again.
        rows.Rows = [new("anna", "Not Ready", "2026-11-03T07:30:00Z", "2026-11-03T08:00:00Z"), new("anna", "Not Ready", "2026-11-03T08:00:00Z", "2026-11-03T08:20:00Z")];
        app.Clock.Set("2026-11-03T16:00:00Z");
        await app.ImportAsync("2026-11-03T07:00:00Z", "2026-11-03T15:00:00Z", Token);

        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Not Ready 07:30:00-08:00:00, continues on the next day" }));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[] { "anna Not Ready 08:00:00-08:20:00, continues from the previous day" }));
        Assert.That(await app.RowsAsync("AgentStates", Token), Has.Some.Contains("anna|2026-11-03T08:00:00Z").And.Some.Contains("ReportedStart=2026-11-03T07:30:00Z"));
    }

    [Test]
    public async Task AStateOfDaysThatTurnsOutShorter_IsTakenBackFromEachDay_AndTheRunFinishes()
    {
        var rows = new StateRows(new StateRow("anna", "Not Ready", "2026-11-02T20:00:00Z", "2026-11-05T20:00:00Z"));
        var app = await StartAsync(new TestSetup { Now = "2026-11-06T12:00:00Z", Rows = rows });
        await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        Assert.That(await app.TimelineAsync("2026-11-05", Token), Is.EqualTo(new[] { "anna Not Ready 08:00:00-20:00:00, continues from the previous day" }));

        rows.Rows = [new("anna", "Not Ready", "2026-11-02T20:00:00Z", "2026-11-02T21:00:00Z")];
        app.Clock.Advance(Duration.FromHours(1));
        var run = await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);

        Assert.That(run.Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Not Ready 20:00:00-21:00:00" }));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-04", Token), Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-05", Token), Is.Empty);
    }
}
