using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Five9Functions.Adherence;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>A partition as it was read: its manifest first, then its activities.</summary>
internal sealed record SchedulePartition(ProjectionManifest Manifest, IReadOnlyList<ScheduledActivity> Activities);

/// <summary>What agents are planned to do, by the day of UTC on which it starts, each day in the integration's number of buckets.</summary>
public sealed class SchedulesTable(TableClient table, TimeProvider time)
{
    private const int MaxReads = 5;

    private readonly Projection _projection = new(table, SchedulesKeys.Agent, time);

    /// <summary>The days of UTC on which something can start that reaches into a window, in order.</summary>
    internal static IReadOnlyList<LocalDate> DaysOf(Interval window)
    {
        var (first, last) = ((window.Start - ScheduledActivity.MaxLength).InUtc().Date, (window.End - Duration.Epsilon).InUtc().Date);
        return [.. Enumerable.Range(0, Period.DaysBetween(first, last) + 1).Select(first.PlusDays)];
    }

    /// <summary>What starts on a day of UTC, of all agents of a bucket or of one, by agent (ordinal), then start.</summary>
    /// <exception cref="ProjectionConflictException">The day kept changing while it was read: read it again later.</exception>
    public async Task<IReadOnlyList<ScheduledActivity>> ReadDayAsync(string integration, LocalDate date, int bucket, string? agent, CancellationToken cancellationToken) =>
        [.. (await ReadPartitionAsync(SchedulesKeys.Partition(integration, date, bucket), agent, cancellationToken)).OrderBy(a => a.Agent, StringComparer.Ordinal).ThenBy(a => a.Start)];

    /// <summary>Everything that reaches into a window, in no order. What is being replaced meanwhile may be partly old and partly new.</summary>
    public async IAsyncEnumerable<ScheduledActivity> ReachingIntoAsync(string integration, Interval window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dates = DaysOf(window);
        var (from, to) = SchedulesKeys.Days(integration, dates[0], dates[^1]);
        var (start, end) = (window.Start.ToDateTimeOffset(), window.End.ToDateTimeOffset());
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to} and End gt {start} and Start lt {end}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return ScheduleEntity.ToActivity(row);
        }
    }

    internal async Task<SchedulePartition> LoadAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var manifest = await _projection.ReadManifestAsync(partitionKey, cancellationToken);
        return new(manifest, manifest.ETag is null ? [] : await _projection.StoredAsync(partitionKey, cancellationToken).Select(ScheduleEntity.ToActivity).ToListAsync(cancellationToken));
    }

    /// <summary>Whether a partition holds just this, by what its manifest says.</summary>
    internal static bool Holds(ProjectionManifest manifest, IReadOnlyList<ScheduledActivity> activities) =>
        manifest.ETag is null ? activities.Count == 0 : new PartitionRows(StorageLayout.SchedulesTable, manifest.PartitionKey, Rows(manifest.PartitionKey, activities)).Hash == manifest.Hash;

    /// <summary>Makes a partition hold just this, if nobody has written to it since its manifest was read. Its manifest is written in any case.</summary>
    /// <param name="turn">The number of the writer's turn: it moves the manifest.</param>
    /// <exception cref="ProjectionConflictException">The partition was changed since, or the outcome of a write is unknown.</exception>
    internal Task<ProjectionResult> WriteAsync(ProjectionManifest manifest, IReadOnlyList<ScheduledActivity> activities, int turn, CancellationToken cancellationToken) =>
        _projection.WriteAsync(manifest, new ProjectedContent($"turn={turn}", key => Rows(key, activities)) { TellsEmpty = true }, cancellationToken);

    private static IReadOnlyList<TableEntity> Rows(string partitionKey, IReadOnlyList<ScheduledActivity> activities) => [.. activities.Select(activity => ScheduleEntity.From(partitionKey, activity))];

    // A page is of one moment; two are only if the manifest did not move between them.
    private async Task<List<ScheduledActivity>> ReadPartitionAsync(string partitionKey, string? agent, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        if (agent is not null)
        {
            var (first, after) = SchedulesKeys.RowsOf(agent);
            filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {first} and RowKey lt {after}");
        }

        for (var reads = 0; reads < MaxReads; reads++)
        {
            var before = await _projection.ReadManifestAsync(partitionKey, cancellationToken);
            var (activities, pages) = (new List<ScheduledActivity>(), 0);
            if (before.ETag is null)
            {
                return activities;
            }

            await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages())
            {
                pages++;
                activities.AddRange(page.Values.Where(row => row.RowKey != Projection.ManifestRow).Select(ScheduleEntity.ToActivity).Where(a => agent is null || a.Agent == agent));
            }

            if (pages <= 1 || before == await _projection.ReadManifestAsync(partitionKey, cancellationToken))
            {
                return activities;
            }
        }

        throw new ProjectionConflictException($"Partition {partitionKey} of table {StorageLayout.SchedulesTable} kept changing while it was read: read it again later.");
    }
}
