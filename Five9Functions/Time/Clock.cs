using NodaTime;

namespace Five9Functions.Time;

/// <summary>The one clock, read as an instant.</summary>
internal static class Clock
{
    public static Instant Now(this TimeProvider time) => Instant.FromDateTimeOffset(time.GetUtcNow());

    public static Instant WholeSecond(this Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
