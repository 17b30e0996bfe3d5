using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>
/// Step 2: the report ends every state at local midnight and opens it again at 00:00:00. Lengths decide who is visible,
/// so the pieces are put together first; over the two midnights of one day only, which bounds what a day depends on.
/// </summary>
internal static class MidnightJoin
{
    public static List<WholeState> Join(LocalDay day, IEnumerable<ReportedState> rows)
    {
        var states = rows.Select(row => new WholeState(row)).ToList();
        return JoinAt(day.End, JoinAt(day.Start, states));
    }

    private static List<WholeState> JoinAt(Instant midnight, List<WholeState> states)
    {
        // The longest piece of either side first; no end at all is the longest. A moment is no piece of anything.
        var reopened = states
            .Where(state => state.Start == midnight && !state.IsMoment)
            .OrderByDescending(state => state.ReportedEnd ?? Instant.MaxValue)
            .GroupBy(Key)
            .ToDictionary(group => group.Key, group => new Queue<WholeState>(group));
        if (reopened.Count == 0)
        {
            return states;
        }

        var next = new Dictionary<WholeState, WholeState>();
        foreach (var cut in states.Where(state => state.ReportedEnd == midnight && !state.IsMoment).OrderBy(state => state.Start))
        {
            if (reopened.TryGetValue(Key(cut), out var waiting) && waiting.TryDequeue(out var piece))
            {
                next.Add(cut, piece);
            }
        }

        var taken = next.Values.ToHashSet();
        return states
            .Where(state => !taken.Contains(state))
            .Select(state => next.TryGetValue(state, out var piece) ? state.Then(piece) : state)
            .ToList();
    }

    private static (string, string, string) Key(WholeState state) => (state.First.State, state.First.ReasonCode, state.First.CallId);
}
