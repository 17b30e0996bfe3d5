using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Five9Functions.Health;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Retention;
using Five9Functions.Runs;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd.Kills;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>31 days are kept. Friday, 21 August 2026, has timelines and calls, and a state that reaches into Saturday, which no report cuts.</summary>
[CancelAfter(240_000)]
public sealed class RetentionFlowTests : EndToEndTest
{
    private static readonly string[] OfDays = ["AgentStates", "QueueIntervals", "Calls", "ReportDays"];

    private static readonly string[] Saturday = ["anna Ready 07:00:00-10:00:00, continues from the previous day", "ben Ready 20:00:00-21:00:00"];

    private static TestSetup Setup => new()
    {
        Now = "2026-08-23T12:00:00Z",
        Rows = new StateRows(
            new StateRow("anna", "Ready", "2026-08-21T20:00:00Z", "2026-08-22T10:00:00Z"),
            new StateRow("ben", "Ready", "2026-08-22T20:00:00Z", "2026-08-22T21:00:00Z")),
        Calls = new CallRows(CallRows.WithoutSkill(WorkedExample.Csv)),
        Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "2", ["Integrations:acme:RetentionDays"] = "31", ["Integrations:acme:Paused"] = "true" },
    };

    [Test]
    public async Task DaysThatAreTooOld_GoWithAllThatFollows_AndTheirNeighboursStayAsTheyAre()
    {
        var setup = Setup;
        var app = await StartAsync(setup);
        await ImportAsync(app, "2026-08-21T07:00:00Z", ImportSource.Five9, key: "first");
        Assert.That(await app.TimelineAsync("2026-08-22", Token), Is.EqualTo(Saturday));
        Assert.That(await app.RowsAsync("ImportChanges", Token), Is.Not.Empty);

        app.Clock.Set("2026-09-22T06:59:59Z");
        await app.TickAsync(Token);
        Assert.That(await DatesAsync(app), Is.EqualTo(new[] { "2026-08-21", "2026-08-22", "2026-08-23", "2026-08-24" }), "21 September in Los Angeles");

        app.Clock.Set("2026-09-22T07:00:00Z");
        await app.TickAsync(Token);
        Assert.That(await DatesAsync(app), Is.EqualTo(new[] { "2026-08-22", "2026-08-23", "2026-08-24" }));
        Assert.That(await BlobsAsync(app), Is.EqualTo(new[] { "acme/agent-states/2026-08-22.gz", "acme/calls/2026-08-22.gz" }));
        Assert.That(await app.RowsAsync("ImportRuns", Token), Has.Count.EqualTo(2), "runs are kept for 35 days, and so are the keys of requests");

        var acme = (await app.Get<IntegrationTable>().FindAsync("acme", Token))!;
        var coverage = await app.Get<CoverageReader>().ReadAsync(acme, new Interval(Instant.FromUtc(2026, 8, 20, 7, 0), Instant.FromUtc(2026, 8, 23, 7, 0)), Token).Select(day => day.Date.Day).ToListAsync(Token);
        Assert.That(coverage, Is.EqualTo(new[] { 22, 22 }), "nothing is missing before it");

        foreach (var report in new[] { "agent-states", "calls" })
        {
            await app.SendAsync(new SentMessage("normalize-jobs", JsonSerializer.Serialize(new NormalizeJob("acme", report, "2026-08-22", "", ""))), Token);
            await app.SendAsync(new SentMessage("normalize-jobs", JsonSerializer.Serialize(new NormalizeJob("acme", report, "2026-08-21", "", ""))), Token);
        }

        await app.Host.WhenIdleAsync(Token);
        Assert.That(await app.TimelineAsync("2026-08-22", Token), Is.EqualTo(Saturday), "without Friday it would lose what anna did until 10:00");
        Assert.That(await DatesAsync(app), Is.EqualTo(new[] { "2026-08-22", "2026-08-23", "2026-08-24" }), "no job makes a deleted day again");

        await ImportAsync(app, "2026-08-22T07:00:00Z", ImportSource.Raw, key: null);
        Assert.That(await app.TimelineAsync("2026-08-22", Token), Is.EqualTo(Saturday), "compared with what is stored, too");

        var again = await app.ImportAsync("2026-08-22T07:00:00Z", "2026-08-23T07:00:00Z", Token);
        Assert.That((again.Status, again.Landed), Is.EqualTo((RunStatus.Succeeded, 1)));
        Assert.That(await app.TimelineAsync("2026-08-22", Token), Is.EqualTo(Saturday), "the same rows");

        app.Clock.Advance(Duration.FromHours(1));
        ((StateRows)setup.Rows).Rows = [new StateRow("ben", "Ready", "2026-08-22T20:00:00Z", "2026-08-22T22:00:00Z")];
        await app.ImportAsync("2026-08-22T07:00:00Z", "2026-08-23T07:00:00Z", Token);
        Assert.That(await app.TimelineAsync("2026-08-22", Token), Is.EqualTo(new[] { "ben Ready 20:00:00-22:00:00" }), "with other rows it is derived from what there is");

        app.Clock.Set("2026-09-28T12:00:00Z");
        await app.TickAsync(Token);
        Assert.That(await DatesAsync(app), Is.Empty);
        Assert.That(await app.RowsAsync("ImportRuns", Token), Has.Count.EqualTo(3), "those of 22 September");
        Assert.That(await app.RowsAsync("ImportChanges", Token), Has.None.Contains("2026-08-21|"));
        Assert.That((await app.RowsAsync("ImportSlices", Token)).Select(row => row.Split(' ')[0]).Distinct(), Has.Exactly(3).Items);
    }

    [Test]
    public async Task AKill_IsMadeGoodByTheNextTick()
    {
        var app = await StartAsync(Setup);
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-23T07:00:00Z", Token);
        app.Get<RemoveData>().Portion = 3;
        app.Clock.Set("2026-09-22T07:00:00Z");
        app.KillAt = KillStep.After("timelines | the rest", request => request.Deletes("AgentStates")).Once();

        await app.Host.RunTimerAsync("ScheduleImports", Token);
        await app.Killed.WaitAsync(Token);
        Assert.That(await DatesAsync(app), Does.Contain("2026-08-21"), "the day's own row goes last");
        await app.ReviveAsync(Token);
        await app.Host.WhenIdleAsync(Token);
        app.Clock.Set("2026-09-22T07:15:00Z");
        await app.TickAsync(Token);

        Assert.That(await DatesAsync(app), Is.EqualTo(new[] { "2026-08-22", "2026-08-23", "2026-08-24" }));
        Assert.That(await BlobsAsync(app), Is.EqualTo(new[] { "acme/agent-states/2026-08-22.gz", "acme/calls/2026-08-22.gz" }));
    }

    private static async Task ImportAsync(TestApp app, string from, ImportSource source, string? key)
    {
        var window = new Interval(InstantPattern.General.Parse(from).Value, Instant.FromUtc(2026, 8, 23, 7, 0));
        var acme = (await app.Get<IntegrationTable>().FindAsync("acme", Token))!;
        var run = await app.Get<ManualImports>().OpenAsync(acme, new ManualImport(window, null, Force: false, DryRun: false, source), key, Token);
        app.Host.LookNow();
        Assert.That((await app.FinishedAsync(run!, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
    }

    private static async Task<IReadOnlyList<string>> DatesAsync(TestApp app)
    {
        var dates = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var table in OfDays)
        {
            dates.UnionWith((await app.RowsAsync(table, Token)).Select(row => table == "ReportDays" ? row.Split(" / ")[1][..10] : row.Split('|')[1][..10]));
        }

        return [.. dates];
    }

    private static async Task<IReadOnlyList<string>> BlobsAsync(TestApp app) =>
        await new BlobContainerClient(app.ConnectionString, "reports").GetBlobsAsync(new GetBlobsOptions(), Token).Select(blob => blob.Name).ToListAsync(Token);
}
