namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// The pause between two looks into an empty queue: doubles from the minimum to the maximum, each time within 20 % at random so
/// that listeners do not march in step. <see cref="Wake"/> ends it early, but never below the minimum: many wakes are not many looks.
/// </summary>
/// <param name="minimum">The first pause, and the shortest.</param>
/// <param name="maximum">The longest one.</param>
/// <param name="told">Whether whoever sends says so: then each pause is the longest.</param>
/// <param name="time">What the pauses are measured by.</param>
internal sealed class PollPause(TimeSpan minimum, TimeSpan maximum, bool told, TimeProvider time)
{
    private const int MaxDoublings = 20;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _shows = new();
    private int _doublings;
    private volatile TaskCompletionSource _woken = NewSignal();
    private volatile TaskCompletionSource _sooner = NewSignal();

    /// <summary>Call before looking: a wake from then on counts for the pause that follows the look.</summary>
    public void Rearm()
    {
        if (_woken.Task.IsCompleted)
        {
            _woken = NewSignal();
        }

        lock (_lock)
        {
            while (_shows.TryPeek(out var shows, out _) && shows <= time.GetUtcNow())
            {
                _shows.Dequeue();
            }
        }
    }

    public void Reset() => _doublings = 0;

    public void Wake() => _woken.TrySetResult();

    /// <summary>Ends a pause when a hidden message shows.</summary>
    public void WakeAfter(TimeSpan hidden)
    {
        if (hidden <= TimeSpan.Zero)
        {
            Wake();
            return;
        }

        // The service has hidden it a little later than it was asked for it.
        var shows = time.GetUtcNow() + hidden + minimum;
        lock (_lock)
        {
            _shows.Enqueue(shows, shows);
        }

        _sooner.TrySetResult();
    }

    /// <summary>Ends without an error when cancelled.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var end = time.GetUtcNow() + Longest();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(minimum, time, over.Token)); // WhenAny: a cancelled delay is no error here
        while (!_woken.Task.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            _sooner = NewSignal();
            if (LeftUntil(end) is not { Ticks: > 0 } left)
            {
                break;
            }

            await Task.WhenAny(Task.Delay(left, time, over.Token), _woken.Task, _sooner.Task);
        }

        if (_woken.Task.IsCompleted)
        {
            Reset();
        }

        await over.CancelAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TimeSpan Longest()
    {
        var doubled = minimum * (1 << _doublings);
        _doublings = Math.Min(_doublings + 1, MaxDoublings);
        return (!told && doubled < maximum ? doubled : maximum) * (0.8 + (0.4 * Random.Shared.NextDouble()));
    }

    // In whole milliseconds, as a delay is: one that is rounded down would end before the message shows.
    private TimeSpan LeftUntil(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _shows.TryPeek(out var shows, out _) && shows < end ? shows : end;
            return TimeSpan.FromMilliseconds(Math.Ceiling((next - time.GetUtcNow()).TotalMilliseconds));
        }
    }
}
