using Five9Functions.AgentStates;
using Five9Functions.Five9;
using Five9Functions.Imports;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

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

        var day = (await Get<ReportDays>().GetAsync(Id, CancellationToken.None)).Value;
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

        var day = (await Get<ReportDays>().GetAsync(Id, CancellationToken.None)).Value;
        Assert.That((day.NormalizedVersion == day.LandedVersion, day.Accounting.Visible), Is.EqualTo((true, 1)));
    }

    private async Task GiveUpAsync(NormalizeJob job)
    {
        var table = new AgentStatesTable(Bench.Table("Nowhere"), Bench.Time);
        await Bench.Create<NormalizeDay>((object)new IDayProjection[] { Bench.Create<AgentStateDayProjection>(table) }).RunAsync(job, FetchReport.LastDelivery, CancellationToken.None);
    }

    private async Task LandAsync()
    {
        var (from, to) = (At("2026-11-02T09:00:00Z"), At("2026-11-02T09:01:00Z"));
        var content = new ReportContent(1, 0, 0, [new("anna", from, to, Columns, ["anna", "Ready"])], []);
        await Get<RawDays>().LandAsync(Id, new Landing(Hours("08:00-12:00"), At("2026-11-02T20:00:00Z"), content, 20, false), CancellationToken.None);
    }
}
