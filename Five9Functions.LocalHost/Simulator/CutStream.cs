namespace Five9Functions.LocalHost.Simulator;

/// <summary>Lets so many bytes through and swallows the rest.</summary>
/// <param name="whenFull">What to do once they are through, such as breaking the connection; null for nothing.</param>
internal sealed class CutStream(Stream inner, int bytes, Action? whenFull) : Stream
{
    private int _left = bytes;
    private bool _full;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var through = Math.Min(_left, buffer.Length);
        _left -= through;
        if (!_full)
        {
            await inner.WriteAsync(buffer[..through], cancellationToken);
            await inner.FlushAsync(cancellationToken);
        }

        if (_left == 0 && !_full)
        {
            _full = true;
            whenFull?.Invoke();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _full ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("Only the asynchronous way is open.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only the asynchronous way is open.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
