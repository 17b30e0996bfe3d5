namespace Five9Functions.Imports;

/// <summary>Work for several who have nothing to do with each other: one that fails does not keep the others from being served.</summary>
internal sealed class Attempts(CancellationToken cancellationToken)
{
    private readonly List<Exception> _failures = [];

    /// <summary>Something that could not even be tried.</summary>
    public void Failed(Exception failure) => _failures.Add(failure);

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
            throw new AggregateException(message, _failures);
        }
    }
}
