using Five9Functions.Runs;
using Five9Functions.Tests.Imports;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Runs;

public sealed class ImportRunTableTests : ImportFixture
{
    private static readonly ImportRun Full = new()
    {
        Integration = "acme",
        Id = "2516086475949999999-manual",
        Kind = RunKind.Manual,
        RequestedAt = At("2026-11-02T20:00:00.123Z"),
        Window = Hours("08:00-12:00"),
        Force = true,
        Reports = "calls",
        Plan = [new("calls", Hours("08:00-09:00")), new("agent-states", Hours("11:00-12:00"))],
        Planned = 3,
        Source = ImportSource.Raw,
        Changes = ChangeCounting.DryRun,
        ComparingSince = At("2026-11-02T20:04:00Z"),
        ComparedAt = At("2026-11-02T20:04:30Z"),
        StartedAt = At("2026-11-02T20:00:01Z"),
        CancelledAt = At("2026-11-02T20:03:00Z"),
        Retries = 2,
        RetriedAt = At("2026-11-02T20:02:00Z"),
        FinishedAt = At("2026-11-02T20:05:00Z"),
        Outcome = new RunOutcome(RunStatus.Cancelled, 7, 1, 100, 90, 8, 2),
    };

    private ImportRunTable Runs => Get<ImportRunTable>();

    [Test]
    public async Task Add_WritesTheseColumns()
    {
        await Runs.TryAddAsync(Full, CancellationToken.None);

        Assert.That(await RowText.OnlyAsync(Bench.Table("ImportRuns")), Is.EqualTo(new[]
        {
            "acme / 2516086475949999999-manual",
            "CancelledAt: DateTime 2026-11-02T20:03:00Z",
            "Changes: String DryRun",
            "ComparedAt: DateTime 2026-11-02T20:04:30Z",
            "ComparingSince: DateTime 2026-11-02T20:04:00Z",
            "FinishedAt: DateTime 2026-11-02T20:05:00Z",
            "Force: Boolean true",
            "From: DateTime 2026-11-02T08:00:00Z",
            "Integration: String acme",
            "Kind: String Manual",
            """Plan: String [["calls","2026-11-02T08:00:00Z","2026-11-02T09:00:00Z"],["agent-states","2026-11-02T11:00:00Z","2026-11-02T12:00:00Z"]]""",
            "Planned: Int32 3",
            "Reports: String calls",
            "RequestedAt: DateTime 2026-11-02T20:00:00.123Z",
            "RetriedAt: DateTime 2026-11-02T20:02:00Z",
            "Retries: Int32 2",
            "RowsLanded: Int32 90",
            "RowsOutside: Int32 8",
            "RowsQuarantined: Int32 2",
            "RowsRead: Int32 100",
            "Slices: Int32 7",
            "SlicesFailed: Int32 1",
            "Source: String Raw",
            "StartedAt: DateTime 2026-11-02T20:00:01Z",
            "Status: String Cancelled",
            "To: DateTime 2026-11-02T12:00:00Z",
        }));
    }

    [Test]
    public async Task Add_ARunThatHasJustBeenAskedFor_HasNoColumnsForWhatIsNotKnown()
    {
        await Runs.TryAddAsync(ScheduledRun(), CancellationToken.None);

        Assert.That(await RowText.OnlyAsync(Bench.Table("ImportRuns")), Is.EqualTo(new[]
        {
            "acme / 2516086475949999999", "Force: Boolean false", "Integration: String acme", "Kind: String Scheduled", "RequestedAt: DateTime 2026-11-02T20:00:00Z",
        }));
        Assert.That(await Bench.RunAsync(), Is.EqualTo(ScheduledRun()));
    }

    [Test]
    public async Task Find_ReadsWhatWasWritten()
    {
        await Runs.TryAddAsync(Full, CancellationToken.None);

        var read = await Bench.RunAsync("2516086475949999999-manual");
        Assert.That(read, Is.EqualTo(Full with { Plan = read.Plan }));
        Assert.That(read.Plan, Is.EqualTo(Full.Plan));
        Assert.That(await Runs.FindAsync("acme", "another", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Add_Twice_KeepsTheFirst()
    {
        Assert.That(await Runs.TryAddAsync(ScheduledRun(), CancellationToken.None), Is.True);
        Assert.That(await Runs.TryAddAsync(ScheduledRun() with { Force = true }, CancellationToken.None), Is.False);

        Assert.That(await Bench.RunAsync(), Is.EqualTo(ScheduledRun()));
    }

    [Test]
    public async Task Update_OfARowThatSomebodyElseChanged_ChangesNothing()
    {
        await Runs.TryAddAsync(ScheduledRun(), CancellationToken.None);
        var read = (await Runs.FindAsync("acme", Run, CancellationToken.None))!.Value;

        Assert.That(await Runs.TryUpdateAsync(read, read.Value with { Planned = 2 }, CancellationToken.None), Is.True);
        Assert.That(await Runs.TryUpdateAsync(read, read.Value with { Planned = 5 }, CancellationToken.None), Is.False);

        Assert.That((await Bench.RunAsync()).Planned, Is.EqualTo(2));
    }

    [Test]
    public async Task Of_GivesTheNewestFirst()
    {
        foreach (var id in new[] { "2516086475949999999", "2516086466949999999", "2516086484949999999" })
        {
            await Runs.TryAddAsync(ScheduledRun() with { Id = id }, CancellationToken.None);
        }

        Assert.That(
            await Runs.ListAsync("acme", CancellationToken.None).Select(r => r.Id).ToListAsync(),
            Is.EqualTo(new[] { "2516086466949999999", "2516086475949999999", "2516086484949999999" }));
        Assert.That(await Runs.ListAsync("other", CancellationToken.None).ToListAsync(), Is.Empty);
    }
}
