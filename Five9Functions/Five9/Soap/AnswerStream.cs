namespace Five9Functions.Five9.Soap;

/// <summary>
/// The body of an answer as it arrives. <see cref="System.Xml.XmlReader"/> takes no cancellation token, so the call's is applied here;
/// and what the network does wrong gets its meaning here, where it cannot be mistaken for an error of the one who reads the rows.
/// </summary>
internal sealed class AnswerStream(Stream body, CallDeadline deadline, Five9Call call) : Stream
{
    private bool _any;

    /// <summary>There was a body, and all of it was read.</summary>
    public bool Ended { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        deadline.StartWaiting();
        var read = 0;
        try
        {
            read = await body.ReadAsync(buffer, deadline.Token);
            Ended = read == 0 && _any;
            _any |= read > 0;
            return read;
        }
        catch (Exception e) when (deadline.Expired && e is OperationCanceledException or IOException)
        {
            throw deadline.Exception(call);
        }
        catch (IOException e)
        {
            deadline.Token.ThrowIfCancellationRequested();
            throw call.Broken(e);
        }
        catch (InvalidDataException e)
        {
            throw call.Garbled(e); // what calls itself compressed is not
        }
        finally
        {
            deadline.StopWaiting(read);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An answer is read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
