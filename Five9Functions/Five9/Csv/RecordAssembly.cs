using System.Buffers;

namespace Five9Functions.Five9.Csv;

/// <summary>
/// Puts the lines of a CSV report together to records, and takes out those whose quote is never closed: it would make one field of
/// everything up to the next quote. The rule: <b>inside quotes, a line that is a whole row by itself is a row</b>, so the quote before it
/// was never closed. The lines up to there are one <see cref="UnclosedRecord"/>, and reading goes on at the row. Any other line break
/// in quotes is data. No I/O.
/// </summary>
/// <remarks>Lines before the header that hold nothing but blanks are taken out too: a report of nothing else is an empty one.</remarks>
/// <param name="isRow">Whether the second of two lines is a whole row under the header, which is the first.</param>
/// <param name="separator">What stands between fields; ASCII.</param>
internal sealed class RecordAssembly(Func<ReadOnlyMemory<byte>, bool> isRow, byte separator = (byte)',')
{
    /// <summary>In bytes. No row is nearly as long; without a limit one quote could hold a whole report in memory.</summary>
    public const int MaxRecordSize = 1024 * 1024;

    private static ReadOnlySpan<byte> Bom => "\uFEFF"u8;

    private readonly byte[] _opening = [separator, (byte)'"'];
    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly Queue<UnclosedRecord> _takenOut = new();
    private byte[]? _header;
    private int _line = 1;
    private int _recordLine = 1;
    private bool _quoted;

    /// <summary>Whole records that wait to be read.</summary>
    public ArrayBufferWriter<byte> Ready { get; } = new();

    /// <summary>In order; one without text is a blank line.</summary>
    public Queue<UnclosedRecord> TakenOut => _takenOut;

    /// <param name="line">With the line break that ends it.</param>
    /// <param name="length">Without it.</param>
    /// <exception cref="RecordTooLongException">The record that the line belongs to is.</exception>
    public void Add(ReadOnlySpan<byte> line, int length)
    {
        var text = line[..length];
        if (_quoted && _header is { } header && MayBeRow(text, header) && isRow((byte[])[.. header, (byte)'\n', .. text]))
        {
            TakeOut();
        }

        if (_header is null && !_quoted && IsBlank(text))
        {
            _takenOut.Enqueue(new UnclosedRecord(_line, 1, default));
            _recordLine = ++_line;
            return;
        }

        _quoted = OpenAtEnd(_line == 1 && text.StartsWith(Bom) ? text[Bom.Length..] : text, _quoted);
        _record.Write(line);
        _line++;
        CheckLength(0);
        if (!_quoted)
        {
            _header ??= _record.WrittenSpan.ToArray();
            Ready.Write(_record.WrittenSpan);
            Begin();
        }
    }

    /// <summary>There is no further line.</summary>
    public void End()
    {
        // A header that is never closed is for the CSV reader to refuse: there is nothing to go on with.
        if (_quoted && _header is not null)
        {
            TakeOut();
        }

        Ready.Write(_record.WrittenSpan);
        Begin();
    }

    /// <param name="more">Bytes of a line whose end is not in sight.</param>
    /// <exception cref="RecordTooLongException">The record is too long with them.</exception>
    public void CheckLength(int more)
    {
        if (_record.WrittenCount + more > MaxRecordSize)
        {
            throw new RecordTooLongException(_recordLine);
        }
    }

    private void TakeOut()
    {
        _takenOut.Enqueue(new UnclosedRecord(_recordLine, _line - _recordLine, _record.WrittenSpan.TrimEnd("\r\n"u8).ToArray()));
        Begin();
    }

    private void Begin()
    {
        _record.ResetWrittenCount();
        _recordLine = _line;
        _quoted = false;
    }

    /// <summary>Spares most lines the closer look.</summary>
    private bool MayBeRow(ReadOnlySpan<byte> line, ReadOnlySpan<byte> header) => header.Contains((byte)'"') || line.Count(separator) >= header.Count(separator);

    private static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept((byte)' ', (byte)'\t');

    /// <summary>Whether a quote is open where the line ends. One opens only where a field begins, and a doubled one does not close it.</summary>
    private bool OpenAtEnd(ReadOnlySpan<byte> line, bool open)
    {
        for (var at = 0; ;)
        {
            if (!open)
            {
                var opening = at == 0 && line.StartsWith("\""u8) ? 0 : line[at..].IndexOf(_opening) is var before and >= 0 ? at + before + 1 : -1;
                if (opening < 0)
                {
                    return false;
                }

                at = opening + 1;
            }

            var quote = line[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return true;
            }

            at += quote + 1;
            open = at < line.Length && line[at] == '"';
            at += open ? 1 : 0;
        }
    }
}
