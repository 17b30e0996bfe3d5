using System.Buffers;

namespace Five9Functions.Five9.Soap;

/// <summary>
/// The characters of an answer on their way to the XML reader, bounded and repaired (<see cref="AnswerMarkup"/>). To be read asynchronously;
/// what is held is one buffer.
/// </summary>
internal sealed class AnswerText(TextReader text) : TextReader
{
    private readonly AnswerMarkup _markup = new();
    private readonly ArrayBufferWriter<char> _ready = new();
    private readonly char[] _buffer = new char[8 * 1024];
    private int _handedOut;

    /// <summary>The text that is read now is a result: who reads it bounds it.</summary>
    public bool InResult
    {
        set => _markup.InResult = value;
    }

    /// <exception cref="AnswerTooLargeException">A part of the answer is larger than any of Five9's; all before it was read.</exception>
    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (_handedOut == _ready.WrittenCount)
        {
            _ready.ResetWrittenCount();
            _handedOut = 0;
            if (_markup.Refusal is { } refusal)
            {
                throw new AnswerTooLargeException(refusal);
            }

            var read = await text.ReadAsync(_buffer.AsMemory(), cancellationToken);
            if (read == 0)
            {
                return 0;
            }

            _markup.Take(_buffer.AsSpan(0, read), _ready);
        }

        var count = Math.Min(buffer.Length, _ready.WrittenCount - _handedOut);
        _ready.WrittenSpan.Slice(_handedOut, count).CopyTo(buffer.Span);
        _handedOut += count;
        return count;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override int Peek() => throw Synchronous();

    public override int Read() => throw Synchronous();

    public override int Read(char[] buffer, int index, int count) => throw Synchronous();

    private static NotSupportedException Synchronous() => new("An answer is read asynchronously.");
}
