using Five9Functions.Five9.Reports;

namespace Five9Functions.Storage.RawDays;

/// <summary>
/// The order that rows are kept in: key, start, then what they say, then end. A total order of what a row says: rows that compare
/// as equal are one and the same, whatever order their columns had and whether a column was empty or not there at all.
/// </summary>
internal sealed class RowOrder : IComparer<ReportRow>
{
    public static readonly RowOrder Instance = new();

    public int Compare(ReportRow? x, ReportRow? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);

        var order = string.CompareOrdinal(x.Key, y.Key);
        if (order == 0)
        {
            order = x.Start.CompareTo(y.Start);
        }

        if (order == 0)
        {
            order = CompareValues(x, y);
        }

        return order != 0 ? order : Nullable.Compare(x.End, y.End);
    }

    private static int CompareValues(ReportRow x, ReportRow y)
    {
        var (left, right) = (x.Columns.InOrderOfNames, y.Columns.InOrderOfNames);
        var (i, j) = (0, 0);
        while (true)
        {
            i = NextFilled(x, left, i);
            j = NextFilled(y, right, j);
            if (i == left.Count || j == right.Count)
            {
                return (left.Count - i).CompareTo(0) - (right.Count - j).CompareTo(0);
            }

            var order = string.CompareOrdinal(x.Columns.Names[left[i]], y.Columns.Names[right[j]]);
            if (order == 0)
            {
                order = string.CompareOrdinal(x.Values[left[i]], y.Values[right[j]]);
            }

            if (order != 0)
            {
                return order;
            }

            i++;
            j++;
        }
    }

    private static int NextFilled(ReportRow row, IReadOnlyList<int> sorted, int from)
    {
        while (from < sorted.Count && row.Values[sorted[from]].Length == 0)
        {
            from++;
        }

        return from;
    }
}
