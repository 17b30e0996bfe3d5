namespace Five9Functions.Five9;

/// <summary>
/// The time-outs of one call in one token: the whole call's, that of a silence, and the caller's own cancellation,
/// which alone stays an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly TimeSpan _whole;
    private readonly TimeSpan _silence;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _wholeSource;
    private readonly CancellationTokenSource _silenceSource;
    private readonly CancellationTokenSource _linked;

    public CallDeadline(TimeSpan whole, TimeSpan silence, TimeProvider time, CancellationToken caller)
    {
        (_whole, _silence, _caller) = (whole, silence, caller);
        _wholeSource = new CancellationTokenSource(whole, time);
        _silenceSource = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _wholeSource.Token, _silenceSource.Token);
    }

    public CancellationToken Token => _linked.Token;

    public bool Expired => !_caller.IsCancellationRequested && (_wholeSource.IsCancellationRequested || _silenceSource.IsCancellationRequested);

    public void StartWaiting() => _silenceSource.CancelAfter(_silence);

    public void StopWaiting() => _silenceSource.CancelAfter(Timeout.InfiniteTimeSpan);

    public Five9TransientException Exception(Five9Call call) => _wholeSource.IsCancellationRequested
        ? call.TimedOut(_whole, silence: false)
        : call.TimedOut(_silence, silence: true);

    public void Dispose()
    {
        _linked.Dispose();
        _silenceSource.Dispose();
        _wholeSource.Dispose();
    }
}
