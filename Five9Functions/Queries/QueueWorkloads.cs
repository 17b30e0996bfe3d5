using System.Runtime.CompilerServices;
using Five9Functions.Calls;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;

namespace Five9Functions.Queries;

/// <summary>A queue of the catalogue with its workload and the version of that.</summary>
/// <param name="Workload">Null for none.</param>
public sealed record CataloguedQueue(KnownQueue Queue, Versioned<QueueWorkload>? Workload);

/// <summary>A workload with the queues that have it, by integration, then name.</summary>
public sealed record Workload(string Name, IReadOnlyList<WorkloadQueue> Queues);

/// <summary>A queue of a workload.</summary>
public sealed record WorkloadQueue(string Integration, string Queue);

/// <summary>The queues of integrations and what planning calls their work.</summary>
public sealed class QueueWorkloads(IntegrationTable integrations, QueuesTable queues, WorkloadsTable workloads)
{
    /// <summary>The catalogue, by queue (ordinal).</summary>
    public async Task<IReadOnlyList<CataloguedQueue>> ListAsync(Integration integration, CancellationToken cancellationToken)
    {
        var catalogue = await queues.ReadAsync(integration.Id, integration.Grouping, cancellationToken);
        var given = await workloads.ReadAsync(integration.Id, integration.Grouping, cancellationToken);
        return [.. catalogue.Queues.Select(queue => new CataloguedQueue(queue, given.TryGetValue(queue.Queue, out var workload) ? workload : null))];
    }

    /// <summary>Null when the catalogue does not know it.</summary>
    public async Task<CataloguedQueue?> FindAsync(Integration integration, string queue, CancellationToken cancellationToken) =>
        (await queues.ReadAsync(integration.Id, integration.Grouping, cancellationToken)).Queues.FirstOrDefault(known => known.Queue == queue) is { } found
            ? new CataloguedQueue(found, await workloads.FindAsync(integration.Id, integration.Grouping, queue, cancellationToken))
            : null;

    /// <param name="workload">Null for none.</param>
    /// <returns>False when somebody else was faster.</returns>
    public Task<bool> TrySetAsync(Integration integration, CataloguedQueue queue, string? workload, CancellationToken cancellationToken) =>
        workloads.TrySetAsync(integration.Id, integration.Grouping, queue.Queue.Queue, queue.Workload, workload, cancellationToken);

    /// <summary>The workloads of all integrations by name (ordinal): of each what its queues are grouped by now.</summary>
    public async IAsyncEnumerable<Workload> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = new List<(string Workload, WorkloadQueue Queue)>();
        foreach (var integration in await integrations.AllAsync(cancellationToken))
        {
            var given = await workloads.ReadAsync(integration.Id, integration.Grouping, cancellationToken);
            all.AddRange(given.Values.Select(row => (row.Value.Workload, new WorkloadQueue(integration.Id, row.Value.Queue))));
        }

        foreach (var workload in all.GroupBy(row => row.Workload, row => row.Queue).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return new(workload.Key, [.. workload.OrderBy(queue => queue.Integration, StringComparer.Ordinal).ThenBy(queue => queue.Queue, StringComparer.Ordinal)]);
        }
    }
}
