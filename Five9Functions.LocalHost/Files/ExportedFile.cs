using System.Buffers;
using System.Text;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;

namespace Five9Functions.LocalHost.Files;

/// <summary>How a file is to be read.</summary>
/// <param name="Layout">The report that it is to be.</param>
internal sealed record FileRequest(ReportLayout Layout)
{
    /// <summary>Reports that it might be by mistake.</summary>
    public IReadOnlyList<ReportLayout> Others { get; init; } = [];

    /// <summary>Null: what the bytes say.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Which number of a date is the day where the year stands last; null: what the dates say.</summary>
    public DateOrder? Dates { get; init; }
}

/// <summary>
/// A report that a person exported, and perhaps opened and saved with another program: read as it is, given out as Five9 writes one. The clean
/// text is UTF-8, separated by commas, its first line is the header, and each record stands as many lines below the header as in the file. Opening goes through
/// the whole file once, because its last byte can decide what it is; what is in memory is one record. The file must not change meanwhile.
/// </summary>
internal sealed class ExportedFile
{
    private readonly string _path;
    private readonly FileColumns _columns;
    private readonly HashSet<int> _totalLines;

    private ExportedFile(string path, FileEncoding encoding, FileHeader header, FileColumns columns, FileSurvey survey)
    {
        (_path, Encoding, Header, _columns) = (path, encoding, header, columns);
        Totals = survey.Totals;
        EmptyFields = survey.EmptyFields;
        (Dates, DatesProof) = (survey.Dates, survey.DatesProof);
        _totalLines = [.. Totals.Select(line => line.Number)];
    }

    public FileEncoding Encoding { get; }

    public FileHeader Header { get; }

    /// <summary>Lines after the last row that sum up; they are no rows.</summary>
    public IReadOnlyList<FileLine> Totals { get; }

    /// <summary>How many empty fields most rows have more than the header; they are left out.</summary>
    public int EmptyFields { get; }

    /// <summary>Which number is the day where the year stands last; null where no date is so.</summary>
    public DateOrder? Dates { get; }

    /// <summary>The line that shows it; null where the person said it.</summary>
    public FileLine? DatesProof { get; }

    /// <exception cref="ReportFileException">It is no such report, or cannot be understood; the message says what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ExportedFile Open(string path, FileRequest request)
    {
        FileEncoding encoding;
        using (var file = OpenFile(path))
        {
            Span<byte> start = stackalloc byte[4096];
            ForeignFormat.Refuse(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
            file.Position = 0;
            encoding = FileEncoding.Of(file, request.Encoding);
        }

        var header = FindHeader(path, encoding, request);
        var columns = new FileColumns(header.Columns);
        using var records = Records(path, encoding, header, columns, order: null);
        return new ExportedFile(path, encoding, header, columns, FileSurvey.Of(records, columns, request.Dates));
    }

    /// <summary>The line of the file that is a line of the clean text.</summary>
    public int LineOf(int line) => line + Header.Line - 1;

    /// <summary>Writes the clean text.</summary>
    public void CopyTo(Stream output)
    {
        using var records = Records(_path, Encoding, Header, _columns, Dates);
        var record = new ArrayBufferWriter<byte>();
        var line = Header.Line;
        while (records.Read())
        {
            if (_totalLines.Contains(records.Line))
            {
                continue;
            }

            for (; line < records.Line; line++)
            {
                output.WriteByte((byte)'\n');
            }

            record.ResetWrittenCount();
            var empty = records.Fields is { } fields && EmptyFields > 0 ? _columns.EmptyFieldsAfter(fields) : null;
            CleanRecord.Write(records.Raw, Header.Separator, empty ?? 0, record);
            output.Write(record.WrittenSpan);
            output.WriteByte((byte)'\n');
            line += 1 + Breaks(records.Raw);
        }
    }

    private static FileHeader FindHeader(string path, FileEncoding encoding, FileRequest request)
    {
        using var text = encoding.Decode(OpenFile(path));
        var start = new byte[HeaderSearch.MaxBytes];
        var filled = text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ForeignFormat.RefuseTags(start.AsSpan(0, filled));
        if (!start.AsSpan(0, filled).ContainsAnyExcept(" \t\r\n\0"u8))
        {
            throw new ReportFileException("The file is empty: export the report from Five9 again. A report without rows has its header.");
        }

        return new HeaderSearch(request.Layout, request.Others).Find(start.AsMemory(0, filled));
    }

    private static FileRecords Records(string path, FileEncoding encoding, FileHeader header, FileColumns columns, DateOrder? order)
    {
        var text = encoding.Decode(OpenFile(path));
        var before = new byte[header.Offset];
        text.ReadExactly(before);
        return new FileRecords(text, header, csv => columns.IsRow(csv, order));
    }

    private static int Breaks(ReadOnlySpan<byte> raw)
    {
        var breaks = 0;
        while (raw.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0)
        {
            breaks++;
            raw = raw[(at + (raw[at..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        return breaks;
    }

    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024, FileOptions.SequentialScan);
}
