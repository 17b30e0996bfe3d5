using NodaTime;

namespace Five9Functions.LocalHost.App;

/// <summary>A clock that stands still. Waiting still takes real time.</summary>
internal sealed class FixedTime(Instant now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now.ToDateTimeOffset();
}
