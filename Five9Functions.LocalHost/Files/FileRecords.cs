using System.Text;
using CsvHelper;
using Five9Functions.Five9.Csv;

namespace Five9Functions.LocalHost.Files;

/// <summary>
/// The records of a file from its header on, one by one and in order, broken ones too. They are put together as the importer does it, with the
/// same code and the same library, so that a broken record is the same stretch of text to both.
/// </summary>
internal sealed class FileRecords : IDisposable
{
    private readonly FileHeader _header;
    private readonly Func<CsvReader, bool> _isRow;
    private readonly RecordStream _stream;
    private readonly CsvReader _csv;
    private readonly Queue<(int Line, byte[] Raw)> _broken = [];
    private byte[]? _brokenNow;
    private int _waitingLine;
    private bool _ended;

    /// <param name="text">The decoded file from its header on; closed with this.</param>
    /// <param name="isRow">Whether a record of well-formed CSV is a row: inside quotes, such a line ends the record before it.</param>
    public FileRecords(Stream text, FileHeader header, Func<CsvReader, bool> isRow)
    {
        (_header, _isRow) = (header, isRow);
        _stream = new RecordStream(text, IsRow, record => _broken.Enqueue((record.Line, record.Raw.ToArray())), header.Separator);
        _csv = CsvReader.Create(_stream, Options(AddMalformed), leaveOpen: true);
    }

    /// <summary>Where the record begins; the first line of the file is 1.</summary>
    public int Line { get; private set; }

    /// <summary>As it stands in the file, but as UTF-8 and without the line break that ends it. Until the next record is read.</summary>
    public ReadOnlySpan<byte> Raw => (_brokenNow ?? _csv.RawRecord).TrimEnd("\r\n"u8);

    /// <summary>Null when it is no well-formed CSV. It may have another number of fields than the header.</summary>
    public CsvReader? Fields => _brokenNow is null ? _csv : null;

    /// <summary>Goes to the next record; the first one is the header.</summary>
    /// <exception cref="ReportFileException">A record is longer than any row can be.</exception>
    public bool Read()
    {
        _brokenNow = null;
        if (_waitingLine == 0 && !_ended && _broken.Count == 0)
        {
            ReadCsv();
        }

        if (_broken.TryDequeue(out var broken))
        {
            (_brokenNow, Line) = (broken.Raw, LineOfFile(broken.Line));
            return true;
        }

        (Line, _waitingLine) = (LineOfFile(_waitingLine), 0);
        return !_ended;
    }

    public void Dispose()
    {
        _csv.Dispose();
        _stream.Dispose();
    }

    private static CsvReaderOptions Options(Action<CsvMalformedRecord> malformed, byte separator) =>
        CsvDialect.Strict(malformed, separator) with { FieldCountMismatch = CsvFieldCountHandling.Allow };

    private CsvReaderOptions Options(Action<CsvMalformedRecord> malformed) => Options(malformed, _header.Separator);

    private void ReadCsv()
    {
        try
        {
            if (_csv.Read())
            {
                _waitingLine = _stream.LineOf(_csv.LineNumber);
                return;
            }

            _stream.End();
            _ended = true;
        }
        catch (RecordTooLongException e)
        {
            throw new ReportFileException(
                $"Line {LineOfFile(e.Line)} begins a record of over {RecordAssembly.MaxRecordSize / 1024 / 1024} MiB. A quote is probably never closed: correct that line of the file.", e);
        }
    }

    private void AddMalformed(CsvMalformedRecord record)
    {
        var line = _stream.LineOf(record.LineNumber);
        _broken.Enqueue((line, Encoding.UTF8.GetBytes(record.RawRecord)));
    }

    private int LineOfFile(int line) => line + _header.Line - 1;

    private bool IsRow(ReadOnlyMemory<byte> headerAndLine)
    {
        var malformed = false;
        using var csv = CsvReader.Create(headerAndLine, Options(_ => malformed = true));
        return csv.Read() && csv.Read() && !malformed && _isRow(csv);
    }
}
