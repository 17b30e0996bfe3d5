using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.LocalHost.Run;

/// <summary>A clock that a test sets, so that the schedule waits for the test; short pauses, as of a writer whom another overtook, are real.</summary>
internal sealed class ScheduleClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime >= TimeSpan.Zero && dueTime < Short ? System.CreateTimer(callback, state, dueTime, period) : base.CreateTimer(callback, state, dueTime, period);
}
