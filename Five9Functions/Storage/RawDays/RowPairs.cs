using System.Runtime.CompilerServices;

namespace Five9Functions.Storage.RawDays;

/// <summary>A row before and after a landing: one of them is null when it came or went, neither when it stays.</summary>
internal readonly record struct RowPair<T>(T? Before, T? After)
    where T : class;

/// <summary>Merges the rows held with the rows that replace some of them. Streams: only the landed rows are in memory.</summary>
internal static class RowPairs
{
    /// <summary>Pairs in <paramref name="order"/>.</summary>
    /// <param name="held">In <paramref name="order"/>.</param>
    /// <param name="landed">In <paramref name="order"/>; only rows of the replaced parts.</param>
    /// <param name="replaced">Whether a held row lies in a replaced part.</param>
    public static async IAsyncEnumerable<RowPair<T>> MergeAsync<T>(
        IAsyncEnumerable<T> held,
        IReadOnlyList<T> landed,
        IComparer<T> order,
        Func<T, bool> replaced,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var next = 0;
        await foreach (var row in held.WithCancellation(cancellationToken))
        {
            while (next < landed.Count && order.Compare(landed[next], row) < 0)
            {
                yield return new(null, landed[next++]);
            }

            if (!replaced(row))
            {
                yield return new(row, row);
            }
            else if (next < landed.Count && order.Compare(landed[next], row) == 0)
            {
                yield return new(row, landed[next++]);
            }
            else
            {
                yield return new(row, null);
            }
        }

        while (next < landed.Count)
        {
            yield return new(null, landed[next++]);
        }
    }
}
