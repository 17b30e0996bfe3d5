using Five9Functions.Adherence;
using Five9Functions.AgentStates;
using Five9Functions.RealTime;
using NodaTime;

namespace Five9Functions.Queries;

/// <summary>What an agent is at this moment.</summary>
/// <param name="Class">Before anything is tolerated.</param>
/// <param name="Since">Since when: of a run its real start. Null where that is not known, or longer ago than a day.</param>
/// <param name="Buffer">The run has not outlasted its tolerance: if it ends now, it counts as adherence.</param>
/// <param name="Scheduled">What the plan says, even where it does not count as scheduled; null for nothing.</param>
/// <param name="State">What the feed tells; null while it is down, or when it never told of this agent.</param>
/// <param name="Activity">What the state stands for; null where it is not mapped, or there is none.</param>
public sealed record AgentNow(string Agent, AdherenceClass Class, Instant? Since, bool Buffer, ScheduledActivity? Scheduled, LiveAgentState? State, string? Activity);

/// <summary>What is known of the time before the states that the feed tells: what was read of the past.</summary>
/// <param name="States">By agent, in order of time.</param>
/// <param name="Known">Where they are known, in order of time.</param>
internal sealed record EarlierStates(IReadOnlyDictionary<string, IReadOnlyList<ActualState>> States, IReadOnlyList<Interval> Known)
{
    public static readonly EarlierStates None = new(new Dictionary<string, IReadOnlyList<ActualState>>(), []);
}

/// <summary>Adherence at this moment, from what the live feed tells. Pure.</summary>
internal static class CurrentAdherence
{
    /// <summary>How far back what is scheduled is looked at.</summary>
    public static readonly Duration Back = Duration.FromDays(1);

    private static readonly Duration Moment = Duration.FromSeconds(1);

    /// <summary>Everybody whom the feed tells of or who is scheduled now, by login (ordinal).</summary>
    /// <param name="scheduled">What reaches into <see cref="Back"/> before now, in any order.</param>
    /// <param name="now">On a whole second.</param>
    /// <param name="earlier">The feed tells the present state alone: a run may have begun before it.</param>
    public static IReadOnlyList<AgentNow> Of(LiveSnapshot picture, IEnumerable<ScheduledActivity> scheduled, ActivityMap map, Instant now, EarlierStates earlier)
    {
        var plans = scheduled.ToLookup(activity => activity.Agent, StringComparer.Ordinal);
        var states = picture.Agents.ToDictionary(state => state.Agent, StringComparer.Ordinal);
        return
        [
            .. states.Keys
                .Union(plans.Where(plan => plan.Any(activity => activity.Start <= now && now < activity.End)).Select(plan => plan.Key), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(agent => Of(agent, picture.Feed, states.GetValueOrDefault(agent), [.. plans[agent].OrderBy(activity => activity.Start)], map, now, earlier)),
        ];
    }

    /// <summary>Whether a run begins with the first state that the feed told, so that it may have begun before.</summary>
    public static bool MayHaveBegunBefore(AgentNow agent, Tolerances tolerances) =>
        agent.State is { } state && agent.Since == Earliest(state) && AdherenceTimeline.ToleranceOf(agent.Class, tolerances) is not null;

    private static Instant Earliest(LiveAgentState state)
    {
        var since = state.Since;
        for (var before = state.Before; before is not null; before = before.Before)
        {
            since = before.Since;
        }

        return since;
    }

    /// <summary>What the feed told of an agent, in order of time; the present state up to the end.</summary>
    private static List<ActualState> Told(LiveAgentState state, Interval extent)
    {
        var since = Instant.Min(state.Since, extent.End - Moment);
        var told = new List<ActualState> { Actual(state.State, state.Reason, state.Kind, since, extent.End) };
        for (var before = state.Before; before is not null && before.Until <= told[^1].Start; before = before.Before)
        {
            if (before.Since < before.Until)
            {
                told.Add(Actual(before.State, before.Reason, before.Kind, before.Since, before.Until));
            }
            else if (before.Until < told[^1].Start)
            {
                break; // nobody saw anything of it
            }
        }

        told.Reverse();
        return told;

        static ActualState Actual(string state, string? reason, StateKind kind, Instant start, Instant end) => new(start, end, StateNames.Read(state).Name, reason ?? "", kind, []);
    }

    private static AgentNow Of(string agent, LiveFeed feed, LiveAgentState? ofFeed, IReadOnlyList<ScheduledActivity> plan, ActivityMap map, Instant now, EarlierStates earlier)
    {
        var state = feed == LiveFeed.Down ? null : ofFeed;
        var extent = new Interval(now - Back, now + Moment);

        // Of whom the feed never told, he did not log in.
        List<ActualState> actual = state is null ? [] : Told(state, extent);
        var first = actual is [var oldest, ..] ? oldest.Start : extent.Start;
        var before = earlier.States.GetValueOrDefault(agent, []).Where(s => s.Start < first).Select(s => s with { End = Instant.Min(s.End, first) });
        var read = earlier.States.ContainsKey(agent) ? earlier.Known.Where(i => i.Start < first).Select(i => new Interval(i.Start, Instant.Min(i.End, first))) : [];
        IEnumerable<Interval> told = state is null ? [extent] : actual.Select(s => new Interval(s.Start, s.End));
        var stretches = AdherenceTimeline.Of(new(plan, [.. before, .. actual], feed == LiveFeed.Down ? [] : [.. read, .. told]), map, extent);
        var present = stretches[^1];
        var began = present.Run?.Start ?? stretches.Reverse().TakeWhile(stretch => stretch.Class == present.Class).Last().Start;
        return new(
            agent,
            present.Class,
            feed == LiveFeed.Down || began == extent.Start ? null : began,
            present.Run is { } run && now - run.Start <= AdherenceTimeline.ToleranceOf(run.BeganAs, map.Rules.Tolerances),
            present.Scheduled,
            state,
            present.Activity);
    }
}
