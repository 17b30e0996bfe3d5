using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>The sorted, checked rows that a partition is to hold, and how they differ from those that it holds.</summary>
internal sealed class PartitionRows
{
    private readonly List<(TableEntity Row, byte[] Digest)> _rows;
    private readonly Dictionary<string, byte[]> _digests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tooLarge = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A row belongs to another partition, is there twice, or has the manifest's key.</exception>
    /// <exception cref="TableLimitException">A row's key is longer than Table Storage takes.</exception>
    public PartitionRows(string table, string partitionKey, IReadOnlyList<TableEntity> rows)
    {
        _rows = new(rows.Count);
        foreach (var row in rows.OrderBy(row => row.RowKey, StringComparer.Ordinal))
        {
            var problem = row.PartitionKey != partitionKey ? $"belongs to partition {row.PartitionKey}"
                : row.RowKey == Projection.ManifestRow ? "has the manifest's key"
                : _rows.Count > 0 && _rows[^1].Row.RowKey == row.RowKey ? "is there twice"
                : null;
            if (problem is not null)
            {
                throw new ArgumentException($"Row {row.RowKey} for partition {partitionKey} of table {table} {problem}.", nameof(rows));
            }

            if (!Fits(table, row))
            {
                _tooLarge.Add(row.RowKey);
            }

            _rows.Add((row, RowColumns.Digest(row)));
            _digests.Add(row.RowKey, _rows[^1].Digest);
        }

        Hash = HashOf(_rows);
    }

    /// <summary>SHA-256 of all rows, their keys included, in the order of their keys.</summary>
    public string Hash { get; }

    public int Count => _rows.Count;

    /// <summary>The RowKeys of rows that are larger than Table Storage takes: there is no use in sending them.</summary>
    public IReadOnlyCollection<string> TooLarge => _tooLarge;

    public byte[]? DigestOf(string rowKey) => _digests.GetValueOrDefault(rowKey);

    /// <summary>
    /// The writes that turn what is stored into these rows; none for a row whose content is the same. A refused row is not wanted:
    /// what is stored in its place would be out of date.
    /// </summary>
    public async Task<IReadOnlyList<TableTransactionAction>> DifferencesAsync(IAsyncEnumerable<TableEntity> stored, RefusedRows refused)
    {
        var wanted = _rows.Where(row => !refused.Contains(row.Row.RowKey)).ToDictionary(row => row.Row.RowKey, StringComparer.Ordinal);
        var changes = new List<TableTransactionAction>();
        await foreach (var row in stored)
        {
            if (!wanted.Remove(row.RowKey, out var other))
            {
                changes.Add(new(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, row.RowKey), row.ETag));
            }
            else if (!other.Digest.AsSpan().SequenceEqual(RowColumns.Digest(row)))
            {
                changes.Add(new(TableTransactionActionType.UpdateReplace, other.Row, row.ETag));
            }
        }

        changes.AddRange(wanted.Values.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row.Row)));
        return changes;
    }

    private static bool Fits(string table, TableEntity row)
    {
        try
        {
            TableLimits.Check(table, row);
            return true;
        }
        catch (TableLimitException) when (row.RowKey.Length <= TableLimits.MaxKeyUnits && row.PartitionKey.Length <= TableLimits.MaxKeyUnits)
        {
            return false;
        }
    }

    private static string HashOf(List<(TableEntity Row, byte[] Digest)> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (row, digest) in rows)
        {
            // A key holds no control character, so the first zero ends it.
            hash.AppendData(Encoding.UTF8.GetBytes(row.RowKey + "\0"));
            hash.AppendData(digest);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
