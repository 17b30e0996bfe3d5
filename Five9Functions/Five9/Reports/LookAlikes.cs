namespace Five9Functions.Five9.Reports;

/// <summary>
/// Rows that differed in customer data alone look the same once it is dropped, but are no twins. All but one kind of them are given
/// a number in the column <see cref="Column"/>; exact twins have the same. So a raw day says what was a twin, and nothing of the customer.
/// </summary>
/// <remarks>
/// The kind that came most often has no number, the next one 2, and so on: which of two equally frequent kinds is which cannot be
/// seen, so the rows that are kept do not depend on the order of the report.
/// </remarks>
internal static class LookAlikes
{
    /// <summary>In lower case: no column of a report is, so none can be taken for it.</summary>
    public const string Column = "look-alike";

    /// <param name="rows">Changed in place where rows look alike.</param>
    /// <param name="customers">What stands for the dropped customer data of each row.</param>
    public static void TellApart(List<ReportRow> rows, List<UInt128> customers)
    {
        var numbered = new Dictionary<ReportColumns, ReportColumns>();
        foreach (var alike in SameStarts.Of(rows).SelectMany(same => same.GroupBy(i => rows[i].Values, SameValues.Instance)))
        {
            var kinds = alike.GroupBy(i => customers[i]).OrderByDescending(kind => kind.Count()).ToList();
            for (var kind = 1; kind < kinds.Count; kind++)
            {
                foreach (var i in kinds[kind])
                {
                    rows[i] = rows[i] with { Columns = Numbered(rows[i].Columns), Values = [.. rows[i].Values, $"{kind + 1}"] };
                }
            }
        }

        ReportColumns Numbered(ReportColumns columns)
        {
            if (!numbered.TryGetValue(columns, out var found))
            {
                numbered[columns] = found = new ReportColumns([.. columns.Names, Column]);
            }

            return found;
        }
    }

    private sealed class SameValues : IEqualityComparer<string[]>
    {
        public static readonly SameValues Instance = new();

        public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string[] values)
        {
            var hash = new HashCode();
            foreach (var value in values)
            {
                hash.Add(value, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
