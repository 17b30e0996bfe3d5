using System.Text;
using Five9Functions.Runs;
using Five9Functions.Tests.Storage.Faults;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>The table refuses one segment of a day: the rest of the day is there, and the day says what is not.</summary>
[CancelAfter(120_000)]
public sealed class RefusedSegmentTests : StorageFaultTest
{
    private const string Warning =
        "Warnings='The segment that starts at 2026-11-02T21:00:05Z is left out, because the table refuses it (PropertyValueTooLarge); it is tried again when it changes.'";

    [Test]
    public async Task TheSegment_IsLeftOut_AndItsRowCountsAsQuarantined_UntilItChanges()
    {
        var rows = new StateRows(
            new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:00:05Z"),
            new("anna", "Inbound", "2026-11-02T21:00:05Z", "2026-11-02T21:03:00Z", Call: "300000001"),
            new("ben", "Ready", "2026-11-02T22:00:00Z", "2026-11-02T23:00:00Z"));
        var app = await StartAsync(Setup with { Rows = rows });
        app.Log.Expect("the table refuses 1 segments (PropertyValueTooLarge)");
        app.Network.Faults = Refuse("300000001");

        var run = await ImportAsync(app);

        Assert.That((run.Status, run.Landed), Is.EqualTo((RunStatus.Succeeded, 3)));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Ready 21:00:00-21:00:05", "ben Ready 22:00:00-23:00:00" }));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.One.Contains("Quarantined=1").And.Contains("RowsHeld=3").And.Contains("Visible=2").And.Contains(Warning));
        var (refusals, table) = (app.Network.Happened.Count, await app.RowsAsync("AgentStates", Token));

        // The same again writes nothing.
        app.Clock.Advance(Duration.FromHours(1));
        app.Traffic.Clear();
        await ImportAsync(app);
        Assert.That(app.Traffic.EntityWrites("AgentStates"), Is.Empty);
        Assert.That(await app.RowsAsync("AgentStates", Token), Is.EqualTo(table));

        // Another row of the day changes: the refused one is not tried again, and still told.
        app.Clock.Advance(Duration.FromHours(1));
        rows.Rows = [.. rows.Rows.SkipLast(1), new("ben", "Ready", "2026-11-02T22:00:00Z", "2026-11-02T23:30:00Z")];
        await ImportAsync(app);
        Assert.That(app.Network.Happened, Has.Count.EqualTo(refusals));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Ready 21:00:00-21:00:05", "ben Ready 22:00:00-23:30:00" }));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.One.Contains("Quarantined=1").And.Contains(Warning));

        // It changes itself.
        app.Clock.Advance(Duration.FromHours(1));
        rows.Rows = [rows.Rows[0], new("anna", "Inbound", "2026-11-02T21:00:05Z", "2026-11-02T21:03:00Z", Call: "300000002"), rows.Rows[2]];
        await ImportAsync(app);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[]
        {
            "anna Ready 21:00:00-21:00:05", "anna Inbound 21:00:05-21:03:00", "ben Ready 22:00:00-23:30:00",
        }));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.One.Contains("Quarantined=0").And.Contains("Visible=3").And.Not.Contains("Warnings"));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task TheSegmentOfAnAgentWhoseNameIsCutInTheKey_IsToldLikeAnyOther()
    {
        var agent = new string('a', 600);
        var app = await StartAsync(Setup with { Rows = new StateRows(new StateRow(agent, "Inbound", "2026-11-02T21:00:05Z", "2026-11-02T21:03:00Z", Call: "300000001")) });
        app.Log.Expect("the table refuses 1 segments (PropertyValueTooLarge)");
        app.Network.Faults = Refuse("300000001");

        var run = await ImportAsync(app);

        Assert.That((run.Status, run.Landed), Is.EqualTo((RunStatus.Succeeded, 1)));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.One.Contains("Quarantined=1").And.Contains(Warning));
    }

    private static Func<StorageRequest, Fault?> Refuse(string value) => request =>
    {
        var operations = Encoding.UTF8.GetString(request.Body).Split("HTTP/1.1").Skip(1).ToList();
        var index = request.Path.EndsWith("$batch", StringComparison.Ordinal) ? operations.FindIndex(o => o.Contains(value, StringComparison.Ordinal)) : -1;
        return index < 0 ? null : NetworkFaults.RefusedOperation(index, "PropertyValueTooLarge");
    };
}
