using Azure.Data.Tables;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Runs;

/// <summary>How many of something came, differ and went.</summary>
public readonly record struct ChangeCounts(int Added, int Changed, int Removed)
{
    public static ChangeCounts operator +(ChangeCounts left, ChangeCounts right) => new(left.Added + right.Added, left.Changed + right.Changed, left.Removed + right.Removed);
}

/// <summary>What a run changes, or would change, of a local day of a report.</summary>
/// <param name="Retries">How often the run had been done again.</param>
/// <param name="Rows">Of the raw day, by agent or call and start.</param>
/// <param name="Segments">Of what is derived: segments of timelines, or queue intervals.</param>
public sealed record DayChanges(string Report, LocalDate Date, int Retries, ChangeCounts Rows, ChangeCounts Segments)
{
    /// <summary>It could not be counted.</summary>
    public bool Unknown { get; init; }
}

/// <summary>The table RunDiffTable: docs/tables.md. A row is written once and says that its day is done.</summary>
public sealed class RunDiffTable(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageLayout.ImportChangesTable);

    public async Task<bool> IsThereAsync(ImportRun run, string report, LocalDate date, CancellationToken cancellationToken) => (await _table.GetEntityIfExistsAsync<TableEntity>(
        ImportChangesKeys.Partition(run.Integration, run.Id), ImportChangesKeys.Row(date, report, run.Retries), [nameof(TableEntity.RowKey)], cancellationToken)).HasValue;

    /// <summary>Adds a day unless it is there: it was compared when nothing had been deleted yet.</summary>
    public Task AddIfAbsentAsync(ImportRun run, DayChanges day, CancellationToken cancellationToken) =>
        _table.TryAddAsync(
            new TableEntity(ImportChangesKeys.Partition(run.Integration, run.Id), ImportChangesKeys.Row(day.Date, day.Report, day.Retries))
            {
                [nameof(day.Report)] = day.Report,
                [nameof(day.Date)] = TableColumns.Text(day.Date),
                [nameof(day.Retries)] = day.Retries,
                ["RowsAdded"] = day.Rows.Added,
                ["RowsChanged"] = day.Rows.Changed,
                ["RowsRemoved"] = day.Rows.Removed,
                ["SegmentsAdded"] = day.Segments.Added,
                ["SegmentsChanged"] = day.Segments.Changed,
                ["SegmentsRemoved"] = day.Segments.Removed,
                [nameof(day.Unknown)] = day.Unknown,
            },
            cancellationToken);

    /// <summary>By date, then report.</summary>
    public async Task<IReadOnlyList<DayChanges>> ListAsync(string integration, string run, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ImportChangesKeys.Partition(integration, run)}");
        return await _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(Read).ToListAsync(cancellationToken);
    }

    private static DayChanges Read(TableEntity row) => UnreadableRowException.Read(StorageLayout.ImportChangesTable, row, e => new DayChanges(
        e.Text(nameof(DayChanges.Report)),
        TableColumns.Date(e.Text(nameof(DayChanges.Date))),
        e.Int(nameof(DayChanges.Retries)),
        new ChangeCounts(e.Int("RowsAdded"), e.Int("RowsChanged"), e.Int("RowsRemoved")),
        new ChangeCounts(e.Int("SegmentsAdded"), e.Int("SegmentsChanged"), e.Int("SegmentsRemoved")))
    {
        Unknown = e.Bool(nameof(DayChanges.Unknown)),
    });
}
