namespace Five9Functions.Problems;

/// <summary>Work for several who have nothing to do with each other: one that fails does not keep the others from being served.</summary>
internal sealed class FailureCollector(CancellationToken cancellationToken)
{
    // When storage is down everything fails, and ten thousand sentences help nobody.
    private const int MaxTold = 100;

    private readonly List<Exception> _failures = [];
    private readonly Lock _lock = new();
    private int _untold;

    /// <summary>Something that could not even be tried.</summary>
    public void Failed(Exception failure)
    {
        lock (_lock)
        {
            if (_failures.Count < MaxTold)
            {
                _failures.Add(failure);
            }
            else
            {
                _untold++;
            }
        }
    }

    /// <summary>Each of them, some at a time, and no more of them in memory than one page and those.</summary>
    public Task EachAsync<T>(IAsyncEnumerable<T> all, int atATime, Func<T, string> what, Func<T, Task> work) => Parallel.ForEachAsync(
        all,
        new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = cancellationToken },
        async (one, _) => await TryAsync(what(one), () => work(one)));

    public async Task TryAsync(string what, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested) // None of them is lost: they come out together at the end.
        {
            Failed(new InvalidOperationException($"{what}: {e.Message}", e));
        }
    }

    /// <exception cref="AggregateException">Something failed; the message says what is to be known about all of them.</exception>
    public void ThrowIfAnyFailed(string message)
    {
        if (_failures.Count > 0)
        {
            throw new AggregateException(_untold == 0 ? message : $"{message} {_untold} more failed.", _failures);
        }
    }
}
