using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// Runs a timer function at its schedule's instants, read in UTC, one run at a time. Instants that passed while a run lasted or the
/// machine slept are made up for by one run, told that it is past due.
/// </summary>
internal sealed class TimerLoop(TimerFunction function, FunctionRunner runner, RunningFunctions running, Action<Invocation> report, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1); // Task.Delay has a limit of 49 days
    private static readonly TimeSpan PastDue = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private DateTime _last;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Ends when <paramref name="stopping"/> is cancelled and the run under way has ended. The first wait begins before the first await.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        var due = Next(Now);
        if (function.RunOnStartup)
        {
            await FireAsync(isPastDue: false, cancellationToken);
        }

        while (await ReachedAsync(due, stopping))
        {
            var now = Now;
            var isPastDue = now - due > PastDue;
            var next = Next(due);
            due = next > now ? next : Next(now);
            await FireAsync(isPastDue, cancellationToken);
        }
    }

    public async Task<Invocation> FireAsync(bool isPastDue, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(CancellationToken.None);
        running.Begin();
        try
        {
            // On the thread pool: neither the host's start nor a test's clock waits for what the function computes before its first await.
            var invocation = await Task.Run(() => runner.RunAsync(function, () => new TriggerData(Info(isPastDue)), 0, cancellationToken), CancellationToken.None);
            _last = Now;
            report(invocation);
            return invocation;
        }
        finally
        {
            running.End();
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private TimerInfo Info(bool isPastDue) => new()
    {
        IsPastDue = isPastDue,
        ScheduleStatus = function.UseMonitor ? new ScheduleStatus { Last = _last, Next = Next(Now), LastUpdated = _last } : null,
    };

    private DateTime Next(DateTime after) => DateTime.SpecifyKind(function.Schedule.GetNextOccurrence(after), DateTimeKind.Utc);

    private async Task<bool> ReachedAsync(DateTime due, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && Now is var now && due - now is var left && left > TimeSpan.Zero)
        {
            // Whole milliseconds, rounded up: a delay rounded down would spin until the instant is there.
            var delay = left < MaxDelay ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : MaxDelay;
            var waiting = Task.Delay(delay, time, stopping);

            // A clock that is set forward between reading it and waiting by it would make the wait as much too long.
            if (Now - now < PastDue)
            {
                await Task.WhenAny(waiting);
            }
        }

        return !stopping.IsCancellationRequested;
    }
}
