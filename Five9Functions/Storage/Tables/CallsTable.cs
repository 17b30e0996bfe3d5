using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>Single legs with what became of them, by local day, each day in the integration's number of buckets of CALL IDs.</summary>
public sealed class CallsTable(TableClient table, TimeProvider time, ILogger<CallsTable>? logger = null)
{
    private const int MaxReads = 5;

    private readonly ForeignRows _foreign = new(StorageLayout.CallsTable, logger);

    private readonly Projection _projection = new(table, CallsKeys.Call, time);

    /// <summary>Makes buckets of a local day hold exactly the legs that <paramref name="derive"/> returns, in any order.</summary>
    /// <param name="buckets">Which of the day's buckets.</param>
    /// <param name="derive">Reads its sources anew each time; returns all legs of these buckets and what they and the settings are.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="compare"><see cref="ProjectedContent.Compare"/>.</param>
    /// <exception cref="ProjectionConflictException">Another writer kept being faster: run it again later.</exception>
    public Task<ProjectionResult> WriteAsync(
        string integration,
        LocalDate date,
        int bucketCount,
        Range buckets,
        bool keepCustomerData,
        Func<CancellationToken, Task<(IReadOnlyList<StoredLeg> Legs, string Inputs)>> derive,
        CancellationToken cancellationToken,
        bool compare = false)
    {
        var partitions = CallsKeys.Partitions(integration, date, bucketCount);
        return _projection.RunAsync([.. partitions.Take(buckets)], DeriveAsync, cancellationToken);

        async Task<ProjectedContent> DeriveAsync(CancellationToken token)
        {
            var (legs, inputs) = await derive(token);
            var byPartition = legs.ToLookup(leg => partitions[CallsKeys.Bucket(leg.Leg.Leg.CallId, bucketCount)]);
            return new(inputs, key => [.. byPartition[key].Select(leg => CallEntity.From(key, leg, keepCustomerData))]) { Compare = compare };
        }
    }

    /// <summary>The legs of one bucket, by start, then CALL ID, as they are stored.</summary>
    /// <exception cref="ProjectionConflictException">The bucket kept changing while it was read: read it again later.</exception>
    public async Task<IReadOnlyList<TableEntity>> ReadBucketAsync(string integration, LocalDate date, int bucketCount, int bucket, CancellationToken cancellationToken)
    {
        var partitionKey = CallsKeys.Partitions(integration, date, bucketCount)[bucket];
        for (var reads = 0; reads < MaxReads; reads++)
        {
            // A page is of one moment; several are, if no write came between: every write moves the manifest.
            var before = await _projection.ReadManifestAsync(partitionKey, cancellationToken);
            var (rows, pages) = (new List<TableEntity>(), 0);
            await foreach (var page in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}"), cancellationToken: cancellationToken).AsPages())
            {
                pages++;
                rows.AddRange(_foreign.Read(page.Values, CallEntity.Require, CallEntity.KeyOf));
            }

            if (pages <= 1 || before == await _projection.ReadManifestAsync(partitionKey, cancellationToken))
            {
                return rows;
            }
        }

        throw new ProjectionConflictException($"Partition {partitionKey} of table {table.Name} kept changing while it was read: read it again later.");
    }
}
