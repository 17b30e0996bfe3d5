using Five9Functions.Five9.Reports;
using Five9Functions.Runs;
using Five9Functions.Storage.RawDays;

namespace Five9Functions.Normalization;

/// <summary>How two versions of a raw day differ. A row is known by its agent or call and its start; of several with one, those that say the same are the same.</summary>
internal static class RowDifferences
{
    /// <param name="before">As raw days are read: by key, start, then what they say.</param>
    /// <param name="after">As <paramref name="before"/>.</param>
    public static async Task<ChangeCounts> CountAsync(IAsyncEnumerable<ReportRow> before, IAsyncEnumerable<ReportRow> after, CancellationToken cancellationToken)
    {
        await using var left = before.GetAsyncEnumerator(cancellationToken);
        await using var right = after.GetAsyncEnumerator(cancellationToken);
        var (hasLeft, hasRight) = (await left.MoveNextAsync(), await right.MoveNextAsync());
        var counts = default(ChangeCounts);
        while (hasLeft || hasRight)
        {
            var at = !hasRight || (hasLeft && Compare(left.Current, right.Current) <= 0) ? left.Current : right.Current;
            var (gone, come) = (0, 0);
            while ((hasLeft && Compare(left.Current, at) == 0) || (hasRight && Compare(right.Current, at) == 0))
            {
                var order = !hasRight || Compare(right.Current, at) != 0 ? -1 : !hasLeft || Compare(left.Current, at) != 0 ? 1 : RowOrder.Instance.Compare(left.Current, right.Current);
                (gone, come) = (gone + (order < 0 ? 1 : 0), come + (order > 0 ? 1 : 0));
                hasLeft = order <= 0 ? await left.MoveNextAsync() : hasLeft;
                hasRight = order >= 0 ? await right.MoveNextAsync() : hasRight;
            }

            var changed = Math.Min(gone, come);
            counts += new ChangeCounts(come - changed, changed, gone - changed);
        }

        return counts;
    }

    private static int Compare(ReportRow a, ReportRow b) => string.CompareOrdinal(a.Key, b.Key) is var order and not 0 ? order : a.Start.CompareTo(b.Start);
}
