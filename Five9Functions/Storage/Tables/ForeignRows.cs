using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Rows in a partition of derived rows that this program did not write so: they have the key of no row of the table, or columns that
/// cannot be read. A reader names and leaves them out; the next derivation of the day from its raw day deletes or overwrites them.
/// </summary>
internal sealed partial class ForeignRows(string table, ILogger? logger)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    /// <summary>The rows that can be read, the manifest apart.</summary>
    /// <param name="read">Throws whatever a column's reader throws.</param>
    /// <param name="keyOf">The RowKey that what was read is stored under.</param>
    public IEnumerable<T> Read<T>(IEnumerable<TableEntity> rows, Func<TableEntity, T> read, Func<T, string> keyOf)
        where T : class => rows.Where(row => row.RowKey != Projection.ManifestRow).Select(row => ReadOrNull(row, read, keyOf)).OfType<T>();

    public T? ReadOrNull<T>(TableEntity row, Func<TableEntity, T> read, Func<T, string> keyOf)
        where T : class
    {
        return UnreadableRowException.ReadOrTell(() => UnreadableRowException.Read(table, row, Checked), unreadable => Log.LeftOut(_logger, unreadable.Message));

        T Checked(TableEntity e) => read(e) is var value && keyOf(value) == e.RowKey ? value : throw new FormatException("its key does not follow from its columns");
    }

    /// <summary>Leaves a row out whose key is none of the table's.</summary>
    public void LeaveOut(TableEntity row) => Log.LeftOut(_logger, new UnreadableRowException(table, row.PartitionKey, row.RowKey, new FormatException("its key is none of this table's")).Message);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "row-unreadable: {Reason} It is left out; an import of the day from what is held of it repairs the table.")]
        public static partial void LeftOut(ILogger logger, string reason);
    }
}
