using System.Text;

namespace Five9Functions.Five9.Soap;

/// <summary>A text as UTF-8, a buffer at a time. To be read asynchronously. Lone surrogates become U+FFFD.</summary>
internal sealed class Utf8Stream(TextReader text) : Stream
{
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly char[] _characters = new char[16 * 1024];
    private int _from;
    private int _to;
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

    /// <param name="buffer">Of 4 bytes at least.</param>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = 0;
        while (bytes == 0 && !_ended)
        {
            if (_from == _to)
            {
                (_from, _to) = (0, await text.ReadAsync(_characters.AsMemory(), cancellationToken));
                _ended = _to == 0;
            }

            _encoder.Convert(_characters.AsSpan(_from, _to - _from), buffer.Span, _ended, out var used, out bytes, out _);
            _from += used;
        }

        return bytes;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A report is read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
