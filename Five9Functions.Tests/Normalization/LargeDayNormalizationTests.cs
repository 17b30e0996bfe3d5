using Azure.Core;
using Azure.Data.Tables;
using Five9Functions.AgentStates;
using Five9Functions.Five9.Reports;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Imports;
using Five9Functions.Tests.Storage.Tables;
using NodaTime;

namespace Five9Functions.Tests.Normalization;

/// <summary>A day with more rows than one pass holds; most are moments, which are counted and take no row of the table.</summary>
public sealed class LargeDayNormalizationTests : ImportFixture
{
    private const string FirstPass = "anna@example.com"; // bucket 2 of 16
    private const string SecondPass = "李雷"; // bucket 15

    private static readonly RawDayId Id = new("large", ReportNames.AgentStates, new LocalDate(2026, 11, 2));
    private static readonly ReportColumns Columns = new(["AGENT", "STATE"]);
    private static readonly Integration Large = ImportData.Acme with { Id = "large", Name = "Large", Zone = "Etc/UTC", Buckets = 16 };

    [Test]
    public async Task ADayInPasses_IsCountedOnceAndWrittenWhole()
    {
        await Bench.SeedAsync(Large);
        await LandAsync("00:00-12:00", [.. Moments, Row(FirstPass, "2026-11-02T09:00:00Z", 60), Row(SecondPass, "2026-11-02T10:00:00Z", null)]);

        await Get<NormalizeDay>().RunAsync(new NormalizeJob(Id.Integration, Id.Report, "2026-11-02", "run", "slice"), 1, CancellationToken.None);

        var day = (await Get<ReportDayTable>().GetAsync(Id, CancellationToken.None)).Value;
        Assert.That(day.Accounting, Is.EqualTo(new RowAccounting(Visible: 2, Absorbed: 0, Duplicate: 0, Marker: 20_000, Quarantined: 1)));
        Assert.That(day.OldestOpen, Is.EqualTo(ImportData.At("2026-11-02T10:00:00Z")));
        Assert.That(await SegmentsAsync(), Is.EqualTo(new[] { "anna@example.com 09:00-09:01", "李雷 10:00-20:00" }));
    }

    [Test]
    public async Task ALandingBetweenTwoPasses_IsInTheEndPartOfAllOfThem()
    {
        await Bench.SeedAsync(Large);
        await LandAsync("00:00-12:00", [.. Moments, Row(FirstPass, "2026-11-02T09:00:00Z", 60), Row(SecondPass, "2026-11-02T10:00:00Z", 60)]);
        var traffic = new TableTraffic
        {
            AfterTransaction = number => number == 1
                ? LandAsync("12:00-20:00", [Row(FirstPass, "2026-11-02T13:00:00Z", 60), Row(SecondPass, "2026-11-02T14:00:00Z", 60)])
                : Task.CompletedTask,
        };
        var options = new TableClientOptions();
        options.AddPolicy(traffic, HttpPipelinePosition.PerCall);
        var table = new AgentStatesTable(new TableClient(Bench.Storage, StorageLayout.AgentStatesTable, options), Bench.Time);

        await Bench.Create<NormalizeDay>((object)new IDayProjection[] { Bench.Create<AgentStateDayProjection>(table) }).RunAsync(new NormalizeJob(Id.Integration, Id.Report, "2026-11-02", "run", "slice"), 1, CancellationToken.None);

        Assert.That(await SegmentsAsync(), Is.EqualTo(new[] { "anna@example.com 09:00-09:01", "anna@example.com 13:00-13:01", "李雷 10:00-10:01", "李雷 14:00-14:01" }));
        var day = (await Get<ReportDayTable>().GetAsync(Id, CancellationToken.None)).Value;
        Assert.That((day.Accounting.Visible, day.NormalizedVersion), Is.EqualTo((4, (await Get<RawDayStore>().ReadHeaderAsync(Id, CancellationToken.None)).Version)));
    }

    private static IEnumerable<ReportRow> Moments => Enumerable.Range(0, 20_000).Select(i => Row($"agent{i % 100}", "2026-11-02T08:00:00Z", 0, i));

    private static ReportRow Row(string agent, string start, int? seconds, int after = 0)
    {
        var at = ImportData.At(start) + Duration.FromSeconds(after / 10);
        return new(agent, at, seconds is { } length ? at + Duration.FromSeconds(length) : null, Columns, [agent, $"State {after % 7}"]);
    }

    private async Task LandAsync(string hours, ReportRow[] rows)
    {
        var content = new ReportContent(rows.Length, 0, 0, rows, hours == "00:00-12:00" ? [new(ImportData.At("2026-11-02T09:00:00Z"), 7, "no agent", "")] : []);
        await Get<RawDayStore>().LandAsync(Id, new Landing(ImportData.Hours(hours), ImportData.At("2026-11-02T20:00:00Z"), content, 20, false), CancellationToken.None);
    }

    private async Task<string[]> SegmentsAsync() => await Get<AgentStatesTable>()
        .ReadAsync(Id.Integration, Id.Date, 16, CancellationToken.None)
        .Select(s => $"{s.Agent} {s.Start.InUtc():HH':'mm}-{s.End.InUtc():HH':'mm}")
        .ToArrayAsync();
}
