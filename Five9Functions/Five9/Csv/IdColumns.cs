using Five9Functions.Five9.Reports;
namespace Five9Functions.Five9.Csv;

/// <summary>
/// The columns of a report that hold ids, read as a spreadsheet or a program may have left them: 300000000000001.0 is the id without .0,
/// so that two exports of one row are equal; 3E+14 was rounded, and its last digits are nowhere.
/// </summary>
internal sealed class IdColumns(ReportColumns columns)
{
    // Five9 counts these, so nothing else in them is an id. An id of the centre's own may hold an E.
    private static readonly string[] Counted = ["CALL ID", "AGENT ID", "SESSION ID"];

    private readonly (string Column, int Index)[] _ids =
        [.. columns.Names.Select((name, index) => (name, index)).Where(c => c.name == "ID" || c.name.EndsWith(" ID", StringComparison.Ordinal))];

    /// <summary>Takes .0 away in place.</summary>
    /// <returns>Why the record is quarantined; null when all ids can be read.</returns>
    public RowDefect? Read(string[] values)
    {
        RowDefect? defect = null;
        foreach (var (column, index) in _ids)
        {
            var value = values[index].AsSpan();
            if (!value.ContainsAnyExceptInRange('0', '9'))
            {
                continue;
            }

            value = value.Trim();
            var digits = value.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1)
            {
                continue;
            }

            if (IsZeroFraction(value[digits..]))
            {
                values[index] = value[..digits].ToString();
            }
            else if (IsRounded(value[digits..], counted: Counted.Contains(column)))
            {
                defect ??= RowDefect.RoundedId(column, values[index]);
            }
        }

        return defect;
    }

    private static bool IsZeroFraction(ReadOnlySpan<char> rest) => rest is ['.' or ',', _, ..] && !rest[1..].ContainsAnyExcept('0');

    /// <summary>.00E+14, E+14; without point and sign (E14) only where no id can look so.</summary>
    private static bool IsRounded(ReadOnlySpan<char> rest, bool counted)
    {
        var scan = new TextScan(rest);
        var fraction = scan.TryTakeOneOf(".,", out _) && scan.TryTakeDigits();
        if (!scan.TryTakeOneOf("Ee", out _))
        {
            return false;
        }

        var sign = scan.TryTake('+');
        return (fraction || sign || counted) && scan.TryTakeDigits() && scan.AtEnd;
    }
}
