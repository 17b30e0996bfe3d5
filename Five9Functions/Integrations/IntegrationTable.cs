using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>What came of writing an integration.</summary>
public enum IntegrationWrite
{
    Written,

    /// <summary>Another integration has the name.</summary>
    NameTaken,

    /// <summary>Another integration has the id.</summary>
    IdTaken,

    /// <summary>Somebody else changed or deleted it since it was read.</summary>
    Changed,
}

/// <summary>The table Integrations: docs/tables.md.</summary>
public sealed class IntegrationTable(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageLayout.IntegrationsTable);
    private readonly RemovedIntegrations _removed = new(tables);

    public async Task<Integration?> FindAsync(string id, CancellationToken cancellationToken) => (await FindStoredAsync(id, cancellationToken))?.Value;

    /// <summary>With the version that an edit replaces.</summary>
    public async Task<Versioned<Integration>?> FindStoredAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(IntegrationsKeys.Partition, IntegrationsKeys.Row(id), cancellationToken: cancellationToken);
        return found.HasValue ? new Versioned<Integration>(IntegrationRow.Read(found.Value!), found.Value!.ETag) : null;
    }

    /// <exception cref="UnreadableRowException">A row cannot be understood.</exception>
    public Task<IReadOnlyList<Integration>> AllAsync(CancellationToken cancellationToken) => AllAsync(e => throw e, cancellationToken);

    /// <param name="unreadable">Takes each row that cannot be understood; the others are read all the same.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Integration>> AllAsync(Action<UnreadableRowException> unreadable, CancellationToken cancellationToken) => await EachAsync(unreadable, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>All of them by id, a page at a time.</summary>
    /// <inheritdoc cref="AllAsync(Action{UnreadableRowException}, CancellationToken)"/>
    public async IAsyncEnumerable<Integration> EachAsync(Action<UnreadableRowException> unreadable, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {IntegrationsKeys.Partition}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (IntegrationsKeys.IsIntegration(entity.RowKey) && UnreadableRowException.ReadOrTell(() => IntegrationRow.Read(entity), unreadable) is { } integration)
            {
                yield return integration;
            }
        }
    }

    /// <summary>
    /// Writes an integration from the configuration. What keys or coverage depend on (buckets, start of history) and when it was created stays as it was
    /// created; an unchanged integration is not written.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another integration has the name.</exception>
    /// <exception cref="RemovedIntegrationException">One of the same id was removed, and its data is still being deleted, or is that of another zone.</exception>
    public async Task SeedAsync(Integration wanted, CancellationToken cancellationToken)
    {
        var existing = await FindAsync(wanted.Id, cancellationToken);
        var left = existing is null ? await _removed.FindAsync(wanted.Id, cancellationToken) : null;
        var next = existing is null ? left?.Value.TakeUp(wanted) ?? wanted
            : wanted with { Buckets = existing.Buckets, HistoryStart = LocalDate.Min(existing.HistoryStart, wanted.HistoryStart), CreatedAt = existing.CreatedAt };
        if (next == existing)
        {
            return;
        }

        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpsertReplace, IntegrationRow.Write(next)), .. Rename(next, existing?.Name), .. Forgotten(left)];
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
        }
        catch (TableTransactionFailedException e) when (e.Status == 409)
        {
            // Either another instance seeded the same integration first, or the name is taken.
            if (await HolderAsync(next.Name, cancellationToken) != next.Id)
            {
                throw new InvalidOperationException($"The integration {wanted.Id} cannot have the name '{wanted.Name}': another integration has it. Choose another Name.", e);
            }
        }
    }

    /// <summary>Whether there is something left of a removed integration of this id.</summary>
    public async Task<bool> WasRemovedAsync(string id, CancellationToken cancellationToken) => await _removed.FindAsync(id, cancellationToken) is not null;

    /// <summary>Writes an integration that is not there yet; it goes on with what was kept of a removed one of its id.</summary>
    /// <exception cref="RemovedIntegrationException">What is left is still being deleted, or is that of another zone.</exception>
    public async Task<IntegrationWrite> TryAddAsync(Integration integration, CancellationToken cancellationToken)
    {
        var left = await _removed.FindAsync(integration.Id, cancellationToken);
        var row = IntegrationRow.Write(left?.Value.TakeUp(integration) ?? integration);
        return await TryWriteAsync([new(TableTransactionActionType.Add, row), .. Rename(integration, from: null), .. Forgotten(left)], row, cancellationToken) switch
        {
            IntegrationWrite.Written => IntegrationWrite.Written,
            _ => await HolderAsync(integration.Name, cancellationToken) is null ? IntegrationWrite.IdTaken : IntegrationWrite.NameTaken,
        };
    }

    /// <summary>Writes an integration if nobody else did since it was read. An old name is free from then on.</summary>
    public Task<IntegrationWrite> TryReplaceAsync(Versioned<Integration> from, Integration to, CancellationToken cancellationToken)
    {
        var row = IntegrationRow.Write(to);
        return TryWriteAsync([new(TableTransactionActionType.UpdateReplace, row, from.ETag), .. Rename(to, from.Value.Name)], row, cancellationToken);
    }

    /// <summary>Takes back an integration that nobody has seen yet.</summary>
    /// <returns>False when somebody has changed it meanwhile.</returns>
    public async Task<bool> TryRemoveAsync(Versioned<Integration> stored, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Delete, new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.Row(stored.Value.Id)), stored.ETag),
                    new(TableTransactionActionType.Delete, new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.NameRow(stored.Value.Name)), ETag.All),
                ],
                cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
    }

    // One transaction: the row decides who wins, and a name is never without its integration.
    private async Task<IntegrationWrite> TryWriteAsync(IEnumerable<TableTransactionAction> actions, TableEntity row, CancellationToken cancellationToken)
    {
        var tries = new StorageTries();
        try
        {
            using var counted = tries.Count();
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return IntegrationWrite.Written;
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return tries.Repeated && await _table.HoldsAsync(row, cancellationToken) ? IntegrationWrite.Written
                : e.Status == 409 ? IntegrationWrite.NameTaken : IntegrationWrite.Changed;
        }
    }

    private static IEnumerable<TableTransactionAction> Rename(Integration integration, string? from)
    {
        var row = IntegrationsKeys.NameRow(integration.Name);
        if (from is not null && IntegrationsKeys.NameRow(from) == row)
        {
            yield break;
        }

        yield return new(TableTransactionActionType.Add, new TableEntity(IntegrationsKeys.Partition, row) { ["Integration"] = integration.Id });
        if (from is not null)
        {
            yield return new(TableTransactionActionType.Delete, new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.NameRow(from)), ETag.All);
        }
    }

    private static IEnumerable<TableTransactionAction> Forgotten(Versioned<RemovedIntegration>? left) => left is { } kept ? [RemovedIntegrations.Forgotten(kept)] : [];

    private async Task<string?> HolderAsync(string name, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(IntegrationsKeys.Partition, IntegrationsKeys.NameRow(name), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.Text("Integration") : null;
    }
}
