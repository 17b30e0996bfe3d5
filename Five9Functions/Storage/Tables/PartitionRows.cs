using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>The sorted, checked rows that a partition is to hold, and how they differ from those that it holds.</summary>
internal sealed class PartitionRows
{
    private readonly List<(TableEntity Row, byte[] Digest)> _rows;

    /// <exception cref="ArgumentException">A row belongs to another partition, is there twice, or has the manifest's key.</exception>
    /// <exception cref="TableLimitException">A row is larger than Table Storage takes.</exception>
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

            TableLimits.Check(table, row);
            _rows.Add((row, RowColumns.Digest(row)));
        }

        Hash = HashOf(_rows);
    }

    /// <summary>SHA-256 of all rows, their keys included, in the order of their keys.</summary>
    public string Hash { get; }

    /// <summary>The writes that turn what is stored into these rows; none for a row whose content is the same.</summary>
    public async Task<IReadOnlyList<TableTransactionAction>> DifferencesAsync(IAsyncEnumerable<TableEntity> stored)
    {
        var wanted = _rows.ToDictionary(row => row.Row.RowKey, StringComparer.Ordinal);
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
