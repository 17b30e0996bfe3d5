using Azure.Storage.Blobs;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using NodaTime;
using static Five9Functions.Tests.EndToEnd.Kills.KillStep;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>A kill at each step of counting what a run changes: the numbers are those of a run that nothing happened to, and no copy is left.</summary>
[CancelAfter(240_000)]
public sealed class KilledComparisonTests : EndToEndTest
{
    private static readonly KillStep[] Steps =
    [
        After("copy kept, or landed in a dry run | what follows", r => r.Commits()),
        After("second copy | what follows", r => r.Commits(), nth: 2),
        After("last slice | days to compare", r => r.Sends("compare-jobs")),
        After("time to compare | first day sent", r => r.Changes("ImportRuns", "\"ComparingSince\":")),
        After("first day sent | second", r => r.Sends("compare-jobs", "2026-11-0")),
        After("first day counted | settled", r => r.Adds("ImportChanges")),
        After("last day counted | copies deleted", r => r.Adds("ImportChanges"), nth: 4),
        After("first copy deleted | second", r => r.Name.StartsWith("DELETE", StringComparison.Ordinal) && r.Name.Contains("/runs/", StringComparison.Ordinal)),
        After("copies deleted | run's end", r => r.Changes("ImportRuns", "\"ComparedAt\":")),
    ];

    // What lands, and what is deleted, is the other way round in a dry run; all between is the same.
    private static IEnumerable<TestCaseData> Cases() => Steps.Select(step => new TestCaseData(step, false)).Concat(new[] { Steps[0], Steps[5], Steps[7] }.Select(step => new TestCaseData(step, true)));

    [TestCaseSource(nameof(Cases))]
    public async Task AKill_ChangesNoNumber_AndLeavesNoCopy(object at, bool dryRun)
    {
        var rows = new StateRows(new("anna", "Ready", "2026-11-02T20:00:00Z", "2026-11-02T22:00:00Z"), new("ben", "Ready", "2026-11-03T07:30:00Z", "2026-11-03T08:30:00Z"));
        var app = await StartAsync(new TestSetup { Now = "2026-11-05T12:00:00Z", Rows = rows, Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true", ["Integrations:acme:HistoryDays"] = "5" } });
        await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);
        rows.Rows = [rows.Rows[0], new("ben", "Ready", "2026-11-03T07:30:00Z", "2026-11-03T08:40:00Z"), new("carl", "Ready", "2026-11-03T20:00:00Z", "2026-11-03T21:00:00Z")];
        app.Clock.Advance(Duration.FromHours(1));
        var step = (KillStep)at;
        app.KillAt = step.Once();

        await OpenAsync(app, dryRun);
        await Task.WhenAny(app.Killed, UnlessKilledAsync(() => app.Host.WhenIdleAsync(Token)));
        Assert.That(app.Killed.IsCompleted, Is.True, "The kill never came.");
        app.Clock.Advance(Duration.FromMinutes(10));
        await app.ReviveAsync(Token);
        await app.Host.WhenIdleAsync(Token);

        var run = await app.Get<ImportRunTable>().ListAsync("acme", Token).FirstAsync(Token);
        Assert.That(run.Outcome?.Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That((await app.Get<RunDiffTable>().ListAsync("acme", run.Id, Token)).Where(day => day.Rows != default || day.Segments != default).Select(day => (day.Date.Day, day.Rows, day.Segments)), Is.EqualTo(new[]
        {
            (2, new ChangeCounts(0, 1, 0), new ChangeCounts(0, 1, 0)),
            (3, new ChangeCounts(1, 0, 0), new ChangeCounts(1, 1, 0)),
        }));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(dryRun
            ? ["ben Ready 08:00:00-08:30:00, continues from the previous day"]
            : (string[])["ben Ready 08:00:00-08:40:00, continues from the previous day", "carl Ready 20:00:00-21:00:00"]));
        Assert.That(
            await new BlobServiceClient(app.ConnectionString).GetBlobContainerClient("reports").GetBlobsAsync(cancellationToken: Token).Select(blob => blob.Name).ToListAsync(Token),
            Is.EqualTo(new[] { "acme/agent-states/2026-11-02.gz", "acme/agent-states/2026-11-03.gz" }));
        Assert.That(await Settled.ProblemsAsync(app.ConnectionString, Token), Is.Empty);
        Assert.That(await Settled.PoisonAsync(app.ConnectionString, Token), Is.Zero);
    }

    private static async Task OpenAsync(TestApp app, bool dryRun)
    {
        var acme = (await app.Get<IntegrationTable>().FindAsync("acme", Token))!;
        var window = new Interval(Instant.FromUtc(2026, 11, 2, 8, 0), Instant.FromUtc(2026, 11, 4, 8, 0));
        await app.Get<ManualImports>().OpenAsync(acme, new ManualImport(window, null, Force: false, dryRun, ImportSource.Five9), key: null, Token);
        app.Host.LookNow();
    }

    private static async Task UnlessKilledAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (InstanceKilledException)
        {
        }
    }
}
