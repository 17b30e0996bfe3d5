using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Five9Functions.AgentStates;
using Five9Functions.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>The clean timelines: segments of agents by local day, each day in the integration's number of buckets.</summary>
public sealed class AgentStatesTable(TableClient table, TimeProvider time, ILogger<AgentStatesTable>? logger = null)
{
    private const int MaxReads = 5;

    private readonly ForeignRows _foreign = new(StorageLayout.AgentStatesTable, logger);

    private readonly Projection _projection = new(table, AgentStatesKeys.Agent, time);

    /// <summary>Makes buckets of a local day hold exactly the segments that <paramref name="derive"/> returns, agents in any order.</summary>
    /// <param name="buckets">Which of the day's buckets.</param>
    /// <param name="derive">
    /// Reads its sources anew each time; returns all segments of these buckets and the versions that they come from. It is told which
    /// segments the table is known to refuse, null for none: in the end it was told what is true of the day as it is written.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="compare"><see cref="ProjectedContent.Compare"/>.</param>
    /// <exception cref="ProjectionConflictException">Another writer kept being faster: run it again later.</exception>
    public async Task<ProjectionResult> WriteAsync(
        string integration,
        LocalDate date,
        int bucketCount,
        Range buckets,
        Func<Func<Segment, bool>?, CancellationToken, Task<(IEnumerable<Segment> Segments, string Inputs)>> derive,
        CancellationToken cancellationToken,
        bool compare = false)
    {
        var partitions = AgentStatesKeys.Partitions(integration, date, bucketCount);
        var refused = new HashSet<string>(StringComparer.Ordinal);
        var written = await RunAsync();

        // Only the table can say what it refuses. The second time it only reads, unless the day has changed again.
        for (var i = 0; !refused.SetEquals(written.Refused.Select(row => row.RowKey)); i++)
        {
            if (i == MaxReads)
            {
                throw new ProjectionConflictException($"What table {table.Name} refuses of {integration} on {KeyTime.Date(date)} kept changing: write it again later.");
            }

            refused = [.. written.Refused.Select(row => row.RowKey)];
            written = (written with { Refused = [] }) + await RunAsync();
        }

        return written;

        Task<ProjectionResult> RunAsync() => _projection.RunAsync([.. partitions.Take(buckets)], DeriveAsync, cancellationToken);

        bool IsRefused(Segment segment) => refused.Contains(AgentStatesKeys.Row(segment.Agent, segment.Start));

        async Task<ProjectedContent> DeriveAsync(CancellationToken token)
        {
            var (segments, inputs) = await derive(refused.Count > 0 ? IsRefused : null, token);
            var byPartition = segments.ToLookup(segment => partitions[AgentStatesKeys.Bucket(segment.Agent, bucketCount)]);
            return new(inputs, key => [.. byPartition[key].Select(segment => AgentStateEntity.From(key, segment))]) { Compare = compare };
        }
    }

    /// <summary>The segments of a local day, by bucket, in it by agent (ordinal), then start. Holds one bucket at a time.</summary>
    /// <exception cref="ProjectionConflictException">The day kept changing while it was read: read it again later.</exception>
    public async IAsyncEnumerable<Segment> ReadAsync(
        string integration, LocalDate date, int bucketCount, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var bucket = 0; bucket < bucketCount; bucket++)
        {
            foreach (var segment in await ReadBucketAsync(integration, date, bucketCount, bucket, agent: null, cancellationToken))
            {
                yield return segment;
            }
        }
    }

    /// <summary>Buckets of a local day as they are stored at this moment, in no order.</summary>
    public IAsyncEnumerable<TableEntity> RowsAsync(string integration, LocalDate date, int bucketCount, Range buckets, CancellationToken cancellationToken) =>
        AgentStatesKeys.Partitions(integration, date, bucketCount).Take(buckets).ToAsyncEnumerable().SelectMany(partition => _projection.StoredAsync(partition, cancellationToken));

    /// <summary>The segments of one bucket, or of one agent in it, by agent (ordinal), then start.</summary>
    /// <param name="agent">Null for all.</param>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public async Task<IReadOnlyList<Segment>> ReadBucketAsync(
        string integration, LocalDate date, int bucketCount, int bucket, string? agent, CancellationToken cancellationToken)
    {
        var partitionKey = AgentStatesKeys.Partitions(integration, date, bucketCount)[bucket];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        if (agent is not null)
        {
            var (first, last) = AgentStatesKeys.RowsOf(agent);
            filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {first} and RowKey lt {last}");
        }

        // Not the order of the keys: there the separator sorts after the letters of a longer name.
        var segments = await ReadPartitionAsync(partitionKey, filter, cancellationToken);
        return [.. segments.Where(s => agent is null || s.Agent == agent).OrderBy(s => s.Agent, StringComparer.Ordinal).ThenBy(s => s.Start)];
    }

    /// <summary>
    /// A page is of one moment; two pages are only if no write came between them, and every write moves the manifest.
    /// So an agent whose rows lie on two pages is never half corrected.
    /// </summary>
    private async Task<List<Segment>> ReadPartitionAsync(string partitionKey, string filter, CancellationToken cancellationToken)
    {
        for (var reads = 0; reads < MaxReads; reads++)
        {
            var before = await _projection.ReadManifestAsync(partitionKey, cancellationToken);
            var segments = new List<Segment>();
            var pages = 0;
            await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages())
            {
                pages++;
                segments.AddRange(_foreign.Read(page.Values, AgentStateEntity.ToSegment, segment => AgentStatesKeys.Row(segment.Agent, segment.Start)));
            }

            if (pages <= 1 || before == await _projection.ReadManifestAsync(partitionKey, cancellationToken))
            {
                return segments;
            }
        }

        throw new ProjectionConflictException($"Partition {partitionKey} of table {table.Name} kept changing while it was read: read it again later.");
    }
}
