using Azure;
using Azure.Data.Tables;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;

namespace Five9Functions.Integrations;

/// <summary>Removed integrations, in rows of their own of the table Integrations: docs/tables.md.</summary>
public sealed class RemovedIntegrations(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageLayout.IntegrationsTable);

    /// <param name="unreadable">Takes each row that cannot be understood; the others are read all the same.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<RemovedIntegration>> AllAsync(Action<UnreadableRowException> unreadable, CancellationToken cancellationToken)
    {
        var all = new List<RemovedIntegration>();
        var (from, to) = IntegrationsKeys.Removed;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {IntegrationsKeys.Partition} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            try
            {
                all.Add(Read(entity));
            }
            catch (UnreadableRowException e)
            {
                unreadable(e);
            }
        }

        return all;
    }

    public async Task<Versioned<RemovedIntegration>?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(IntegrationsKeys.Partition, IntegrationsKeys.RemovedRow(id), cancellationToken: cancellationToken);
        return found.HasValue ? new Versioned<RemovedIntegration>(Read(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>Puts this in the place of an integration: its row and the one of its name go in the same transaction, so the name is free at once.</summary>
    /// <returns>False when somebody changed the integration since it was read.</returns>
    public async Task<bool> TryRemoveAsync(Versioned<Integration> integration, RemovedIntegration removed, CancellationToken cancellationToken)
    {
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Delete, new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.Row(removed.Id)), integration.ETag),
            new(TableTransactionActionType.Delete, new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.NameRow(integration.Value.Name)), ETag.All),
            new(TableTransactionActionType.UpsertReplace, Write(removed)),
        ];
        var tries = new StorageTries();
        try
        {
            using var counted = tries.Count();
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 412)
        {
            // Somebody was faster; or the answer was lost, and this is the second try of one that succeeded.
            return tries.Repeated && await FindAsync(removed.Id, cancellationToken) is { Value: var stored } && stored == removed;
        }
    }

    /// <returns>False when somebody else changed the row meanwhile.</returns>
    public Task<bool> TryUpdateAsync(Versioned<RemovedIntegration> from, RemovedIntegration to, CancellationToken cancellationToken) =>
        _table.TryReplaceAsync(Write(to), from.ETag, cancellationToken);

    /// <summary>The last of a removed integration: from now on its id is like any other.</summary>
    public Task ForgetAsync(Versioned<RemovedIntegration> removed, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(IntegrationsKeys.Partition, IntegrationsKeys.RemovedRow(removed.Value.Id), removed.ETag, cancellationToken);

    /// <summary>Belongs to the transaction that creates an integration with what was kept.</summary>
    internal static TableTransactionAction Forgotten(Versioned<RemovedIntegration> removed) =>
        new(TableTransactionActionType.Delete, new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.RemovedRow(removed.Value.Id)), removed.ETag);

    private static TableEntity Write(RemovedIntegration r)
    {
        var entity = new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.RemovedRow(r.Id))
        {
            ["Integration"] = r.Id,
            [nameof(r.Data)] = r.Data.Code(),
            [nameof(r.Zone)] = r.Zone,
            [nameof(r.Buckets)] = r.Buckets,
            [nameof(r.HistoryStart)] = TableColumns.Text(r.HistoryStart),
            [nameof(r.SecretGone)] = r.SecretGone,
            [nameof(r.Problem)] = r.Problem,
        };
        entity.Set(nameof(r.RemovedAt), r.RemovedAt);
        entity.Set(nameof(r.BusyUntil), r.BusyUntil);
        return entity;
    }

    private static RemovedIntegration Read(TableEntity entity) => UnreadableRowException.Read(StorageLayout.IntegrationsTable, entity, e => new RemovedIntegration
    {
        Id = e.Text("Integration"),
        RemovedAt = e.Instant(nameof(RemovedIntegration.RemovedAt)),
        Data = KebabCase.Parse<RemovedData>(e.Text(nameof(RemovedIntegration.Data))),
        Zone = e.Text(nameof(RemovedIntegration.Zone)),
        Buckets = e.Int(nameof(RemovedIntegration.Buckets)),
        HistoryStart = TableColumns.Date(e.Text(nameof(RemovedIntegration.HistoryStart))),
        BusyUntil = e.InstantOrNull(nameof(RemovedIntegration.BusyUntil)),
        SecretGone = e.Bool(nameof(RemovedIntegration.SecretGone)),
        Problem = e.Text(nameof(RemovedIntegration.Problem)),
    });
}
