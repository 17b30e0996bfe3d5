namespace Five9Functions.Five9.Soap;

/// <summary>
/// How fast a result arrives. After its first byte at least <see cref="MinBytes"/> have to come in any <see cref="Window"/>: a host that drips
/// would hold an invocation, and the turn of a user, for as long as it likes. Only the time that is waited counts: our own slowness is no fault of the host.
/// </summary>
internal sealed class DownloadPace(TimeProvider time)
{
    public const int MinBytes = 64 * 1024;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    // The newest parts that are as many bytes together, or all while they are fewer.
    private readonly Queue<(TimeSpan At, int Bytes)> _newest = new();
    private int _bytes;
    private TimeSpan _waited;
    private long _since;

    /// <summary>How much longer the next part can be waited for; null before the first byte.</summary>
    public TimeSpan? Left => _newest.TryPeek(out var oldest) ? TimeSpan.FromTicks(Math.Max(0, (oldest.At + Window - _waited).Ticks)) : null;

    public void StartWaiting() => _since = time.GetTimestamp();

    public void StopWaiting(int arrived)
    {
        _waited += time.GetElapsedTime(_since);
        if (arrived == 0)
        {
            return;
        }

        _newest.Enqueue((_waited, arrived));
        _bytes += arrived;
        while (_bytes - _newest.Peek().Bytes >= MinBytes)
        {
            _bytes -= _newest.Dequeue().Bytes;
        }
    }
}
