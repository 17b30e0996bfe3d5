using System.Text.RegularExpressions;
using CsvHelper;

namespace Five9Functions.LocalHost.Files;

/// <summary>
/// Recognizes what stands after the last row and sums up: a record that is no row and begins with a word such as Total, or that holds nothing but
/// numbers and lengths; and what follows it. The same in the middle of a file is a row that could not be read.
/// </summary>
internal sealed partial class TotalLines(FileColumns columns)
{
    /// <summary>More of them are no totals of one file.</summary>
    private const int MaxLines = 20;

    private readonly List<FileLine> _lines = [];

    /// <summary>Known when all records were added.</summary>
    public IReadOnlyList<FileLine> Lines => _lines.Count <= MaxLines ? _lines : [];

    /// <param name="isRow">Whether the record is a row.</param>
    public void Add(FileRecords record, bool isRow)
    {
        if (isRow)
        {
            _lines.Clear();
        }
        else if (_lines.Count <= MaxLines && (_lines.Count > 0 || (record.Fields is { } fields && IsTotal(fields))))
        {
            _lines.Add(new FileLine(record.Line, FileText.Shown(record.Raw)));
        }
    }

    private bool IsTotal(CsvReader csv)
    {
        string[] filled = [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).Trim()).Where(value => value.Length > 0)];
        return filled.Length > 0
            && (Word().IsMatch(filled[0]) || (filled.All(value => Figure().IsMatch(value)) && !NamesAnything(csv)));
    }

    /// <summary>A sum has figures only in columns of figures: no agent, no call, no start.</summary>
    private bool NamesAnything(CsvReader csv) => Enumerable.Range(0, Math.Min(csv.FieldCount, columns.Names.Count))
        .Any(i => csv.GetSpan(i).Length > 0 && columns.Names[i] is "AGENT" or "STATE" or "DATE" or "TIME" or "TIMESTAMP" or "CAMPAIGN" or "CALL TYPE" or "CALL ID" or "AGENT ID");

    [GeneratedRegex(
        @"^(grand |sub-?|report )?(totals?|totale|totaux|totaal|sums?|summe|suma|soma|somme|summary|gesamt\w*|insgesamt|(record|row|call)s? count|count|records|rows)\b|^\d+ (records|rows)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[-+$]?[\d.,:]+ ?%?$|^-$", RegexOptions.CultureInvariant)]
    private static partial Regex Figure();
}
