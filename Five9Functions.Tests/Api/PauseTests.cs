using Five9Functions.Connections;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Tests.EndToEnd;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Api;

[CancelAfter(120_000)]
public sealed class PauseTests : ApiTest
{
    private static TestSetup Setup => new()
    {
        Rows = new StateRows(
            new StateRow("anna", "Ready", "2026-11-04T07:00:00Z", "2026-11-04T07:10:00Z"),
            new StateRow("anna", "Not Ready", "2026-11-05T07:00:00Z", "2026-11-05T07:10:00Z"),
            new StateRow("anna", "On Call", "2026-11-07T20:00:00Z", "2026-11-07T20:10:00Z")),
        Now = "2026-11-04T12:00:00Z",
        Integrations = [],
        Password = Connected.Password,
    };

    [Test]
    public async Task Creating_ImportsAtOnce_AndPausingForDays_LeavesNoGap()
    {
        var (app, api) = await ServeAsync(Setup);

        var created = await api.PostAsync("integrations", Connected.Body(app, "Acme", ("initialHistoryDays", 1)));
        await IdleAsync(app);
        Assert.That(await CoveredAsync(app), Is.EqualTo(new[] { "2026-11-03T08:00:00Z/2026-11-04T11:55:00Z" }));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Has.Count.EqualTo(1));
        Assert.That((await api.GetAsync("integrations/acme"))["firstImport"], Is.Null);
        Assert.That(created["firstImport.percent"], Is.EqualTo("0"));

        Assert.That((await api.PostAsync("integrations/acme/pause")).Text, Is.EqualTo("""{"id":"acme","paused":true}"""));
        Assert.That((await api.PostAsync("integrations/acme/pause")).Text, Is.EqualTo("""{"id":"acme","paused":true}"""));
        var runs = (await app.RowsAsync("ImportRuns", Token)).Count;
        app.Clock.Advance(Duration.FromDays(3));
        await app.TickAsync(Token);
        Assert.That(await app.RowsAsync("ImportRuns", Token), Has.Count.EqualTo(runs));

        Assert.That((await api.PostAsync("integrations/acme/resume")).Text, Is.EqualTo("""{"id":"acme","paused":false}"""));
        await IdleAsync(app);
        Assert.That(await CoveredAsync(app), Is.EqualTo(new[] { "2026-11-03T08:00:00Z/2026-11-07T11:55:00Z" }));
        Assert.That(await app.TimelineAsync("2026-11-04", Token), Has.Count.EqualTo(1));

        // Longer than scheduled runs look back: backfill reads the rest.
        await api.PostAsync("integrations/acme/pause");
        app.Clock.Advance(Duration.FromDays(9));
        await api.PostAsync("integrations/acme/resume");
        await IdleAsync(app);
        Assert.That(await CoveredAsync(app), Is.EqualTo(new[] { "2026-11-03T08:00:00Z/2026-11-16T11:55:00Z" }));
        Assert.That(await app.TimelineAsync("2026-11-07", Token), Has.Count.EqualTo(1));
        Assert.That((await app.RowsAsync("ImportRuns", Token)).Count(row => row.Contains("Backfill", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task Resuming_InTheSlotOfARunThatEnded_OpensAnotherAtOnce()
    {
        var (app, api) = await ServeAsync(Setup);
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme"));
        await IdleAsync(app);

        await api.PostAsync("integrations/acme/pause");
        app.Clock.Advance(Duration.FromMinutes(10));
        await Task.WhenAll(api.PostAsync("integrations/acme/resume"), api.PostAsync("integrations/acme/resume"));
        await IdleAsync(app);

        Assert.That(await CoveredAsync(app), Is.EqualTo(new[] { "2026-11-04T08:00:00Z/2026-11-04T12:05:00Z" }));
    }

    [Test]
    public async Task FirstImport_ShowsItsPercentAndAnEstimate_UntilItIsDone()
    {
        var (app, api) = await ServeAsync(Setup with { Now = "2026-11-04T08:05:00Z" });
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("initialHistoryDays", 2), ("paused", true)));

        await app.FinishedAsync(await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-02T20:00:00Z", Token), Token);
        app.Clock.Advance(Duration.FromHours(1));
        var got = await api.GetAsync("integrations/acme");
        Assert.That((got["firstImport.percent"], got["firstImport.estimatedAt"]), Is.EqualTo(("25", (string?)null)), "a quarter of two days; paused, so nobody knows when");
        var acme = (await app.Get<IntegrationTable>().FindAsync("acme", Token))!;
        Assert.That(await app.Get<InitialImportProgress>().GetAsync(acme with { Paused = false }, Token), Is.EqualTo(new FirstImportProgress(25, InstantPattern.General.Parse("2026-11-04T12:05:00Z").Value)));

        await api.PostAsync("integrations/acme/resume");
        await IdleAsync(app);
        Assert.That((await api.GetAsync("integrations/acme"))["firstImport"], Is.Null);
    }

    private static async Task IdleAsync(TestApp app)
    {
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
    }

    /// <summary>What the ledgers cover, days put together.</summary>
    private static async Task<string[]> CoveredAsync(TestApp app)
    {
        var days = await app.Get<ReportDayTable>().BetweenAsync("acme", ReportNames.AgentStates, new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31), Token);
        var covered = new List<Interval>();
        foreach (var window in days.SelectMany(day => day.Windows).OrderBy(w => w.From))
        {
            if (covered.Count > 0 && covered[^1].End == window.From)
            {
                covered[^1] = new Interval(covered[^1].Start, window.To);
            }
            else
            {
                covered.Add(new Interval(window.From, window.To));
            }
        }

        return [.. covered.Select(w => w.ToString())];
    }
}
