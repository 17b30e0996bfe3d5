using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>Packs changes of one partition into as few transactions as their groups allow.</summary>
internal static class TransactionPlan
{
    /// <summary>The hundredth operation is the manifest's.</summary>
    public const int MaxRows = TableLimits.MaxOperations - 1;

    // What is left is for the manifest, whose inputs are at most 32,768 units long, and for the transaction's own lines.
    private const int MaxBytes = TableLimits.MaxTransactionBytes - (384 * 1024);

    /// <summary>
    /// A group is never divided unless it is larger than a transaction; then it changes from its first row to its last.
    /// Largest first into the first transaction with room: full transactions, and the same ones for the same changes.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<TableTransactionAction>> Pack(IEnumerable<TableTransactionAction> changes, Func<string, string> groupOf)
    {
        var pieces = changes
            .GroupBy(change => groupOf(change.Entity.RowKey), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(Pieces)
            .OrderByDescending(piece => piece.Changes.Count);
        var all = new List<Load>();
        var open = new List<Load>();
        foreach (var piece in pieces)
        {
            var load = open.Find(candidate => candidate.Takes(piece));
            if (load is null)
            {
                all.Add(piece);
                open.Add(piece);
                load = piece;
            }
            else
            {
                load.Add(piece);
            }

            if (load.Changes.Count == MaxRows)
            {
                open.Remove(load);
            }
        }

        return [.. all.Select(load => load.Changes)];
    }

    private static IEnumerable<Load> Pieces(IEnumerable<TableTransactionAction> group)
    {
        var piece = new Load();
        foreach (var change in group.OrderBy(change => change.Entity.RowKey, StringComparer.Ordinal))
        {
            var one = new Load();
            one.Add(change, RowColumns.SentBytes((TableEntity)change.Entity));
            if (!piece.Takes(one))
            {
                yield return piece;
                piece = new Load();
            }

            piece.Add(one);
        }

        yield return piece;
    }

    private sealed class Load
    {
        private int _bytes;

        public List<TableTransactionAction> Changes { get; } = [];

        public bool Takes(Load other) => Changes.Count + other.Changes.Count <= MaxRows && _bytes + other._bytes <= MaxBytes;

        public void Add(TableTransactionAction change, int bytes)
        {
            Changes.Add(change);
            _bytes += bytes;
        }

        public void Add(Load other)
        {
            Changes.AddRange(other.Changes);
            _bytes += other._bytes;
        }
    }
}
