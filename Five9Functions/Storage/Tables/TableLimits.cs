using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Table Storage's limits, checked before anything is sent: the emulator takes most of what the service refuses, so a
/// violation would first be seen in production. Source: Microsoft, "Understanding the Table service data model" and
/// "Performing entity group transactions".
/// </summary>
public static class TableLimits
{
    public const int MaxOperations = 100;
    public const int MaxTransactionBytes = 4 * 1024 * 1024;
    public const int MaxStringUnits = 32_768;
    public const int MaxKeyUnits = 512;

    private const int MaxBinaryBytes = 65_536;
    private const int MaxColumns = 252;
    private const int MaxColumnName = 255;
    private const int MaxEntityBytes = 1024 * 1024;

    /// <exception cref="TableLimitException">The entity is larger than Table Storage takes.</exception>
    public static void Check(string table, TableEntity row)
    {
        Refuse(table, row, "the PartitionKey", row.PartitionKey.Length, MaxKeyUnits, "UTF-16 units");
        Refuse(table, row, "the RowKey", row.RowKey.Length, MaxKeyUnits, "UTF-16 units");
        var columns = 0;
        var bytes = 4L + ((row.PartitionKey.Length + row.RowKey.Length) * 2);
        foreach (var (name, value) in RowColumns.Of(row))
        {
            columns++;
            bytes += 8 + (name.Length * 2) + RowColumns.StoredBytes(value);
            Refuse(table, row, $"the name of column {name}", name.Length, MaxColumnName, "UTF-16 units");
            Refuse(table, row, $"column {name}", (value as string)?.Length ?? 0, MaxStringUnits, "UTF-16 units");
            Refuse(table, row, $"column {name}", (value as byte[])?.Length ?? 0, MaxBinaryBytes, "bytes");
        }

        Refuse(table, row, "the entity", columns, MaxColumns, "columns");
        Refuse(table, row, "the entity", bytes, MaxEntityBytes, "bytes");
    }

    /// <summary>Checks a transaction as a whole, its entities apart.</summary>
    /// <exception cref="TableLimitException">It is larger than Table Storage takes, or holds two partitions, or one row twice.</exception>
    public static void CheckTransaction(string table, IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count > MaxOperations)
        {
            throw new TableLimitException($"A transaction of table {table} holds {actions.Count} operations where {MaxOperations} are allowed: split it.");
        }

        if (actions.Select(action => action.Entity.PartitionKey).Distinct(StringComparer.Ordinal).Skip(1).Any())
        {
            throw new TableLimitException($"A transaction of table {table} holds rows of more than one partition: send one for each.");
        }

        if (actions.DistinctBy(action => action.Entity.RowKey, StringComparer.Ordinal).Count() < actions.Count)
        {
            throw new TableLimitException($"A transaction of table {table} holds a row twice: say once what becomes of it.");
        }

        if (actions.Sum(action => (long)RowColumns.SentBytes((TableEntity)action.Entity)) > MaxTransactionBytes)
        {
            throw new TableLimitException($"A transaction of table {table} is longer than the {MaxTransactionBytes} bytes that are allowed: split it.");
        }
    }

    private static void Refuse(string table, TableEntity row, string what, long size, long limit, string unit)
    {
        if (size > limit)
        {
            throw new TableLimitException(
                $"Table {table}, partition {row.PartitionKey}: {what} of a row has {size} {unit} where {limit} are allowed; shorten it before it is written.");
        }
    }
}
