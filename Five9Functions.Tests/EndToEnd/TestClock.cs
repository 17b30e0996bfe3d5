using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>
/// A clock that stands until a test moves it. Timers run in real time all the same: what waits for another writer, or for the
/// renewal of a lease, must not wait for the test.
/// </summary>
internal sealed class TestClock(string now) : TimeProvider
{
    private long _now = InstantPattern.General.Parse(now).Value.ToUnixTimeTicks();

    public Instant Now => Instant.FromUnixTimeTicks(Interlocked.Read(ref _now));

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public void Advance(Duration by) => Interlocked.Add(ref _now, by.BclCompatibleTicks);

    public void Set(string now) => Interlocked.Exchange(ref _now, InstantPattern.General.Parse(now).Value.ToUnixTimeTicks());
}
