using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
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
    /// <exception cref="RowsRefusedException">The table refuses so many rows of a partition that it must be something else.</exception>
    public async Task<ProjectionResult> RunAsync(
        IReadOnlyList<string> partitionKeys,
        Func<CancellationToken, Task<ProjectedContent>> derive,
        CancellationToken cancellationToken)
    {
        var total = default(ProjectionResult);
        for (var pause = FirstPause; ; pause *= 2)
        {
            var manifests = new ConcurrentBag<ProjectionManifest>();
            var results = new ConcurrentBag<ProjectionResult>();
            var conflicts = new ConcurrentBag<ProjectionConflictException>();
            await EachAsync(partitionKeys, key => key, async (key, token) => manifests.Add(await ReadManifestAsync(key, token)), conflicts, cancellationToken);
            if (!manifests.IsEmpty)
            {
                var content = await derive(cancellationToken);
                await EachAsync(
                    manifests,
                    manifest => manifest.PartitionKey,
                    async (manifest, token) => results.Add(await WriteAsync(manifest, content, token)),
                    conflicts,
                    cancellationToken);
            }

            // What is refused is told by the last try alone: each one tells all of it.
            total = results.Aggregate(total with { Refused = [] }, (left, right) => left + right);
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
    /// A row that the table refuses is left out, and named in the result and in the manifest.
    /// </summary>
    /// <param name="manifest">Read before anything that <paramref name="rows"/> were derived from.</param>
    /// <exception cref="ProjectionConflictException">The partition was changed since, or the outcome of a write is unknown.</exception>
    /// <exception cref="RowsRefusedException">The table refuses so many rows that it must be something else.</exception>
    public Task<ProjectionResult> WriteAsync(
        ProjectionManifest manifest, IReadOnlyList<TableEntity> rows, string inputs, CancellationToken cancellationToken) =>
        WriteAsync(manifest, new ProjectedContent(inputs, _ => rows), cancellationToken);

    /// <summary>The rows of a partition, the manifest apart.</summary>
    public async IAsyncEnumerable<TableEntity> StoredAsync(string partitionKey, [EnumeratorCancellation] CancellationToken cancellationToken)
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

    /// <inheritdoc cref="WriteAsync(ProjectionManifest, IReadOnlyList{TableEntity}, string, CancellationToken)"/>
    internal async Task<ProjectionResult> WriteAsync(ProjectionManifest manifest, ProjectedContent content, CancellationToken cancellationToken)
    {
        var rows = content.Rows(manifest.PartitionKey);
        var wanted = new PartitionRows(table.Name, manifest.PartitionKey, rows);
        var write = new PartitionWrite(table, manifest, wanted, content.Inputs, InFlight);
        TableLimits.Check(table.Name, write.Done.ToRow());

        // Nothing to write, or nothing to say: a partition that never held a row needs no manifest.
        var isDone = write.Done == manifest || (manifest.ETag is null && rows.Count == 0 && !content.TellsEmpty);
        if (isDone && !content.Compare)
        {
            return write.Result;
        }

        var unchanged = manifest.Hash == write.Done.Hash && manifest.Refused == write.Done.Refused && !content.Compare;
        var changes = unchanged ? [] : await wanted.DifferencesAsync(StoredAsync(manifest.PartitionKey, cancellationToken), write.Refused);
        return isDone && changes.Count == 0 ? write.Result : await write.RunAsync(TransactionPlan.Pack(changes, groupOf), cancellationToken);
    }

    /// <summary>A partition that is busy, or lost to another writer, keeps no other one from being written.</summary>
    private Task EachAsync<T>(
        IEnumerable<T> partitions,
        Func<T, string> keyOf,
        Func<T, CancellationToken, ValueTask> action,
        ConcurrentBag<ProjectionConflictException> conflicts,
        CancellationToken cancellationToken)
    {
        return Parallel.ForEachAsync(partitions, new ParallelOptions { MaxDegreeOfParallelism = MaxInFlight, CancellationToken = cancellationToken }, TryAsync);

        async ValueTask TryAsync(T partition, CancellationToken token)
        {
            try
            {
                await action(partition, token);
            }
            catch (ProjectionConflictException lost)
            {
                conflicts.Add(lost);
            }
            catch (Exception failure) when (!token.IsCancellationRequested && ProjectionConflictException.Explains(failure))
            {
                conflicts.Add(new ProjectionConflictException($"Partition {keyOf(partition)} of table {table.Name} could not be read: start again at its manifest.", failure));
            }
        }
    }
}
