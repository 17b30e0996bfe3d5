using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Five9.Reports;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Imports;
using Five9Functions.Tests.Storage.Faults;
using Five9Functions.Tests.Support;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Runs;

public sealed class ImportSliceTableTests : ImportFixture
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
        Error = new(ImportProblem.UserBusy, "It waited."),
        Read = 10,
        Landed = 6,
        Outside = 3,
        OutsideAsked = 2,
        FromTheFuture = 5,
        Garbled = 4,
        Quarantined = 1,
        Doubts = LandingDoubts.TooSmall | LandingDoubts.ColumnGone,
        UnreadableExample = "line 7: the start cannot be read (TIMESTAMP)",
        ColumnsGone = ["CALL ID", "REASON CODE"],
        LandedVersion = 639_000_000_000_000_000,
        Days = [new LocalDate(2026, 11, 1), new LocalDate(2026, 11, 2), new LocalDate(2026, 11, 3)],
        FinishedAt = At("2026-11-02T20:04:00Z"),
    };

    private ImportSliceTable Slices => Get<ImportSliceTable>();

    [Test]
    public async Task Add_WritesTheseColumns()
    {
        await Slices.AddIfAbsentAsync(Full, CancellationToken.None);

        Assert.That(await RowText.OnlyAsync(Bench.Table("ImportSlices")), Is.EqualTo(new[]
        {
            "acme|2516086475949999999 / agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z",
            "Attempts: Int32 2",
            "ColumnsGone: String CALL ID\nREASON CODE",
            "Date: String 2026-11-02",
            "Days: String 2026-11-01,2026-11-02,2026-11-03",
            "Doubts: String TooSmall, ColumnGone",
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
            "UnreadableExample: String line 7: the start cannot be read (TIMESTAMP)",
        }));
    }

    [Test]
    public async Task Find_ReadsWhatWasWritten()
    {
        await Slices.AddIfAbsentAsync(Full, CancellationToken.None);

        var read = await Bench.SliceAsync(Full);
        Assert.That(read, Is.EqualTo(Full with { Days = read.Days, ColumnsGone = read.ColumnsGone }));
        Assert.That(read.Days, Is.EqualTo(Full.Days));
        Assert.That(read.ColumnsGone, Is.EqualTo(Full.ColumnsGone));
        Assert.That(await Slices.FindAsync("acme", Run, "agent-states|2026-11-02T08:00:00Z|2026-11-02T11:00:00Z", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task WhatMostSlicesHaveNot_HasAColumnOnlyWhereItIs()
    {
        var slice = Full with { Throws = 2, SlowDownloads = 1, IsHalf = true };
        await Slices.AddIfAbsentAsync(slice, CancellationToken.None);

        var read = await Bench.SliceAsync(slice);
        Assert.That((read.Throws, read.SlowDownloads, read.IsHalf), Is.EqualTo((2, 1, true)));
        Assert.That(await RowText.OnlyAsync(Bench.Table("ImportSlices")), Is.SupersetOf(new[] { "IsHalf: Boolean true", "SlowDownloads: Int32 1", "Throws: Int32 2" }));
    }

    [Test]
    public async Task Remarks_AreOneColumn_AndReadBack()
    {
        var remarks = new ReportRemarks { LoginsThatDifferInCase = 2, LegsThatDiffer = 4, ReadAsNone = ["[Keine]"], KeptInBrackets = ["[Break]"], UnknownCallTypes = [new UnknownCallType("Fax", 1, 60)] };
        await Slices.AddIfAbsentAsync(Full with { Remarks = remarks }, CancellationToken.None);

        const string Json = """{"loginsThatDifferInCase":2,"legsThatDiffer":4,"readAsNone":["[Keine]"],"keptInBrackets":["[Break]"],"unknownCallTypes":[{"name":"Fax","rows":1,"seconds":60}]}""";
        Assert.That(await RowText.OnlyAsync(Bench.Table("ImportSlices")), Does.Contain($"Remarks: String {Json}"));
        Assert.That((await Bench.SliceAsync(Full)).Remarks.ToJson(), Is.EqualTo(Json));
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
        var read = (await Slices.FindAsync("acme", Run, ImportSliceTable.RowKey(Full), CancellationToken.None))!.Value;

        Assert.That(await Slices.TryUpdateAsync(read, read.Value with { Step = 1 }, CancellationToken.None), Is.True);
        Assert.That(await Slices.TryUpdateAsync(read, read.Value with { Step = 2 }, CancellationToken.None), Is.False);

        Assert.That((await Bench.SliceAsync(Full)).Step, Is.EqualTo(1));
    }

    [Test]
    public async Task Update_OfARowThatIsGone_ChangesNothing()
    {
        await Slices.AddIfAbsentAsync(Slice("08:00-12:00"), CancellationToken.None);
        var read = (await Slices.FindAsync("acme", Run, ImportSliceTable.RowKey(Full), CancellationToken.None))!.Value;
        await Bench.Table("ImportSlices").DeleteEntityAsync("acme|2516086475949999999", ImportSliceTable.RowKey(Full));

        Assert.That(await Slices.TryUpdateAsync(read, read.Value with { Step = 1 }, CancellationToken.None), Is.False);
        Assert.That(await Bench.Table("ImportSlices").QueryAsync<TableEntity>().ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task OfRun_WithASliceThatIsSplitBetweenTwoPages_HasBothHalves()
    {
        // A page holds a thousand rows. These lie between the key of the parent's first half and its own, which comes on the next page.
        var parent = Slice("12:00-14:00", SliceState.Fetching);
        await Slices.AddIfAbsentAsync(parent, CancellationToken.None);
        await AddBetweenAsync(Slice("12:00-13:00", SliceState.Done), 1000);
        var network = new FaultyNetwork();
        network.Once(request => request.Query.Contains("NextRowKey=", StringComparison.Ordinal), NetworkFaults.After(async () =>
        {
            await Slices.AddIfAbsentAsync(Slice("12:00-13:00"), CancellationToken.None);
            await Slices.AddIfAbsentAsync(Slice("13:00-14:00", SliceState.Done), CancellationToken.None);
            await Bench.UpdateAsync(parent, slice => slice.End(SliceState.Split, At("2026-11-02T20:01:00Z")));
        }));

        var read = await new ImportSliceTable(new TableServiceClient(Bench.Storage, network.Options(new TableClientOptions())), Unheard.Metrics).OfRunAsync("acme", Run, CancellationToken.None);

        Assert.That(network.Happened, Has.Count.EqualTo(1));
        Assert.That(read, Has.Count.EqualTo(1003));
        Assert.That(read.Where(s => s.Value.State == SliceState.Planned).Select(s => s.Value.Window), Is.EqualTo(new[] { Hours("12:00-13:00") }));
        Assert.That(RunSummary.Of(ScheduledRun() with { Planned = 1001 }, [.. read.Select(s => s.Value)]).Status, Is.EqualTo(RunStatus.Running));
    }

    /// <summary>Slices that begin like this one and end a second later each.</summary>
    private async Task AddBetweenAsync(ImportSlice like, int count)
    {
        var table = Bench.Table("ImportSlices");
        await Slices.AddIfAbsentAsync(like with { Window = new(like.Window.Start, like.Window.End + Duration.FromSeconds(1)) }, CancellationToken.None);
        TableEntity first = await table.QueryAsync<TableEntity>(row => row.RowKey == "agent-states|2026-11-02T12:00:00Z|2026-11-02T13:00:01Z").SingleAsync();
        foreach (var some in Enumerable.Range(2, count - 1).Chunk(100))
        {
            await table.SubmitTransactionAsync(some.Select(second =>
            {
                var to = At("2026-11-02T13:00:00Z") + Duration.FromSeconds(second);
                return new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(first) { RowKey = $"agent-states|2026-11-02T12:00:00Z|{to}", ["To"] = to.ToDateTimeOffset() });
            }));
        }
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
