using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Problems;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage.Tables;

/// <summary>The catalogue of an integration's queues, of one grouping at a time: the first change by another one leaves nothing of the old.</summary>
public sealed class QueuesTable(TableClient table, TimeProvider time, ILogger<QueuesTable>? logger = null)
{
    private const string Kind = "Kind";
    private const string State = "State";
    private const string ListedInput = "listed=";

    private readonly ForeignRows _foreign = new(StorageLayout.QueuesTable, logger);

    private readonly Projection _projection = new(table, row => row, time);

    /// <summary>The catalogue by this grouping; empty while there is none.</summary>
    public async Task<QueueCatalogue> ReadAsync(string integration, QueueGrouping grouping, CancellationToken cancellationToken)
    {
        var partitionKey = QueuesKeys.Partition(integration);
        var (queues, listedAt) = (new List<KnownQueue>(), (Instant?)null);
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}"), cancellationToken: cancellationToken))
        {
            if (row.RowKey == Projection.ManifestRow)
            {
                listedAt = ListedAt(ProjectionManifest.From(row), grouping);
            }
            else if (_foreign.ReadOrNull(row, Read, queue => QueuesKeys.Row(queue.Queue)) is { } queue && row.Text(Kind) == grouping.Code())
            {
                queues.Add(queue);
            }
        }

        return new(listedAt, [.. queues.OrderBy(queue => queue.Queue, StringComparer.Ordinal)]);
    }

    /// <summary>When Five9 was last asked for the queues of this grouping; null for never.</summary>
    public async Task<Instant?> ListedAtAsync(string integration, QueueGrouping grouping, CancellationToken cancellationToken) =>
        ListedAt(await _projection.ReadManifestAsync(QueuesKeys.Partition(integration), cancellationToken), grouping);

    /// <summary>Changes the catalogue whatever others do to it meanwhile.</summary>
    /// <param name="grouping">That of the integration now; what is stored of the other one is deleted.</param>
    /// <param name="change">Pure; called with the catalogue by this grouping as it stands.</param>
    /// <param name="compare"><see cref="ProjectedContent.Compare"/>.</param>
    /// <param name="requireCurrent">Throws when the integration is grouped otherwise by now: then nothing may be changed.</param>
    /// <exception cref="ProjectionConflictException">Another writer kept being faster: run it again later.</exception>
    public Task<ProjectionResult> ChangeAsync(
        string integration, QueueGrouping grouping, Func<QueueCatalogue, QueueCatalogue> change, Func<CancellationToken, Task> requireCurrent, CancellationToken cancellationToken, bool compare = false)
    {
        return _projection.RunAsync([QueuesKeys.Partition(integration)], DeriveAsync, cancellationToken);

        async Task<ProjectedContent> DeriveAsync(CancellationToken token)
        {
            await requireCurrent(token);
            var next = change(await ReadAsync(integration, grouping, token));
            return new(
                next.ListedAt is { } at ? $"{GroupingInput.Of(grouping)};{ListedInput}{InstantPattern.ExtendedIso.Format(at)}" : GroupingInput.Of(grouping),
                key => [.. next.Queues.Select(queue => Write(key, grouping, queue))])
            {
                TellsEmpty = next.ListedAt is not null,
                Compare = compare,
            };
        }
    }

    private static Instant? ListedAt(ProjectionManifest manifest, QueueGrouping grouping) =>
        GroupingInput.IsIn(manifest.Inputs, grouping) && manifest.Inputs.Split(';').FirstOrDefault(part => part.StartsWith(ListedInput, StringComparison.Ordinal)) is { } listed
            && InstantPattern.ExtendedIso.Parse(listed[ListedInput.Length..]) is { Success: true, Value: var at }
            ? at
            : null;

    private static TableEntity Write(string partitionKey, QueueGrouping grouping, KnownQueue queue)
    {
        var row = new TableEntity(partitionKey, QueuesKeys.Row(queue.Queue))
        {
            [nameof(queue.Queue)] = queue.Queue,
            [Kind] = grouping.Code(),
            [nameof(queue.Listed)] = queue.Listed,
            [State] = queue.IsActive ? "active" : "gone",
        };
        row.Set(nameof(queue.FirstSeen), queue.FirstSeen);
        row.Set(nameof(queue.LastSeen), queue.LastSeen);
        row.Set(nameof(queue.GoneSince), queue.GoneSince);
        return row;
    }

    private static KnownQueue Read(TableEntity e) => e.Text(Kind) is { Length: > 0 }
        ? new KnownQueue(
            e.Text(nameof(KnownQueue.Queue)),
            e.InstantOrNull(nameof(KnownQueue.FirstSeen)),
            e.InstantOrNull(nameof(KnownQueue.LastSeen)),
            e.Bool(nameof(KnownQueue.Listed)),
            e.InstantOrNull(nameof(KnownQueue.GoneSince)))
        : throw new FormatException($"it has no column {Kind}");
}
