using Five9Functions.Integrations;
using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>How far the states in the table can be believed, by the polls that were missed. Pure; what it says stays the same until something happens.</summary>
internal static class LiveFreshness
{
    /// <summary>After as many missed polls nobody knows who is in which state.</summary>
    public const int Down = 3;

    // An answer that comes at once and one that is held until its end are so far apart, and a call takes a while.
    private static readonly Duration Usual = Duration.FromSeconds(5);

    /// <param name="session">Null before the first poll.</param>
    /// <returns>Why it is not live, in a sentence or two; null when it is.</returns>
    public static (LiveFeed Feed, string? Reason) Judge(Integration integration, LiveSession? session, Instant now, LiveOptions options)
    {
        if (!integration.RealTime)
        {
            return (LiveFeed.Down, "Real time is off for this integration: Five9 is not asked.");
        }

        if (session?.AsOf is not { } asOf)
        {
            return (LiveFeed.Down, session is { Reason.Length: > 0 } ? session.Reason : integration.Paused ? Paused : "Five9 has not told any state yet; it is asked with the next tick.");
        }

        var late = now - asOf - Duration.FromTimeSpan(options.LongPoll) - Usual;
        var missed = Math.Max(session.Missed, late < Duration.Zero ? 0 : (long)(late / Duration.FromTimeSpan(options.Interval)));
        return missed switch
        {
            0 when session.Incomplete => (LiveFeed.Stale, "The newest answer is just being written."),
            0 => (LiveFeed.Live, null),
            < Down => (LiveFeed.Stale, Why(integration, session)),
            _ => (LiveFeed.Down, Why(integration, session)),
        };
    }

    private const string Paused = "The integration is paused: Five9 is not asked until it is resumed.";

    private static string Why(Integration integration, LiveSession session) =>
        integration.Paused ? Paused
        : session.Reason.Length > 0 ? session.Reason
        : $"Five9 answered at {session.AsOf} for the last time, and no poll has come to its end since.";
}
