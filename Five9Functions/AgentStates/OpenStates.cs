using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>
/// Step 3: gives every state an end. An open one runs to the instant at which its report was run, and at most to the end of its local day;
/// a logout ends it there and then, as if the report had said so.
/// </summary>
internal static class OpenStates
{
    public static List<BoundedState> Close(ContextDays days, IReadOnlyList<WholeState> states)
    {
        var logouts = states
            .Where(state => state.Kind == StateKind.LoggedOut)
            .Select(state => state.Start)
            .Order()
            .ToList();

        return states.Select(state => Bound(days, state, logouts)).ToList();
    }

    private static BoundedState Bound(ContextDays days, WholeState state, List<Instant> logouts)
    {
        if (state.IsMoment)
        {
            return new BoundedState(state, state.Start, open: false);
        }

        if (state.ReportedEnd is { } end && end < state.Last.AsOf)
        {
            return new BoundedState(state, end, open: false);
        }

        var sight = EndOfSight(days, state);
        return LogoutOf(state, logouts) is { } logout && logout <= sight
            ? new BoundedState(state, logout, open: false)
            : new BoundedState(state, sight, open: true);
    }

    /// <summary>The last piece knows, unless it was told by a report that was run before it began: nothing of that one is seen.</summary>
    private static Instant EndOfSight(ContextDays days, WholeState state)
    {
        var piece = state.Pieces.LastOrDefault(p => p.Start < p.AsOf) ?? state.First;
        var asOf = Instant.FromUnixTimeSeconds(piece.AsOf.ToUnixTimeSeconds());
        return Instant.Max(piece.Start, Instant.Min(asOf, days.Of(piece).End));
    }

    /// <summary>The first logout since the state began. One logout does not end another of the same instant, nor itself.</summary>
    private static Instant? LogoutOf(WholeState state, List<Instant> logouts)
    {
        var from = state.Kind == StateKind.LoggedOut ? state.Start + Duration.Epsilon : state.Start;
        var index = logouts.BinarySearch(from);
        if (index < 0)
        {
            index = ~index;
        }

        return index < logouts.Count ? logouts[index] : null;
    }
}
