using Five9Functions.Five9.Reports;
namespace Five9Functions.Five9.Csv;

/// <summary>Finds a value that is too long to be stored: a record that could not be shown is quarantined, and not lost later.</summary>
/// <param name="stored">The columns that become properties in Table Storage, and the longest value that each can take in UTF-16 units.</param>
internal sealed class LongValues(ReportColumns columns, IEnumerable<(string Column, int Longest)> stored)
{
    private readonly (string Column, int Longest, int Index)[] _stored =
        [.. stored.Select(s => (s.Column, s.Longest, Index: columns.IndexOf(s.Column))).Where(s => s.Index >= 0)];

    /// <summary>Null when there is none.</summary>
    public RowDefect? Defect(string[] values)
    {
        foreach (var (column, longest, index) in _stored)
        {
            if (values[index].Length > longest)
            {
                return RowDefect.ValueTooLong(column, longest);
            }
        }

        return null;
    }
}
