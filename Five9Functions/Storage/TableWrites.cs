using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Five9Functions.Storage.Tables;

namespace Five9Functions.Storage;

/// <summary>
/// Conditional writes of one row that tell a lost race from a lost answer: when the answer to a write is lost, the client sends it
/// again and is refused because of its own first try. After a second try, what is stored tells which it was.
/// </summary>
internal static class TableWrites
{
    /// <returns>False when another row is there.</returns>
    public static async Task<bool> TryAddAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        var tries = new StorageTries();
        try
        {
            using var counted = tries.Count();
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return tries.Repeated && await table.HoldsAsync(row, cancellationToken);
        }
    }

    /// <returns>False when somebody else changed or deleted the row since it was read.</returns>
    public static async Task<bool> TryReplaceAsync(this TableClient table, TableEntity row, ETag read, CancellationToken cancellationToken)
    {
        var tries = new StorageTries();
        try
        {
            using var counted = tries.Count();
            await table.UpdateEntityAsync(row, read, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return tries.Repeated && await table.HoldsAsync(row, cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.ResourceNotFound || e.ErrorCode == TableErrorCode.EntityNotFound)
        {
            return false;
        }
    }

    /// <summary>Whether the table has just this row.</summary>
    public static async Task<bool> HoldsAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        var stored = await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
        return stored.HasValue && RowColumns.Digest(stored.Value!).AsSpan().SequenceEqual(RowColumns.Digest(row));
    }
}
