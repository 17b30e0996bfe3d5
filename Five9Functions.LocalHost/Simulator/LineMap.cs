namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// Passes a file through and remembers where its lines begin and end, as far as the reader behind it has looked ahead. CR, LF and
/// CR LF each end a line, inside quotes too. The CSV reader tells the line of every record, but the bytes of the good ones only.
/// </summary>
internal sealed class LineMap(Stream inner) : Stream
{
    private readonly Queue<(long Start, long End)> _lines = new();
    private long _read;
    private long _lineStart;
    private bool _afterCarriageReturn;
    private int _firstLine = 1;

    public bool StartsWithBom { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>Where the record lies that begins on a line and has so many line breaks in it. Lines before it are forgotten.</summary>
    public (long Start, long End) Find(int line, int breaks)
    {
        while (_firstLine < line)
        {
            _lines.Dequeue();
            _firstLine++;
        }

        // The line that is not ended yet is the last one of the file.
        var start = _lines.TryPeek(out var first) ? first.Start : _lineStart;
        return (start, breaks == 0 && _lines.Count > 0 ? first.End : breaks < _lines.Count ? _lines.ElementAt(breaks).End : _read);
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        if (_read == 0)
        {
            StartsWithBom = buffer[..count].StartsWith("\uFEFF"u8);
        }

        var at = 0;
        while (at < count)
        {
            if (_afterCarriageReturn && buffer[at] == '\n')
            {
                _lineStart++;
                _afterCarriageReturn = false;
                at++;
                continue;
            }

            _afterCarriageReturn = false;
            var lineBreak = buffer[at..count].IndexOfAny((byte)'\r', (byte)'\n');
            if (lineBreak < 0)
            {
                break;
            }

            at += lineBreak;
            _lines.Enqueue((_lineStart, _read + at));
            _afterCarriageReturn = buffer[at] == '\r';
            at++;
            _lineStart = _read + at;
        }

        _read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
