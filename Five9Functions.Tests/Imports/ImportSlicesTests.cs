using Azure.Data.Tables;
using Five9Functions.Imports;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

public sealed class ImportSlicesTests : ImportFixture
{
    private static readonly ImportSlice Full = Slice("08:00-12:00", SliceState.Done) with
    {
        Kind = RunKind.Backfill,
        Force = true,
        Step = 9,
        DueAt = At("2026-11-02T20:03:00.5Z"),
        ReportId = "R1",
        RequestedAt = At("2026-11-02T20:00:01.25Z"),
        Polls = 7,
        Attempts = 2,
        ReportRuns = 1,
        Error = new(SliceProblem.UserBusy, "It waited."),
        Read = 10,
        Landed = 6,
        Outside = 3,
        OutsideAsked = 2,
        FromTheFuture = 5,
        Garbled = 4,
        Quarantined = 1,
        Suspicious = true,
        LandedVersion = 639_000_000_000_000_000,
        Days = [new LocalDate(2026, 11, 1), new LocalDate(2026, 11, 2), new LocalDate(2026, 11, 3)],
        FinishedAt = At("2026-11-02T20:04:00Z"),
    };

    private ImportSlices Slices => Get<ImportSlices>();

    [Test]
    public async Task Add_WritesTheseColumns()
    {
        await Slices.AddIfAbsentAsync(Full, CancellationToken.None);

        Assert.That(await RowText.OnlyAsync(Bench.Table("ImportSlices")), Is.EqualTo(new[]
        {
            "acme|2516086475949999999 / agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z",
            "Attempts: Int32 2",
            "Date: String 2026-11-02",
            "Days: String 2026-11-01,2026-11-02,2026-11-03",
            "DueAt: DateTime 2026-11-02T20:03:00.5Z",
            "Error: String It waited.",
            "FinishedAt: DateTime 2026-11-02T20:04:00Z",
            "Force: Boolean true",
            "From: DateTime 2026-11-02T08:00:00Z",
            "Integration: String acme",
            "Kind: String Backfill",
            "LandedVersion: Int64 639000000000000000",
            "Polls: Int32 7",
            "Problem: String user-busy",
            "Report: String agent-states",
            "ReportId: String R1",
            "ReportRuns: Int32 1",
            "RequestedAt: DateTime 2026-11-02T20:00:01.25Z",
            "RowsFromTheFuture: Int32 5",
            "RowsGarbled: Int32 4",
            "RowsLanded: Int32 6",
            "RowsOutside: Int32 3",
            "RowsOutsideAsked: Int32 2",
            "RowsQuarantined: Int32 1",
            "RowsRead: Int32 10",
            "Run: String 2516086475949999999",
            "State: String Done",
            "Step: Int32 9",
            "Suspicious: Boolean true",
            "To: DateTime 2026-11-02T12:00:00Z",
        }));
    }

    [Test]
    public async Task Find_ReadsWhatWasWritten()
    {
        await Slices.AddIfAbsentAsync(Full, CancellationToken.None);

        var read = await Bench.SliceAsync(Full);
        Assert.That(read, Is.EqualTo(Full with { Days = read.Days }));
        Assert.That(read.Days, Is.EqualTo(Full.Days));
        Assert.That(await Slices.FindAsync("acme", Run, "agent-states|2026-11-02T08:00:00Z|2026-11-02T11:00:00Z", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Add_APlannedSlice_ReadsBack()
    {
        await Slices.AddIfAbsentAsync(Slice("08:00-12:00"), CancellationToken.None);

        var read = await Bench.SliceAsync(Slice("08:00-12:00"));
        Assert.That(read, Is.EqualTo(Slice("08:00-12:00") with { Days = read.Days }));
        Assert.That(read.Days, Is.Empty);
    }

    [Test]
    public async Task Add_Twice_KeepsTheFirst()
    {
        await Slices.AddIfAbsentAsync(Full, CancellationToken.None);
        await Slices.AddIfAbsentAsync(Slice("08:00-12:00"), CancellationToken.None);

        Assert.That((await Bench.SliceAsync(Full)).State, Is.EqualTo(SliceState.Done));
    }

    [Test]
    public async Task Update_OfARowThatSomebodyElseChanged_ChangesNothing()
    {
        await Slices.AddIfAbsentAsync(Slice("08:00-12:00"), CancellationToken.None);
        var read = (await Slices.FindAsync("acme", Run, ImportSlices.RowKey(Full), CancellationToken.None))!.Value;

        Assert.That(await Slices.TryUpdateAsync(read, read.Value with { Step = 1 }, CancellationToken.None), Is.True);
        Assert.That(await Slices.TryUpdateAsync(read, read.Value with { Step = 2 }, CancellationToken.None), Is.False);

        Assert.That((await Bench.SliceAsync(Full)).Step, Is.EqualTo(1));
    }

    [Test]
    public async Task Update_OfARowThatIsGone_ChangesNothing()
    {
        await Slices.AddIfAbsentAsync(Slice("08:00-12:00"), CancellationToken.None);
        var read = (await Slices.FindAsync("acme", Run, ImportSlices.RowKey(Full), CancellationToken.None))!.Value;
        await Bench.Table("ImportSlices").DeleteEntityAsync("acme|2516086475949999999", ImportSlices.RowKey(Full));

        Assert.That(await Slices.TryUpdateAsync(read, read.Value with { Step = 1 }, CancellationToken.None), Is.False);
        Assert.That(await Bench.Table("ImportSlices").QueryAsync<TableEntity>().ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task OfRun_GivesTheRunsSlicesOnly()
    {
        await Slices.AddIfAbsentAsync(Slice("08:00-12:00"), CancellationToken.None);
        await Slices.AddIfAbsentAsync(Slice("08:00-10:00"), CancellationToken.None);
        await Slices.AddIfAbsentAsync(Slice("12:00-13:00") with { Run = Run + "-backfill" }, CancellationToken.None);

        Assert.That(
            (await Slices.OfRunAsync("acme", Run, CancellationToken.None)).Select(s => s.Value.Window),
            Is.EqualTo(new[] { Hours("08:00-10:00"), Hours("08:00-12:00") }));
    }
}
