using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Five9.Reports;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.Imports;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Tests.Normalization;

/// <summary>Call logs in raw days of August 2026, and the tables that follow from them.</summary>
public abstract class CallDaysFixture : ImportFixture
{
    private protected static readonly Integration ByCampaign = ImportData.Acme;

    private protected static readonly Integration BySkill = ImportData.Acme with { Grouping = QueueGrouping.Skill };

    private int _landings;

    /// <summary>A whole local day of August, as a report that is run later than all before it tells it.</summary>
    private protected async Task LandAsync(string csv, int day = 21, bool keepCustomerData = false, bool lacksSkill = false)
    {
        var window = new LocalDay(new LocalDate(2026, 8, day), ImportData.LosAngeles);
        var content = await CallLogReport.ReadAsync(
            new StringReader(csv), QueueGrouping.Campaign, CallText.Window(window.Start, window.End), 50_000, keepCustomerData, CancellationToken.None);
        var asOf = ImportData.At("2026-11-01T00:00:00Z") + Duration.FromMinutes(_landings++);
        await Get<RawDayStore>().LandAsync(Id(day), new Landing(new Interval(window.Start, window.End), asOf, content, 20, Force: true) { LacksSkill = lacksSkill }, CancellationToken.None);
    }

    private protected async Task<ReportDay?> ProjectAsync(Integration integration, int day = 21, CallDayProjection? projection = null) => await (projection ?? Get<CallDayProjection>()).ProjectAsync(
        integration, await Get<RawDayStore>().ReadHeaderAsync(Id(day), CancellationToken.None), new LocalDay(Id(day).Date, ImportData.LosAngeles), compare: false, CancellationToken.None);

    /// <summary>Each interval with all its columns; null when the day is not there by this grouping.</summary>
    private protected async Task<string[]?> IntervalsAsync(QueueGrouping grouping, int day = 21) =>
        await Get<QueueIntervalsTable>().ReadAsync("acme", Id(day).Date, grouping, CancellationToken.None) is { } intervals ? [.. CallText.Table(intervals)] : null;

    /// <summary>Each interval of the day with what is not zero in it.</summary>
    private protected async Task<string[]> FiguresAsync(Integration integration, int day = 21) =>
        [.. (await Get<QueueIntervalsTable>().ReadAsync("acme", Id(day).Date, integration.Grouping, CancellationToken.None))!.Select(CallText.NotZero)];

    private protected async Task<string[]> QueuesAsync(QueueGrouping grouping) => [.. (await Get<QueuesTable>().ReadAsync("acme", grouping, CancellationToken.None)).Queues
        .Select(queue => $"{queue.Queue} {queue.FirstSeen:uuuu'-'MM'-'dd'T'HH':'mm':'ss} {queue.LastSeen:uuuu'-'MM'-'dd'T'HH':'mm':'ss}")];

    /// <summary>Everything in a table but manifests, by its keys.</summary>
    private protected async Task<IReadOnlyList<TableEntity>> RowsAsync(string table) =>
        [.. (await Bench.Table(table).QueryAsync<TableEntity>().ToListAsync()).Where(row => row.RowKey != "manifest")];

    private protected static RawDayId Id(int day) => new("acme", ReportNames.Calls, new LocalDate(2026, 8, day));

    private protected static string Csv(params string[] lines) => $"{CallText.Header}\n{string.Join('\n', lines)}\n";
}
