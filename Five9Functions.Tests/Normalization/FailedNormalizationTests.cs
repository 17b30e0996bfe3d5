using Five9Functions.Five9.Reports;
using Five9Functions.Imports;
using Five9Functions.Normalization;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Imports;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Normalization;

/// <summary>The timelines cannot be written, at any delivery.</summary>
public sealed class FailedNormalizationTests : ImportFixture
{
    private static readonly RawDayId Id = new("acme", ReportNames.AgentStates, new LocalDate(2026, 11, 2));
    private static readonly ReportColumns Columns = new(["AGENT", "STATE"]);

    [Test]
    public async Task WhatWasRead_IsNoted_SoThatItIsNotReadAgainAtEachTick()
    {
        await LandAsync();

        await GiveUpAsync(new NormalizeJob("acme", ReportNames.AgentStates, "2026-11-02", Run, "slice"));

        var day = (await Get<ReportDayTable>().GetAsync(Id, CancellationToken.None)).Value;
        Assert.That(day.Windows, Is.EqualTo(new[] { new LedgerWindow(At("2026-11-02T08:00:00Z"), At("2026-11-02T12:00:00Z"), At("2026-11-02T20:00:00Z"), 1) }));
        Assert.That((day.LandedVersion > 0, day.NormalizedVersion), Is.EqualTo((true, 0L)));
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[] { "Error: The timelines of 2026-11-02 of acme could not be written 5 times; given up." }));
    }

    [Test]
    public async Task TheNextReading_DerivesTheDay()
    {
        await LandAsync();
        var job = new NormalizeJob("acme", ReportNames.AgentStates, "2026-11-02", Run, "slice");
        await GiveUpAsync(job);
        Bench.Log.TakeWarnings();

        await Get<NormalizeDay>().RunAsync(job, 1, CancellationToken.None);

        var day = (await Get<ReportDayTable>().GetAsync(Id, CancellationToken.None)).Value;
        Assert.That((day.NormalizedVersion == day.LandedVersion, day.Accounting.Visible), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task AThrowAtTheFifthDelivery_AfterDeathsOfAnInstance_SendsTheStepOfTheSliceAgain()
    {
        var (job, slice) = await SliceAsync();

        Assert.That(() => GiveUpAsync(job, delivery: 4), Throws.Exception);
        await GiveUpAsync(job);

        var row = await Bench.SliceAsync(slice);
        Assert.That((row.State, row.Throws), Is.EqualTo((SliceState.Normalizing, 2)));
        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { new SliceStep("acme", Run, job.Slice, 6) }));
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[]
        {
            "Warning: The timelines of 2026-11-02 of acme could not be written 2 times; other deliveries of its message ended with their instance. It is asked for again.",
        }));

        await Get<FetchReport>().RunAsync(new SliceStep("acme", Run, job.Slice, 6), 1, CancellationToken.None);
        Assert.That(await Bench.Messages.NormalizeJobsAsync(), Is.EqualTo(new[] { job }));
    }

    [Test]
    public async Task FiveThrows_FailTheSlice()
    {
        var (job, slice) = await SliceAsync();

        for (var delivery = 1; delivery <= 4; delivery++)
        {
            Assert.That(() => GiveUpAsync(job, delivery), Throws.Exception);
        }

        await GiveUpAsync(job);

        var row = await Bench.SliceAsync(slice);
        Assert.That((row.State, row.Error!.Problem), Is.EqualTo((SliceState.Failed, ImportProblem.NotNormalized)));
        Assert.That(row.Error.Text, Does.StartWith("The importer failed 5 times to write the timelines of 2026-11-02 ("));
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[] { "Error: The timelines of 2026-11-02 of acme could not be written 5 times; given up." }));
    }

    private async Task<(NormalizeJob Job, ImportSlice Slice)> SliceAsync()
    {
        await LandAsync();
        var slice = Slice("08:00-12:00", SliceState.Normalizing) with { Step = 6, LandedVersion = 20, Days = [new LocalDate(2026, 11, 2)] };
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = 1 }, slice);
        return (new NormalizeJob("acme", ReportNames.AgentStates, "2026-11-02", Run, ImportSliceTable.RowKey(slice)), slice);
    }

    private async Task GiveUpAsync(NormalizeJob job, int delivery = Message.LastDelivery)
    {
        var table = new AgentStatesTable(Bench.Table("Nowhere"), Bench.Time);
        await Bench.Create<NormalizeDay>((object)new IDayProjection[] { Bench.Create<AgentStateDayProjection>(table) }).RunAsync(job, delivery, CancellationToken.None);
    }

    private async Task LandAsync()
    {
        var (from, to) = (At("2026-11-02T09:00:00Z"), At("2026-11-02T09:01:00Z"));
        var content = new ReportContent(1, 0, 0, [new("anna", from, to, Columns, ["anna", "Ready"])], []);
        await Get<RawDayStore>().LandAsync(Id, new Landing(Hours("08:00-12:00"), At("2026-11-02T20:00:00Z"), content, 20, false), CancellationToken.None);
    }
}
