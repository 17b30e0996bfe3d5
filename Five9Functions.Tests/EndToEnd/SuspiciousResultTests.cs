using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class SuspiciousResultTests : EndToEndTest
{
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-03T08:00:00Z";

    private static readonly string[] Warning =
    [
        "agent-states 2026-11-02T08:00:00Z/2026-11-03T08:00:00Z: Five9 said there is nothing where rows are held; "
        + "they stay until a second empty report, an hour later, confirms it.",
    ];

    [Test]
    public async Task AnEmptyResultOverManyRows_IsApplied_OnceItIsConfirmedAnHourLater()
    {
        var rows = new StateRows(Rows(20));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows });
        await app.ImportAsync(From, To, Token);

        rows.Rows = [];
        app.Clock.Advance(Duration.FromHours(2));
        app.Traffic.Clear();
        var first = await app.ImportAsync(From, To, Token);
        Assert.That(first.Warnings.Select(w => w.Text), Is.EqualTo(Warning));
        Assert.That(first.Errors, Is.Empty);
        Assert.That(app.Traffic.EntityWrites("AgentStates"), Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Has.Count.EqualTo(20));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.Some.Contains("2026-11-02: ").And.Some.Contains("Suspicious=True"));

        app.Clock.Advance(Duration.FromMinutes(59));
        var tooSoon = await app.ImportAsync(From, To, Token);
        Assert.That(tooSoon.Warnings.Select(w => w.Text), Is.EqualTo(Warning));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Has.Count.EqualTo(20));

        app.Clock.Advance(Duration.FromMinutes(1));
        var confirmed = await app.ImportAsync(From, To, Token);
        Assert.That(confirmed.Warnings, Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.Empty);
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.None.Contains("Suspicious=True"));
    }

    [Test]
    public async Task AnEmptyResult_IsAppliedAtOnce_WhenAPersonForcesIt()
    {
        var rows = new StateRows(Rows(20));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows });
        await app.ImportAsync(From, To, Token);

        rows.Rows = [];
        app.Clock.Advance(Duration.FromMinutes(1));
        var run = await app.ImportAsync(From, To, Token, force: true);

        Assert.That(run.Warnings, Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.Empty);
    }

    [Test]
    public async Task AnEmptyResultOverAFewRows_IsBelieved()
    {
        var rows = new StateRows(Rows(19));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows });
        await app.ImportAsync(From, To, Token);

        rows.Rows = [];
        app.Clock.Advance(Duration.FromMinutes(1));
        var run = await app.ImportAsync(From, To, Token);

        Assert.That(run.Warnings, Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.Empty);
    }

    private static StateRow[] Rows(int count) =>
        [.. Enumerable.Range(10, count).Select(minute => new StateRow("anna", "Ready", $"2026-11-02T20:{minute}:00Z", $"2026-11-02T20:{minute}:30Z"))];
}
