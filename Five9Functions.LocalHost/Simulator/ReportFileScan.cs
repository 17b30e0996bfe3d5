using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Five9Functions.Five9;
using NodaTime;
using NodaTime.TimeZones;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// The one pass over a report file that makes its index. Records are split as the importer splits them, with the same library, so
/// that a broken record is the same stretch of text to both.
/// </summary>
internal sealed class ReportFileScan : IDisposable
{
    private const int BomLength = 3;

    private readonly DateTimeZone _zone;
    private readonly LineMap _lines;
    private readonly ReportFileIndex _index;
    private int _date = -1;
    private int _time = -1;
    private int _timestamp = -1;
    private int _length = -1;

    private ReportFileScan(Stream file, DateTimeZone zone)
    {
        _zone = zone;
        _lines = new LineMap(file);
        _index = new ReportFileIndex(zone);
    }

    public static ReportFileIndex Of(Stream file, DateTimeZone zone)
    {
        using var scan = new ReportFileScan(file, zone);
        using var csv = CsvReader.Create(scan._lines, CsvDialect.Strict(scan.AddMalformed), leaveOpen: true);
        while (csv.Read())
        {
            scan.Add(csv);
        }

        return scan._index;
    }

    public void Dispose() => _lines.Dispose();

    private void Add(CsvReader csv)
    {
        var line = (int)csv.LineNumber;
        var (offset, length) = Place(line, csv.RawRecord);
        if (!Utf8.IsValid(csv.RawRecord))
        {
            _index.NotUtf8++;
        }

        if (_index.Header is null)
        {
            AddHeader(offset, length, line);
            ResolveColumns(csv);
        }
        else if (Start(csv) is { } start)
        {
            _index.Add(offset, length, line, start, _length < 0 ? null : ReportFields.Seconds(csv.GetSpan(_length)));
        }
        else
        {
            _index.AddUnreadable(offset, length, line);
        }
    }

    private void AddMalformed(CsvMalformedRecord record)
    {
        var line = (int)record.LineNumber;
        var (offset, length) = Place(line, Encoding.UTF8.GetBytes(record.RawRecord));
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

    /// <summary>Going backwards, so that of columns with one name the first counts.</summary>
    private void ResolveColumns(CsvReader csv)
    {
        for (var i = csv.FieldCount - 1; i >= 0; i--)
        {
            switch (ReportHeader.Normalize(csv.GetString(i)))
            {
                case "DATE":
                    _date = i;
                    break;
                case "TIME":
                    _time = i;
                    break;
                case "TIMESTAMP":
                    _timestamp = i;
                    break;
                case "AGENT STATE TIME":
                    _length = i;
                    break;
            }
        }
    }

    private Instant? Start(CsvReader csv)
    {
        var local = _date >= 0 && _time >= 0 ? ReportFields.DateAndTime(csv.GetSpan(_date), csv.GetSpan(_time))
            : _timestamp >= 0 ? ReportFields.Timestamp(csv.GetSpan(_timestamp))
            : null;
        return local is { } time ? _zone.ResolveLocal(time, Resolvers.LenientResolver).ToInstant() : null;
    }

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
