using System.Text;
using CsvHelper;
using Five9Functions.Five9.Csv;
using Five9Functions.LocalHost.Files;
using NodaTime;
using NodaTime.TimeZones;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// The one pass over a report file that makes its index. Records are put together and split as the importer does it, with the same
/// code and the same library, so that a broken record is the same stretch of text to both.
/// </summary>
internal sealed class ReportFileScan : IDisposable
{
    private const int BomLength = 3;

    private readonly DateTimeZone _zone;
    private readonly DateOrder? _dates;
    private readonly LineMap _lines;
    private readonly RecordStream _records;
    private readonly ReportFileIndex _index;
    private StartColumns? _columns;

    private ReportFileScan(Stream file, DateTimeZone zone, DateOrder? dates)
    {
        (_zone, _dates) = (zone, dates);
        _lines = new LineMap(file);
        _records = new RecordStream(_lines, IsRow, record => AddBroken(record.Line, record.Raw.Span));
        _index = new ReportFileIndex(zone);
    }

    /// <exception cref="ReportFileException">The file is UTF-16, or a record in it is longer than any row can be.</exception>
    public static ReportFileIndex Of(Stream file, DateTimeZone zone, DateOrder? dates)
    {
        RefuseUtf16(file);
        using var scan = new ReportFileScan(file, zone, dates);
        using var csv = CsvReader.Create(scan._records, CsvDialect.Strict(scan.AddMalformed), leaveOpen: true);
        try
        {
            while (csv.Read())
            {
                scan.Add(csv);
            }
        }
        catch (RecordTooLongException e)
        {
            throw new ReportFileException($"{e.Message} A quote is probably never closed: correct that line of the file.", e);
        }

        scan._records.End();
        return scan._index;
    }

    public void Dispose()
    {
        _records.Dispose();
        _lines.Dispose();
    }

    /// <summary>Excel's "Unicode text". Every byte of it is served as it stands, so it would have to be rewritten.</summary>
    private static void RefuseUtf16(Stream file)
    {
        Span<byte> start = stackalloc byte[2];
        if (file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [0xFF, 0xFE] or [0xFE, 0xFF])
        {
            throw new ReportFileException("The file is UTF-16 (\"Unicode text\"): save it as CSV in UTF-8.");
        }

        file.Position = 0;
    }

    private void Add(CsvReader csv)
    {
        var line = _records.LineOf(csv.LineNumber);
        var (offset, length) = Place(line, csv.RawRecord);
        if (_columns is null && _index.Header is null)
        {
            AddHeader(offset, length, line);
            _columns = Columns(csv);
        }
        else if (Start(_columns, csv) is { } start)
        {
            _index.Add(offset, length, line, start, _columns!.Seconds(csv));
        }
        else
        {
            _index.AddUnreadable(offset, length, line);
        }
    }

    private void AddMalformed(CsvMalformedRecord record) => AddBroken(_records.LineOf(record.LineNumber), Encoding.UTF8.GetBytes(record.RawRecord));

    private void AddBroken(int line, ReadOnlySpan<byte> record)
    {
        var (offset, length) = Place(line, record);
        if (_index.Header is null)
        {
            AddHeader(offset, length, line);
        }
        else
        {
            _index.AddUnreadable(offset, length, line);
        }
    }

    private void AddHeader(long offset, int length, int line)
    {
        var bom = offset == 0 && _lines.StartsWithBom ? BomLength : 0;
        _index.Header = new IndexedRecord(0, offset + bom, length - bom, line);
    }

    private bool IsRow(ReadOnlyMemory<byte> headerAndLine)
    {
        var malformed = false;
        using var csv = CsvReader.Create(headerAndLine, CsvDialect.Strict(_ => malformed = true));
        if (!csv.Read() || malformed)
        {
            return false;
        }

        var columns = Columns(csv);
        return csv.Read() && !malformed && columns.Start(csv, _dates) is not null;
    }

    private static StartColumns Columns(CsvReader csv) => new([.. Enumerable.Range(0, csv.FieldCount).Select(i => ReportHeader.Normalize(csv.GetString(i)))]);

    private Instant? Start(StartColumns? columns, CsvReader csv) => columns?.Start(csv, _dates) is not { } start ? null
        : start.Offset is { } offset ? start.Local.WithOffset(offset).ToInstant()
        : _zone.ResolveLocal(start.Local, Resolvers.LenientResolver).ToInstant();

    private (long Offset, int Length) Place(int line, ReadOnlySpan<byte> record)
    {
        var breaks = 0;
        while (record.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0)
        {
            breaks++;
            record = record[(at + (record[at..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        var (start, end) = _lines.Find(line, breaks);
        return (start, (int)(end - start));
    }
}
