namespace Five9Functions.Five9.Soap;

/// <summary>
/// The time-outs of one call in one token: the whole call's, that of a silence, that of a download that is too slow, and the caller's own
/// cancellation, which alone stays an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly TimeSpan _whole;
    private readonly TimeSpan _silence;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _wholeSource;
    private readonly CancellationTokenSource _silenceSource;
    private readonly CancellationTokenSource _linked;
    private readonly DownloadPace? _pace;
    private bool _endsAsTooSlow;

    /// <param name="whole">The longest that the call may take.</param>
    /// <param name="silence">The longest wait for the next part of an answer.</param>
    /// <param name="paced">Whether the answer must come at a least speed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">The caller's cancellation.</param>
    public CallDeadline(TimeSpan whole, TimeSpan silence, bool paced, TimeProvider time, CancellationToken caller)
    {
        (_whole, _silence, _caller) = (whole, silence, caller);
        _pace = paced ? new DownloadPace(time) : null;
        _wholeSource = new CancellationTokenSource(whole, time);
        _silenceSource = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _wholeSource.Token, _silenceSource.Token);
    }

    public CancellationToken Token => _linked.Token;

    public bool Expired => !_caller.IsCancellationRequested && (_wholeSource.IsCancellationRequested || _silenceSource.IsCancellationRequested);

    public void StartWaiting()
    {
        var left = _pace?.Left;
        _endsAsTooSlow = left < _silence;
        _silenceSource.CancelAfter(_endsAsTooSlow ? left!.Value : _silence);
        _pace?.StartWaiting();
    }

    /// <param name="arrived">Bytes of the answer.</param>
    public void StopWaiting(int arrived = 0)
    {
        _silenceSource.CancelAfter(Timeout.InfiniteTimeSpan);
        _pace?.StopWaiting(arrived);
    }

    public Five9TransientException Exception(Five9Call call) => _wholeSource.IsCancellationRequested ? call.TimedOut(_whole, silence: false)
        : _endsAsTooSlow ? call.TooSlow(DownloadPace.MinBytes, DownloadPace.Window)
        : call.TimedOut(_silence, silence: true);

    public void Dispose()
    {
        _linked.Dispose();
        _silenceSource.Dispose();
        _wholeSource.Dispose();
    }
}
