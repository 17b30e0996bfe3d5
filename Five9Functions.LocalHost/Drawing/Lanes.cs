using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>Puts states into lanes: one for each state, and another where two of the same state lie over each other.</summary>
internal static class Lanes
{
    /// <summary>Lanes by their first start, the longer first.</summary>
    public static IReadOnlyList<IReadOnlyList<ReportedState>> Of(IEnumerable<ReportedState> states)
    {
        var lanes = new List<List<ReportedState>>();
        foreach (var state in states.OrderBy(s => s.Start).ThenByDescending(End))
        {
            if (lanes.Find(lane => lane[0].State == state.State && End(lane[^1]) <= state.Start) is { } lane)
            {
                lane.Add(state);
            }
            else
            {
                lanes.Add([state]);
            }
        }

        return lanes;
    }

    private static Instant End(ReportedState state) => state.End ?? Instant.MaxValue;
}
