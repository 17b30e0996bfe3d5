using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>
/// Keeps the states that agents have left, for as long as a report of them may not be there yet: adherence of now has to know where a run
/// began, and the feed tells the present state alone. Pure.
/// </summary>
internal static class LiveHistory
{
    private const int Max = 30;

    // No tolerance is longer, so of a run that is older than this it does not matter with which state it began.
    private static readonly Duration Kept = Duration.FromMinutes(65);

    // As long as a feed counts as fresh: what was between two states of which one is told after a longer gap, nobody knows.
    private static readonly Duration Unseen = Duration.FromMinutes(1);

    /// <param name="was">The agent's state as it was stored; null for an agent who is new.</param>
    /// <param name="seen">When Five9 last said that it was so.</param>
    public static LiveAgentState After(LiveAgentState? was, LiveAgentState next, Instant seen)
    {
        if (was is null || next.Since < was.Since || (next.Since == was.Since && next.State == was.State))
        {
            return next with { Before = Ended(was?.Before, next.Since) };
        }

        var until = next.Since - seen <= Unseen ? next.Since : Instant.Max(Second(seen), was.Since);
        return next with { Before = IsToldBeforeItsTime(was, next, seen) ? was.Before! with { Until = until } : Newest(new(was.State, was.Kind, was.Reason, was.Since, until, was.Before), next.Since - Kept, Max) };
    }

    // The answer just before this one told the state with the time of the one that it followed, and this one tells its own.
    private static bool IsToldBeforeItsTime(LiveAgentState was, LiveAgentState next, Instant seen) =>
        next.State == was.State && was.AsOf == Second(seen) && was.Before is { } left && left.Since == was.Since && left.Until == was.Since;

    // When a state began can be told after the state itself: then the one before ended earlier than it seemed.
    private static EarlierLiveState? Ended(EarlierLiveState? state, Instant at) =>
        state is null || state.Until <= at ? state : state.Since < at ? state with { Until = at } : Ended(state.Before, at);

    private static Instant Second(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private static EarlierLiveState? Newest(EarlierLiveState? state, Instant since, int left) =>
        state is null || state.Until <= since || left == 0 ? null : state with { Before = Newest(state.Before, since, left - 1) };
}
