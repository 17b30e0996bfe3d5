namespace Five9Functions.Five9.Csv;

/// <summary>
/// A CSV report as UTF-8 on its way to the CSV reader, without the records whose quote is never closed (<see cref="RecordAssembly"/>),
/// which are told in their place. To be read forwards; what is held is one record and one buffer.
/// </summary>
/// <param name="isRow">Whether the second of two lines is a whole row under the header, which is the first.</param>
/// <param name="unclosed">Is given each record that was taken out, when <see cref="LineOf"/> passes it.</param>
/// <param name="separator">What stands between fields; ASCII.</param>
internal sealed class RecordStream(Stream csv, Func<ReadOnlyMemory<byte>, bool> isRow, Action<UnclosedRecord> unclosed, byte separator = (byte)',') : Stream
{
    private const int MinRead = 4096;

    private readonly RecordAssembly _records = new(isRow, separator);
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;
    private int _handedOut;
    private int _linesTakenOut;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The line of the report that is <paramref name="line"/> to the CSV reader, which does not see what was taken out.</summary>
    public int LineOf(long line)
    {
        while (_records.TakenOut.TryPeek(out var record) && record.Line <= line + _linesTakenOut)
        {
            _records.TakenOut.Dequeue();
            _linesTakenOut += record.Lines;
            if (!record.Raw.IsEmpty)
            {
                unclosed(record);
            }
        }

        return (int)(line + _linesTakenOut);
    }

    /// <summary>After the last record was read: tells what was taken out behind it.</summary>
    public void End() => LineOf(int.MaxValue);

    /// <exception cref="RecordTooLongException">A record is.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (NothingReady() && !_ended)
        {
            Take(csv.Read(_buffer.AsSpan(_filled)));
        }

        return HandOut(buffer);
    }

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (NothingReady() && !_ended)
        {
            Take(await csv.ReadAsync(_buffer.AsMemory(_filled), cancellationToken));
        }

        return HandOut(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool NothingReady()
    {
        if (_handedOut < _records.Ready.WrittenCount)
        {
            return false;
        }

        _records.Ready.ResetWrittenCount();
        _handedOut = 0;
        return true;
    }

    private int HandOut(Span<byte> buffer)
    {
        var ready = _records.Ready.WrittenSpan[_handedOut..];
        var count = Math.Min(buffer.Length, ready.Length);
        ready[..count].CopyTo(buffer);
        _handedOut += count;
        return count;
    }

    /// <summary>Goes through the whole lines of what was read, and keeps the rest for the next time.</summary>
    private void Take(int read)
    {
        _filled += read;
        _ended = read == 0;
        var rest = _buffer.AsSpan(0, _filled);
        while (rest.Length > 0 && LineLength(rest) is { } line)
        {
            _records.Add(rest[..line.WithBreak], line.Length);
            rest = rest[line.WithBreak..];
        }

        if (_ended)
        {
            _records.End();
        }

        _records.CheckLength(rest.Length);
        rest.CopyTo(_buffer);
        _filled = rest.Length;
        if (_buffer.Length - _filled < MinRead)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    /// <summary>Null when more has to be read to know it. CR, LF and CR LF each end a line.</summary>
    private (int Length, int WithBreak)? LineLength(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAny((byte)'\r', (byte)'\n');
        if (length < 0)
        {
            return _ended ? (text.Length, text.Length) : null;
        }

        return text[length] == '\n' ? (length, length + 1)
            : length + 1 < text.Length ? (length, length + (text[length + 1] == '\n' ? 2 : 1))
            : _ended ? (length, length + 1)
            : null;
    }
}
