namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// The pause between two looks into an empty queue: doubles from the minimum to the maximum, each time within 20 % at random so
/// that listeners do not march in step. <see cref="Wake"/> ends it early, but never below the minimum: many wakes are not many looks.
/// </summary>
internal sealed class PollPause(TimeSpan minimum, TimeSpan maximum, TimeProvider time)
{
    private const int MostDoublings = 20;

    private int _doublings;
    private volatile TaskCompletionSource _woken = NewSignal();

    /// <summary>Call before looking: a wake from then on counts for the pause that follows the look.</summary>
    public void Rearm()
    {
        if (_woken.Task.IsCompleted)
        {
            _woken = NewSignal();
        }
    }

    public void Reset() => _doublings = 0;

    public void Wake() => _woken.TrySetResult();

    /// <summary>Ends without an error when cancelled.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var doubled = minimum * (1 << _doublings);
        var pause = (doubled < maximum ? doubled : maximum) * (0.8 + (0.4 * Random.Shared.NextDouble()));
        _doublings = Math.Min(_doublings + 1, MostDoublings);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(minimum, time, over.Token)); // WhenAny: a cancelled delay is no error here
        if (pause > minimum)
        {
            await Task.WhenAny(Task.Delay(pause - minimum, time, over.Token), _woken.Task);
        }

        if (_woken.Task.IsCompleted)
        {
            Reset();
        }

        await over.CancelAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
