using System.Text;
using CsvHelper;
using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;

namespace Five9Functions.LocalHost.Files;

/// <summary>
/// Finds the header of a report among the first lines of a file: the first line that has the needed columns, by whichever separator. So a title
/// or a period above it, a line sep=; and another separator inside a quoted name mislead nothing. No I/O.
/// </summary>
/// <param name="layout">What the file is to be.</param>
/// <param name="others">What it might be by mistake.</param>
internal sealed class HeaderSearch(ReportLayout layout, IReadOnlyList<ReportLayout> others)
{
    /// <summary>Lines that may stand before the header, blank ones at the very start not counted.</summary>
    public const int MaxLinesBefore = 20;

    /// <summary>Of the decoded file; no line before a header, and no header, is nearly as long.</summary>
    public const int MaxBytes = RecordAssembly.MaxRecordSize;

    private const int MaxNameLength = 60;
    private const int MaxBytesOfHeader = 256 * 1024;

    private readonly List<byte> _separators = [(byte)',', (byte)';', (byte)'\t'];
    private readonly List<FileLine> _passedOver = [];
    private List<string>? _nearest;
    private int _mostFound;

    /// <param name="text">The beginning of the file, decoded, without a byte order mark.</param>
    /// <exception cref="ReportFileException">There is none.</exception>
    public FileHeader Find(ReadOnlyMemory<byte> text)
    {
        var (line, offset, before) = (1, 0, 0);
        while (offset < text.Length && before <= MaxLinesBefore)
        {
            var (length, withBreak) = LineLength(text.Span[offset..]);
            var content = text.Span.Slice(offset, length);
            if (Blank(content))
            {
                before += before > 0 ? 1 : 0;
            }
            else
            {
                if (!IsHint(content) && At(text[offset..], line, offset) is { } header)
                {
                    return header;
                }

                before++;
                _passedOver.Add(new FileLine(line, FileText.Shown(content.Trim("\",;\t "u8))));
            }

            offset += withBreak;
            line++;
        }

        throw NotFound(before);
    }

    private FileHeader? At(ReadOnlyMemory<byte> text, int line, int offset)
    {
        var head = text.Length > MaxBytesOfHeader ? text[..MaxBytesOfHeader] : text;
        foreach (var separator in _separators)
        {
            if (FirstRecord(head, separator) is not { } fields)
            {
                continue;
            }

            var columns = ReportHeader.ColumnsOf(fields);
            if (layout.Missing(columns).Count == 0)
            {
                return new FileHeader(separator, line, offset, Checked(fields), _passedOver);
            }

            if (others.FirstOrDefault(other => other.Missing(columns).Count == 0) is { } mistaken)
            {
                throw new ReportFileException($"The file is a {mistaken.Report}, and was given as the {layout.Report}: give it with the option for the {mistaken.Report}.");
            }

            if (layout.Used.Count(column => columns.IndexOf(column) >= 0) is var found && found > Math.Max(_mostFound, 1))
            {
                (_mostFound, _nearest) = (found, fields.ConvertAll(Shown));
            }
        }

        return null;
    }

    /// <summary>A quote that is never closed makes one name of whole rows, which a message must not hold.</summary>
    private static string Shown(string name) => name.Length > MaxNameLength || name.AsSpan().ContainsAny('\r', '\n') ? $"(a name of {name.Length} characters)" : name;

    /// <summary>A first line sep=; as spreadsheet programs write and read it. It names the separator, whichever.</summary>
    private bool IsHint(ReadOnlySpan<byte> line)
    {
        var text = line.Trim("\" "u8);
        if (_passedOver.Count > 0 || text.Length != 5 || !Ascii.EqualsIgnoreCase(text[..4], "sep="u8) || !Ascii.IsValid(text[4]) || char.IsAsciiLetterOrDigit((char)text[4]))
        {
            return false;
        }

        _separators.Remove(text[4]);
        _separators.Insert(0, text[4]);
        return true;
    }

    private ReportFileException NotFound(int lines)
    {
        if (_nearest is not null)
        {
            try
            {
                Checked(_nearest);
            }
            catch (ReportFileException e)
            {
                return e;
            }
        }

        return new ReportFileException(
            $"None of the first {Math.Min(lines, MaxLinesBefore + 1)} lines is the header of the {layout.Report}: it needs the columns {string.Join(", ", layout.Missing(new ReportColumns([])))}, "
            + "separated by commas, semicolons or tabs. Export the report from Five9 again as CSV, with its header.");
    }

    private List<string> Checked(List<string> header)
    {
        try
        {
            ReportHeader.Read(header, layout, keepCustomerData: true);
            return header;
        }
        catch (Five9MisconfiguredException e)
        {
            throw new ReportFileException(e.Message, e);
        }
    }

    private static List<string>? FirstRecord(ReadOnlyMemory<byte> text, byte separator)
    {
        var malformed = false;
        using var csv = CsvReader.Create(text, CsvDialect.Strict(_ => malformed = true, separator));
        return csv.Read() && !malformed ? [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)] : null;
    }

    private static bool Blank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)0);

    private static (int Length, int WithBreak) LineLength(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)'\r', (byte)'\n') switch
    {
        < 0 => (text.Length, text.Length),
        var length => (length, length + (text[length..].StartsWith("\r\n"u8) ? 2 : 1)),
    };
}
