using Azure.Data.Tables;

namespace Five9Functions.Storage;

/// <summary>
/// A row of a table that cannot be understood: written by somebody else, by a newer version, or damaged. What concerns it waits for
/// a person; what concerns others must go on.
/// </summary>
public sealed class UnreadableRowException(string table, string partitionKey, string rowKey, Exception inner)
    : Exception($"The row {partitionKey} / {rowKey} of the table {table} cannot be read: {inner.Message.TrimEnd('.')}. Correct or delete it.", inner)
{
    public string RowKey { get; } = rowKey;

    internal static T Read<T>(string table, TableEntity entity, Func<TableEntity, T> read)
    {
        try
        {
            return read(entity);
        }
        catch (Exception e) when (e is not UnreadableRowException) // Whatever a column's parser threw: the row is what a person has to look at.
        {
            throw new UnreadableRowException(table, entity.PartitionKey, entity.RowKey, e);
        }
    }

    /// <summary>For whoever reads many rows: one that cannot be understood is told and left out.</summary>
    internal static T? ReadOrTell<T>(Func<T> read, Action<UnreadableRowException> unreadable)
        where T : class
    {
        try
        {
            return read();
        }
        catch (UnreadableRowException e)
        {
            unreadable(e);
            return null;
        }
    }
}
