using Azure.Data.Tables;
using Five9Functions.Calls;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>The figures of queues in quarter hours, by local day. A day is of one grouping, which its manifest names, or not to be had.</summary>
public sealed class QueueIntervalsTable(TableClient table, TimeProvider time, ILogger<QueueIntervalsTable>? logger = null)
{
    private const int MaxReads = 5;

    private readonly ForeignRows _foreign = new(StorageLayout.QueueIntervalsTable, logger);

    private readonly Projection _projection = new(table, QueueIntervalsKeys.Queue, time);

    /// <summary>Makes a local day hold exactly the intervals that <paramref name="derive"/> returns.</summary>
    /// <param name="derive">
    /// Reads its sources anew each time; returns what they and the settings are, the grouping among them, and whether anything of the day
    /// was landed: then it is there even without calls.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="compare"><see cref="ProjectedContent.Compare"/>.</param>
    /// <exception cref="ProjectionConflictException">Another writer kept being faster: run it again later.</exception>
    public Task<ProjectionResult> WriteAsync(
        string integration, LocalDate date, Func<CancellationToken, Task<(IReadOnlyList<QueueInterval> Intervals, string Inputs, bool Landed)>> derive, CancellationToken cancellationToken, bool compare = false)
    {
        return _projection.RunAsync([QueueIntervalsKeys.Partition(integration, date)], DeriveAsync, cancellationToken);

        async Task<ProjectedContent> DeriveAsync(CancellationToken token)
        {
            var (intervals, inputs, landed) = await derive(token);
            return new(inputs, key => [.. intervals.Select(interval => QueueIntervalEntity.From(key, interval))]) { TellsEmpty = landed, Compare = compare };
        }
    }

    /// <summary>A local day as it is stored at this moment, whatever it is grouped by.</summary>
    public IAsyncEnumerable<TableEntity> RowsAsync(string integration, LocalDate date, CancellationToken cancellationToken) =>
        _projection.StoredAsync(QueueIntervalsKeys.Partition(integration, date), cancellationToken);

    /// <summary>
    /// The intervals of a local day by queue (ordinal), then start; null when the day is not there by this grouping: it was never
    /// derived, or is grouped otherwise, or is being changed at this moment. So nobody sees two groupings, or half of each.
    /// </summary>
    /// <remarks>
    /// Up to 99 changes are one transaction, and a reader sees the day before or after it. More are several, and from the first to
    /// the last the manifest has no hash: then the day is absent. A day that was changed while it was read is read again.
    /// </remarks>
    /// <exception cref="UnreadableRowException">An interval cannot be read.</exception>
    public async Task<IReadOnlyList<QueueInterval>?> ReadAsync(string integration, LocalDate date, QueueGrouping grouping, CancellationToken cancellationToken)
    {
        var partitionKey = QueueIntervalsKeys.Partition(integration, date);
        for (var reads = 0; reads < MaxReads; reads++)
        {
            var manifest = await _projection.ReadManifestAsync(partitionKey, cancellationToken);
            if (manifest.Hash.Length == 0 || !GroupingInput.IsIn(manifest.Inputs, grouping))
            {
                return null;
            }

            // The manifest is the last of our rows in the partition: as long as it is the one that was read before, so is all above it.
            var rows = await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}"), cancellationToken: cancellationToken).ToListAsync(cancellationToken);
            if (rows.Find(row => row.RowKey == Projection.ManifestRow) is { } last && ProjectionManifest.From(last) == manifest)
            {
                return
                [
                    .. rows.Where(IsInterval).Select(QueueIntervalEntity.ToInterval).OrderBy(interval => interval.Queue, StringComparer.Ordinal).ThenBy(interval => interval.Start),
                ];
            }
        }

        return null;
    }

    // One of ours that cannot be read is no row to leave out: its interval would be read as zero.
    private bool IsInterval(TableEntity row)
    {
        if (row.RowKey == Projection.ManifestRow)
        {
            return false;
        }

        var isOurs = QueueIntervalsKeys.IsInterval(row.RowKey);
        if (!isOurs)
        {
            _foreign.LeaveOut(row);
        }

        return isOurs;
    }
}
