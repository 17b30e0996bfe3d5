using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Five9Functions.Calls;
using Five9Functions.Problems;

namespace Five9Functions.Storage.Tables;

/// <summary>A queue and the name that planning has for its work.</summary>
public sealed record QueueWorkload(string Queue, string Workload);

/// <summary>Which workload a person gave to which queue. Nobody else writes it, so it outlives whatever is derived anew.</summary>
public sealed class WorkloadsTable(TableClient table)
{
    private const string Kind = "Kind";

    /// <summary>Those of an integration's queues by this grouping, with their versions, by queue.</summary>
    public async Task<IReadOnlyDictionary<string, Versioned<QueueWorkload>>> ReadAsync(string integration, QueueGrouping grouping, CancellationToken cancellationToken)
    {
        var workloads = new Dictionary<string, Versioned<QueueWorkload>>(StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {WorkloadsKeys.Partition(integration)}"), cancellationToken: cancellationToken))
        {
            if (row.Text(Kind) == grouping.Code())
            {
                workloads.Add(row.Text(nameof(QueueWorkload.Queue)), Read(row));
            }
        }

        return workloads;
    }

    /// <summary>Null where the queue has none.</summary>
    public async Task<Versioned<QueueWorkload>?> FindAsync(string integration, QueueGrouping grouping, string queue, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(WorkloadsKeys.Partition(integration), WorkloadsKeys.Row(grouping, queue), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Gives a queue a workload, or takes it away, if nobody else did since it was read.</summary>
    /// <param name="before">As it was read; null for none.</param>
    /// <param name="workload">Null for none.</param>
    /// <returns>False when somebody else was faster.</returns>
    public Task<bool> TrySetAsync(string integration, QueueGrouping grouping, string queue, Versioned<QueueWorkload>? before, string? workload, CancellationToken cancellationToken)
    {
        var row = new TableEntity(WorkloadsKeys.Partition(integration), WorkloadsKeys.Row(grouping, queue))
        {
            [nameof(QueueWorkload.Queue)] = queue,
            [Kind] = grouping.Code(),
            [nameof(QueueWorkload.Workload)] = workload,
        };
        return (before, workload) switch
        {
            (null, null) => IsAbsentAsync(row, cancellationToken),
            (null, _) => table.TryAddAsync(row, cancellationToken),
            ({ } read, null) => TryDeleteAsync(row, read.ETag, cancellationToken),
            ({ } read, _) => table.TryReplaceAsync(row, read.ETag, cancellationToken),
        };
    }

    private async Task<bool> IsAbsentAsync(TableEntity row, CancellationToken cancellationToken) =>
        !(await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken)).HasValue;

    private async Task<bool> TryDeleteAsync(TableEntity row, ETag read, CancellationToken cancellationToken)
    {
        try
        {
            // Also true when it is gone by now: whoever was faster took it away too.
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, read, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied || e.Status == 412)
        {
            return false;
        }
    }

    private static Versioned<QueueWorkload> Read(TableEntity row) =>
        new(UnreadableRowException.Read(StorageLayout.WorkloadsTable, row, e => new QueueWorkload(e.Text(nameof(QueueWorkload.Queue)), e.Text(nameof(QueueWorkload.Workload)))), row.ETag);
}
