using Five9Functions.LocalHost.Hosting;

namespace Five9Functions.LocalHost.Summary;

/// <summary>Adds up what each function took; the host tells it from many threads.</summary>
internal sealed class FunctionTimes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FunctionTime> _times = [];

    /// <summary>The longest first.</summary>
    public IReadOnlyList<FunctionTime> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _times.Values.OrderByDescending(t => t.Total)];
            }
        }
    }

    public void Add(Invocation invocation)
    {
        lock (_lock)
        {
            var sum = _times.GetValueOrDefault(invocation.Function) ?? new FunctionTime(invocation.Function, 0, 0, TimeSpan.Zero, TimeSpan.Zero);
            _times[invocation.Function] = sum with
            {
                Runs = sum.Runs + 1,
                Failed = sum.Failed + (invocation.Error is null ? 0 : 1),
                Total = sum.Total + invocation.Duration,
                Longest = invocation.Duration > sum.Longest ? invocation.Duration : sum.Longest,
            };
        }
    }
}
