using Azure;
using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// One partition on its way to what it is to hold. Each transaction carries the manifest as the one before left it, and only the
/// last one says that all is done. A row that the table refuses is left out of its transaction, which is then sent again.
/// </summary>
internal sealed class PartitionWrite
{
    private readonly TableClient _table;
    private readonly PartitionRows _wanted;
    private readonly ProjectionManifest _manifest;
    private readonly string _inputs;
    private readonly SemaphoreSlim _inFlight;
    private readonly List<TableTransactionAction> _written = [];
    private ETag? _etag;
    private int _transactions;

    /// <param name="manifest">As it was read.</param>
    /// <param name="inFlight">Held while a transaction is under way.</param>
    /// <exception cref="RowsRefusedException">So many rows are refused that it must be something else.</exception>
    public PartitionWrite(TableClient table, ProjectionManifest manifest, PartitionRows wanted, string inputs, SemaphoreSlim inFlight)
    {
        (_table, _manifest, _wanted, _inputs, _inFlight, _etag) = (table, manifest, wanted, inputs, inFlight, manifest.ETag);
        Refused = RefusedRows.Of(manifest, wanted);
        foreach (var rowKey in wanted.TooLarge)
        {
            Refused.Add(table.Name, rowKey, wanted.DigestOf(rowKey)!, RefusedRows.TooLarge);
        }
    }

    public RefusedRows Refused { get; }

    /// <summary>The manifest once all is written.</summary>
    public ProjectionManifest Done => _manifest with { Hash = _wanted.Hash, Inputs = _inputs, Rows = _wanted.Count - Refused.All.Count, Refused = Refused.ToString() };

    public ProjectionResult Result => new(
        _written.Count(change => change.ActionType == TableTransactionActionType.Add),
        _written.Count(change => change.ActionType == TableTransactionActionType.UpdateReplace),
        _written.Count(change => change.ActionType == TableTransactionActionType.Delete),
        _transactions,
        Conflicts: 0)
    {
        Refused = [.. Refused.All],
    };

    public async Task<ProjectionResult> RunAsync(IReadOnlyList<IReadOnlyList<TableTransactionAction>> transactions, CancellationToken cancellationToken)
    {
        foreach (var changes in transactions.SkipLast(1))
        {
            await WriteAsync([.. changes], () => _manifest with { Hash = "" }, cancellationToken);
        }

        await WriteAsync([.. transactions is [.., var last] ? last : []], () => Done, cancellationToken);
        return Result;
    }

    private async Task WriteAsync(List<TableTransactionAction> changes, Func<ProjectionManifest> manifest, CancellationToken cancellationToken)
    {
        while (await SendAsync(manifest() with { ETag = _etag }, changes, cancellationToken) is { } refusal)
        {
            var change = changes[refusal.Index];
            Refused.Add(_table.Name, change.Entity.RowKey, _wanted.DigestOf(change.Entity.RowKey)!, refusal.Reason);
            changes.RemoveAt(refusal.Index);
            if (change.ActionType != TableTransactionActionType.Add)
            {
                // What is stored there is no longer true.
                changes.Insert(refusal.Index, new(TableTransactionActionType.Delete, new TableEntity(change.Entity.PartitionKey, change.Entity.RowKey), change.ETag));
            }
        }

        _transactions++;
        _written.AddRange(changes);
    }

    /// <summary>Writes the manifest with some changes, all or nothing.</summary>
    /// <returns>The change that the table refuses, in which case nothing was written; else null.</returns>
    private async Task<(int Index, string Reason)?> SendAsync(ProjectionManifest manifest, List<TableTransactionAction> changes, CancellationToken cancellationToken)
    {
        // The manifest goes first: whoever lost the race is told so, whatever else no longer fits.
        var row = manifest.ToRow();
        var first = manifest.ETag is { } read
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, read)
            : new TableTransactionAction(TableTransactionActionType.Add, row);
        TableTransactionAction[] actions = [first, .. changes];
        TableLimits.CheckTransaction(_table.Name, actions);
        await _inFlight.WaitAsync(cancellationToken);
        try
        {
            var response = await _table.SubmitTransactionAsync(actions, cancellationToken);
            _etag = response.Value[0].Headers.ETag;
            return null;
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 400
            && failure.FailedTransactionActionIndex is > 0 and { } index && index < actions.Length
            && actions[index].ActionType != TableTransactionActionType.Delete)
        {
            return (index - 1, failure.ErrorCode ?? "400");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && ProjectionConflictException.Explains(failure))
        {
            throw new ProjectionConflictException(
                $"Partition {manifest.PartitionKey} of table {_table.Name} was changed by another writer, or the outcome of a write is unknown: start again at its manifest.",
                failure);
        }
        finally
        {
            _inFlight.Release();
        }
    }
}
