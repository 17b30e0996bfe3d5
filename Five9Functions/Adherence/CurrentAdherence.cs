using Five9Functions.AgentStates;
using Five9Functions.RealTime;
using NodaTime;

namespace Five9Functions.Adherence;

/// <summary>What an agent is at this moment.</summary>
/// <param name="Class">Before anything is tolerated.</param>
/// <param name="Since">Since when: of a run its real start. Null where that is not known, or longer ago than a day.</param>
/// <param name="Buffer">The run has not outlasted its tolerance: if it ends now, it counts as adherence.</param>
/// <param name="Scheduled">What the plan says, even where it does not count as scheduled; null for nothing.</param>
/// <param name="State">What the feed tells; null while it is down, or when it never told of this agent.</param>
/// <param name="Activity">What the state stands for; null where it is not mapped, or there is none.</param>
public sealed record AgentNow(string Agent, AdherenceClass Class, Instant? Since, bool Buffer, ScheduledActivity? Scheduled, LiveAgentState? State, string? Activity);

/// <summary>Adherence at this moment, from what the live feed tells. Pure.</summary>
internal static class CurrentAdherence
{
    /// <summary>How far back what is scheduled is looked at.</summary>
    public static readonly Duration Back = Duration.FromDays(1);

    private static readonly Duration Moment = Duration.FromSeconds(1);

    /// <summary>Everybody whom the feed tells of or who is scheduled now, by login (ordinal).</summary>
    /// <param name="scheduled">What reaches into <see cref="Back"/> before now, in any order.</param>
    /// <param name="now">On a whole second.</param>
    public static IReadOnlyList<AgentNow> Of(LivePicture picture, IEnumerable<ScheduledActivity> scheduled, ActivityMap map, Instant now)
    {
        var plans = scheduled.ToLookup(activity => activity.Agent, StringComparer.Ordinal);
        var states = picture.Agents.ToDictionary(state => state.Agent, StringComparer.Ordinal);
        return
        [
            .. states.Keys
                .Union(plans.Where(plan => plan.Any(activity => activity.Start <= now && now < activity.End)).Select(plan => plan.Key), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(agent => Of(agent, picture.Feed, states.GetValueOrDefault(agent), [.. plans[agent].OrderBy(activity => activity.Start)], map, now)),
        ];
    }

    private static AgentNow Of(string agent, LiveFeed feed, LiveAgentState? told, IReadOnlyList<ScheduledActivity> plan, ActivityMap map, Instant now)
    {
        var state = feed == LiveFeed.Down ? null : told;
        var extent = new Interval(now - Back, now + Moment);

        // What was before the present state nobody tells; of whom the feed never told, he did not log in.
        var since = state is null ? extent.Start : Instant.Min(state.Since, now);
        var actual = state is null ? [] : new[] { new ActualState(since, extent.End, StateNames.Read(state.State).Name, state.Reason ?? "", state.Kind, []) };
        var stretches = AdherenceTimeline.Of(new(plan, actual, feed == LiveFeed.Down ? [] : [new Interval(since, extent.End)]), map, extent);
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
