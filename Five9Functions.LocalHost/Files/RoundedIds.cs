using CsvHelper;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;

namespace Five9Functions.LocalHost.Files;

/// <summary>Ids that a spreadsheet program rounded: 3E+14 was one of many calls, and which one is lost. Other rows of the same file may show whole ids.</summary>
internal sealed class RoundedIds(FileColumns columns)
{
    private readonly int[] _ids = [.. Enumerable.Range(0, columns.Names.Count).Where(i => columns.Names[i] is "ID" || columns.Names[i].EndsWith(" ID", StringComparison.Ordinal))];
    private readonly IdColumns _reader = new(new ReportColumns(columns.Names));
    private (RowDefect Defect, int Line)? _first;
    private int _rows;

    /// <param name="csv">On a record with the fields of the header.</param>
    public void Add(CsvReader csv, int line)
    {
        // Most ids are digits alone.
        if (!_ids.Any(i => csv.GetSpan(i).ContainsAny((byte)'E', (byte)'e')))
        {
            return;
        }

        if (_reader.Read([.. columns.Names.Select((_, i) => csv.GetString(i))]) is { } defect)
        {
            _first ??= (defect, line);
            _rows++;
        }
    }

    /// <exception cref="ReportFileException">There are any.</exception>
    public void Refuse()
    {
        if (_first is { } first)
        {
            throw new ReportFileException(
                $"{first.Defect.Column} {FileText.Shown(first.Defect.Value)} was rounded by a spreadsheet and cannot be recovered: export again, or open it as text "
                + (_rows == 1 ? $"(line {first.Line})." : $"({_rows} rows, the first in line {first.Line})."));
        }
    }
}
