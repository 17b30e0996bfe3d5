namespace Five9Functions.Storage.Tables;

/// <summary>A row that the table does not take. Everything else is written without it, and it is not tried again until it changes.</summary>
/// <param name="Reason">The service's error code, or <see cref="RefusedRows.TooLarge"/>; never a value.</param>
public sealed record RefusedRow(string PartitionKey, string RowKey, string Digest, string Reason);

/// <summary>The refused rows of one partition, and how its manifest remembers them: a line each, of digest, reason and RowKey.</summary>
internal sealed class RefusedRows
{
    /// <summary>The reason when it is our own check that refuses the row.</summary>
    public const string TooLarge = nameof(TooLarge);

    // More is no matter of single rows; and as many fit into one column, whatever their keys.
    private const int Max = 50;

    private const int DigestDigits = 16;
    private const int MaxReason = 40;

    private readonly string _partitionKey;
    private readonly SortedDictionary<string, RefusedRow> _rows = new(StringComparer.Ordinal);

    private RefusedRows(string partitionKey) => _partitionKey = partitionKey;

    public IReadOnlyCollection<RefusedRow> All => _rows.Values;

    /// <summary>What the manifest remembers, as far as those rows are still wanted with the content that was refused.</summary>
    public static RefusedRows Of(ProjectionManifest manifest, PartitionRows wanted)
    {
        var refused = new RefusedRows(manifest.PartitionKey);
        foreach (var parts in manifest.Refused.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3))
        {
            if (wanted.DigestOf(parts[2]) is { } digest && Short(digest) == parts[0])
            {
                refused._rows[parts[2]] = new(manifest.PartitionKey, parts[2], parts[0], parts[1]);
            }
        }

        return refused;
    }

    public bool Contains(string rowKey) => _rows.ContainsKey(rowKey);

    /// <exception cref="RowsRefusedException">So many rows are refused that it must be something else.</exception>
    public void Add(string table, string rowKey, byte[] digest, string reason)
    {
        _rows[rowKey] = new(_partitionKey, rowKey, Short(digest), reason.Length > MaxReason ? reason[..MaxReason] : reason);
        if (_rows.Count > Max)
        {
            throw new RowsRefusedException($"Table {table} refuses more than {Max} rows of partition {_partitionKey}, the last one as {reason}: this is not about single rows; nothing more is written there.");
        }
    }

    /// <summary>As the manifest stores it; the same for the same rows.</summary>
    public override string ToString() => string.Join('\n', _rows.Values.Select(row => $"{row.Digest} {row.Reason} {row.RowKey}"));

    private static string Short(byte[] digest) => Convert.ToHexStringLower(digest)[..DigestDigits];
}
