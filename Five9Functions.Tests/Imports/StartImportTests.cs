using Five9Functions.Imports;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Support;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

public sealed class StartImportTests : ImportFixture
{
    private static readonly ImportJob Job = new("acme", Run);

    // The history begins on the 2nd: at 2026-11-04T20:00:00Z there are two local days and the morning of the third.
    private static readonly ImportRun Scheduled = ScheduledRun("2026-11-04T20:00:00Z");

    private static readonly string[] ThreeDays =
    [
        "2026-11-02T08:00:00Z/2026-11-03T08:00:00Z",
        "2026-11-03T08:00:00Z/2026-11-04T08:00:00Z",
        "2026-11-04T08:00:00Z/2026-11-04T19:55:00Z",
    ];

    private StartImport StartImport => Get<StartImport>();

    [Test]
    public async Task Run_PlansASliceForEachLocalDay_AndStartsTheNewestTwo()
    {
        await Bench.OpenAsync(Acme, Scheduled);

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        var slices = await SlicesAsync();
        Assert.That(Text(slices.Select(s => s.Window)), Is.EqualTo(ThreeDays));
        Assert.That(slices.Select(s => s.Date.Day), Is.EqualTo(new[] { 2, 3, 4 }));
        Assert.That(slices.Select(s => s.State), Is.EqualTo(new[] { SliceState.Planned, SliceState.Requesting, SliceState.Requesting }));
        Assert.That((await Bench.RunAsync()).Planned, Is.EqualTo(3));
        Assert.That(await Bench.Messages.StepsAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Run_Twice_IsTheSameSlices()
    {
        await Bench.OpenAsync(Acme, Scheduled);
        await StartImport.RunAsync(Job, 1, CancellationToken.None);
        await Bench.Messages.StepsAsync();
        var before = await SlicesAsync();

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That((await SlicesAsync()).Select(s => (s.Window, s.State, s.Step)), Is.EqualTo(before.Select(s => (s.Window, s.State, s.Step))));
        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
        Assert.That((await Bench.RunAsync()).Planned, Is.EqualTo(3));
    }

    [Test]
    public async Task Run_DeliveredAgain_SendsAgainTheSlicesThatDidNothing()
    {
        await Bench.OpenAsync(Acme, Scheduled);
        await StartImport.RunAsync(Job, 1, CancellationToken.None);
        var messages = await Bench.Messages.StepsAsync();

        await StartImport.RunAsync(Job, 2, CancellationToken.None);

        Assert.That(messages, Has.Count.EqualTo(2));
        Assert.That(await Bench.Messages.StepsAsync(), Is.EquivalentTo(messages));
    }

    [Test]
    public async Task Run_ThatWasPlannedBefore_KeepsItsPlan_WhateverWasLandedMeanwhile()
    {
        await Bench.OpenAsync(Acme, Scheduled);
        var stored = (await Get<ImportRunTable>().FindAsync("acme", Run, CancellationToken.None))!.Value;
        await Get<ImportRunTable>().TryUpdateAsync(stored, stored.Value with { Plan = Plan(Hours("08:00-10:00")) }, CancellationToken.None);

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That((await SlicesAsync()).Select(s => s.Window), Is.EqualTo(new[] { Hours("08:00-10:00") }));
        Assert.That((await Bench.RunAsync()).Planned, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_ByTwoAtOnce_IsTheSameSlices()
    {
        await Bench.OpenAsync(Acme, Scheduled);

        await Task.WhenAll(StartImport.RunAsync(Job, 1, CancellationToken.None), StartImport.RunAsync(Job, 1, CancellationToken.None));

        Assert.That(Text((await SlicesAsync()).Select(s => s.Window)), Is.EqualTo(ThreeDays));
        Assert.That((await Bench.RunAsync()).Planned, Is.EqualTo(3));
        Assert.That(await Bench.Messages.StepsAsync(), Has.Count.EqualTo(2));
    }

    [TestCase(1)]
    [TestCase(3)]
    public async Task Run_AfterAKillBetweenTheSlicesAndTheirCount_CountsAll(int written)
    {
        await Bench.OpenAsync(Acme, Scheduled);
        var writes = 0; // the plan, then the number of its slices
        var broken = new BrokenStorage { FailsFor = request => request.Method.Method == "PUT" && request.Uri.Path.Contains("ImportRuns", StringComparison.Ordinal) && ++writes > 1 };
        var runs = new ImportRunTable(BrokenStorage.Tables(Bench.Storage, broken), Unheard.Metrics);
        Assert.That(() => Bench.Create<StartImport>(runs).RunAsync(Job, 1, CancellationToken.None), Throws.Exception);
        foreach (var slice in (await SlicesAsync()).Skip(written))
        {
            await Bench.Table("ImportSlices").DeleteEntityAsync($"acme|{Run}", ImportSliceTable.RowKey(slice));
        }

        Assert.That((await Bench.RunAsync()).Planned, Is.Null);
        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty, "nothing starts before it is counted");
        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That(Text((await SlicesAsync()).Select(s => s.Window)), Is.EqualTo(ThreeDays));
        Assert.That((await Bench.RunAsync()).Planned, Is.EqualTo(3));
    }

    [Test]
    public async Task Run_KilledBeforeTheRunWasListed_ListsIt()
    {
        await Get<ImportRunTable>().TryAddAsync(Scheduled, CancellationToken.None);

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That((await Bench.UserAsync()).OpenRuns, Is.EqualTo(new[] { new OpenRun("acme", Run) }));
        Assert.That(await Bench.Messages.StepsAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Run_Later_IsPlannedAsOfItsRequest()
    {
        await Bench.OpenAsync(Acme, Scheduled);
        Bench.Time.SetUtcNow(At("2026-11-05T20:00:00Z").ToDateTimeOffset());

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That(Text((await SlicesAsync()).Select(s => s.Window)), Is.EqualTo(ThreeDays));
    }

    [Test]
    public async Task Run_WhatAnotherRunIsReading_IsLeftOut()
    {
        var other = Scheduled with { Id = Run + "-manual", Kind = RunKind.Manual, Planned = 1 };
        await Bench.OpenAsync(Acme, other, Slice("08:00-12:00") with { Run = other.Id, Window = Window("2026-11-03T08:00:00Z", "2026-11-04T08:00:00Z") });
        await Bench.OpenAsync(Acme, Scheduled);

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That(Text((await SlicesAsync()).Select(s => s.Window)), Is.EqualTo(new[] { ThreeDays[0], ThreeDays[2] }));
    }

    [Test]
    public async Task Run_OfAPerson_ReadsItsWindowWhateverIsCovered()
    {
        await Bench.OpenAsync(Acme, Scheduled with { Kind = RunKind.Manual, Force = true, Window = Window("2026-10-31T20:00:00Z", "2026-11-01T20:00:00Z") });

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        var slices = await SlicesAsync();
        Assert.That(Text(slices.Select(s => s.Window)), Is.EqualTo(new[]
        {
            "2026-10-31T20:00:00Z/2026-11-01T07:00:00Z",
            "2026-11-01T07:00:00Z/2026-11-01T09:00:00Z",
            "2026-11-01T09:00:00Z/2026-11-01T20:00:00Z",
        }));
        Assert.That(slices.Select(s => (s.Kind, s.Force)), Is.All.EqualTo((RunKind.Manual, true)));
    }

    [Test]
    public async Task Run_OfBothReports_PlansEachFromItsOwnLedger()
    {
        var both = Acme with { Reports = "agent-states,calls" };
        await Bench.SeedAsync(both);
        await Bench.OpenAsync(both, Scheduled);
        var id = new RawDayId("acme", ReportNames.Calls, new LocalDate(2026, 11, 2));
        await Get<ReportDayTable>().TryWriteAsync(
            new Versioned<ReportDay>(ReportDay.Empty(id), default),
            ReportDay.Empty(id) with { Windows = [Told("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", "2026-11-04T19:30:00Z")] },
            CancellationToken.None);

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        var slices = await SlicesAsync();
        Assert.That(Text(slices.Where(s => s.Report == "agent-states").Select(s => s.Window)), Is.EqualTo(ThreeDays));
        Assert.That(Text(slices.Where(s => s.Report == "calls").Select(s => s.Window)), Is.EqualTo(new[] { ThreeDays[2] }));
        Assert.That((await Bench.Messages.StepsAsync()).Count + (await Bench.Messages.CallStepsAsync()).Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Run_OfOneReport_LeavesTheOtherAlone()
    {
        var both = Acme with { Reports = "agent-states,calls" };
        await Bench.SeedAsync(both);
        await Bench.OpenAsync(both, Scheduled with { Reports = "calls" });

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That((await SlicesAsync()).Select(s => s.Report), Is.EqualTo(new[] { "calls", "calls", "calls" }));
    }

    [Test]
    public async Task Run_Backfill_ReadsOlderHistory()
    {
        var early = Acme with { HistoryStart = new LocalDate(2026, 10, 24) };
        await Bench.SeedAsync(early);
        await Bench.OpenAsync(early, Scheduled with { Kind = RunKind.Backfill });

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That(Text((await SlicesAsync()).Select(s => s.Window)), Is.EqualTo(new[]
        {
            "2026-10-24T07:00:00Z/2026-10-25T07:00:00Z", "2026-10-25T07:00:00Z/2026-10-26T07:00:00Z", "2026-10-26T07:00:00Z/2026-10-27T07:00:00Z",
        }));
    }

    [Test]
    public async Task Run_WithNothingToRead_FinishesTheRun()
    {
        await Bench.OpenAsync(Acme, ScheduledRun("2026-11-02T08:04:00Z"));

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        var run = await Bench.RunAsync();
        Assert.That((run.Planned, run.FinishedAt), Is.EqualTo(((int?)0, (Instant?)At("2026-11-02T20:00:00Z"))));
        Assert.That((await Bench.UserAsync()).OpenRuns, Is.Empty);
    }

    [Test]
    public async Task Run_AFinishedRun_ChangesNothing()
    {
        await Get<ImportRunTable>().TryAddAsync(Scheduled with { Planned = 0, FinishedAt = At("2026-11-04T20:01:00Z") }, CancellationToken.None);
        var writes = Bench.Tables.Writes;

        await StartImport.RunAsync(Job, 1, CancellationToken.None);

        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    [Test]
    public async Task Run_AnUnknownRun_IsDropped()
    {
        await StartImport.RunAsync(new ImportJob("acme", "1"), 1, CancellationToken.None);

        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[] { "Warning: The run 1 of the integration acme is not known any more; its job is dropped." }));
    }

    [Test]
    public async Task Run_OfAnIntegrationThatWasRemoved_IsDropped_WithoutAWarning_AndNothingIsPlanned()
    {
        await StartImport.RunAsync(new ImportJob("gone", Run), 1, CancellationToken.None);

        Assert.That(Bench.Log.TakeWarnings(), Is.Empty);
        Assert.That(await Get<ImportSliceTable>().OfRunAsync("gone", Run, CancellationToken.None), Is.Empty);
        Assert.That(await Get<ImportRunTable>().ListAsync("gone", CancellationToken.None).ToListAsync(), Is.Empty);
    }

    private async Task<IReadOnlyList<ImportSlice>> SlicesAsync() => [.. (await Get<ImportSliceTable>().OfRunAsync("acme", Run, CancellationToken.None)).Select(s => s.Value)];
}
