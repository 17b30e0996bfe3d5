using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Azure;
using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Makes partitions hold exactly the rows that were derived for them, writing only differences. The order is the point: the
/// manifest first, then what the rows are derived from, then the writes, each on condition that the manifest has not moved.
/// So a stale derivation changes nothing, and what a kill leaves behind shows (an empty hash) and is repaired by the next run.
/// </summary>
/// <param name="groupOf">The group of a RowKey: rows of one group change together wherever they fit into one transaction.</param>
public sealed class Projection(TableClient table, Func<string, string> groupOf, TimeProvider time)
{
    /// <summary>The manifest's RowKey.</summary>
    public const string ManifestRow = "manifest";

    /// <summary>More writes at a time only slow each other down.</summary>
    public const int MaxInFlight = 8;

    private const int MaxTries = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private static readonly SemaphoreSlim InFlight = new(MaxInFlight);

    /// <summary>
    /// Reads the manifests, derives the content, writes what differs, up to eight partitions at a time; starts again at the
    /// manifests after a conflict, with growing, random pauses.
    /// </summary>
    /// <param name="derive">Must read its sources anew each time.</param>
    /// <exception cref="ProjectionConflictException">It was still in conflict at the sixth try: run it again later.</exception>
    public async Task<ProjectionResult> RunAsync(
        IReadOnlyList<string> partitionKeys,
        Func<CancellationToken, Task<ProjectedContent>> derive,
        CancellationToken cancellationToken)
    {
        var total = default(ProjectionResult);
        for (var pause = FirstPause; ; pause *= 2)
        {
            var manifests = new ConcurrentBag<ProjectionManifest>();
            await EachAsync(partitionKeys, async (key, token) => manifests.Add(await ReadManifestAsync(key, token)), cancellationToken);
            var content = await derive(cancellationToken);
            var results = new ConcurrentBag<ProjectionResult>();
            var conflicts = new ConcurrentBag<ProjectionConflictException>();
            await EachAsync(manifests, WriteOneAsync, cancellationToken);
            total = results.Aggregate(total, (left, right) => left + right);
            if (!conflicts.TryPeek(out var conflict))
            {
                return total;
            }

            total = total with { Conflicts = total.Conflicts + 1 };
            if (total.Conflicts == MaxTries)
            {
                ExceptionDispatchInfo.Throw(conflict);
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, cancellationToken);

            async ValueTask WriteOneAsync(ProjectionManifest manifest, CancellationToken token)
            {
                try
                {
                    results.Add(await WriteAsync(manifest, content.Rows(manifest.PartitionKey), content.Inputs, token));
                }
                catch (ProjectionConflictException lost)
                {
                    conflicts.Add(lost);
                }
            }
        }
    }

    /// <summary>The first step: what comes later holds only while this manifest is the one in the table.</summary>
    public async Task<ProjectionManifest> ReadManifestAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, ManifestRow, cancellationToken: cancellationToken);
        return row.HasValue ? ProjectionManifest.From(row.Value!) : ProjectionManifest.Absent(partitionKey);
    }

    /// <summary>
    /// The last step. Nothing when hash and inputs are those of the manifest; the manifest alone when only the inputs differ;
    /// else the differences, in transactions that each carry the manifest, of which only the last one sets its hash again.
    /// </summary>
    /// <param name="manifest">Read before anything that <paramref name="rows"/> were derived from.</param>
    /// <exception cref="ProjectionConflictException">The partition was changed since, or the outcome of a write is unknown.</exception>
    /// <exception cref="TableLimitException">A row is larger than Table Storage takes; nothing was written.</exception>
    public async Task<ProjectionResult> WriteAsync(
        ProjectionManifest manifest, IReadOnlyList<TableEntity> rows, string inputs, CancellationToken cancellationToken)
    {
        var wanted = new PartitionRows(table.Name, manifest.PartitionKey, rows);
        var done = manifest with { Hash = wanted.Hash, Inputs = inputs, Rows = rows.Count };
        TableLimits.Check(table.Name, done.ToRow());
        if (done == manifest || (manifest.ETag is null && rows.Count == 0))
        {
            // Nothing to write, or nothing to say: a partition that never held a row needs no manifest.
            return default;
        }

        var changes = manifest.Hash == done.Hash ? [] : await wanted.DifferencesAsync(StoredAsync(manifest.PartitionKey, cancellationToken));
        var transactions = TransactionPlan.Pack(changes, groupOf);
        var etag = manifest.ETag;
        for (var i = 0; i < transactions.Count - 1; i++)
        {
            etag = await SendAsync(manifest with { Hash = "", ETag = etag }, transactions[i], cancellationToken);
        }

        await SendAsync(done with { ETag = etag }, transactions is [.., var last] ? last : [], cancellationToken);
        return new(
            changes.Count(change => change.ActionType == TableTransactionActionType.Add),
            changes.Count(change => change.ActionType == TableTransactionActionType.UpdateReplace),
            changes.Count(change => change.ActionType == TableTransactionActionType.Delete),
            Math.Max(1, transactions.Count),
            Conflicts: 0);
    }

    private static Task EachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = MaxInFlight, CancellationToken = cancellationToken }, action);

    private async IAsyncEnumerable<TableEntity> StoredAsync(string partitionKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.RowKey != ManifestRow)
            {
                yield return row;
            }
        }
    }

    /// <summary>Writes the manifest with some changes, all or nothing, and returns the manifest's new ETag.</summary>
    private async Task<ETag?> SendAsync(ProjectionManifest manifest, IReadOnlyList<TableTransactionAction> changes, CancellationToken cancellationToken)
    {
        // The manifest goes first: whoever lost the race is told so, whatever else no longer fits.
        var row = manifest.ToRow();
        var first = manifest.ETag is { } read
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, read)
            : new TableTransactionAction(TableTransactionActionType.Add, row);
        TableTransactionAction[] actions = [first, .. changes];
        TableLimits.CheckTransaction(table.Name, actions);
        await InFlight.WaitAsync(cancellationToken);
        try
        {
            var response = await table.SubmitTransactionAsync(actions, cancellationToken);
            return response.Value[0].Headers.ETag;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && ProjectionConflictException.Explains(failure))
        {
            throw new ProjectionConflictException(
                $"Partition {manifest.PartitionKey} of table {table.Name} was changed by another writer, or the outcome of a write is unknown: start again at its manifest.",
                failure);
        }
        finally
        {
            InFlight.Release();
        }
    }
}
