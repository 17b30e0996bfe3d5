using Five9Functions.Adherence;
using Five9Functions.AgentStates;
using Five9Functions.Queries;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Api.Adherence;

/// <summary>What adherence is judged by, as it is answered; it can be sent back.</summary>
/// <param name="Unmapped">Null where it was not asked for.</param>
internal sealed record ActivitiesView(
    int Version,
    ParallelStates Parallel,
    TolerancesBody Tolerances,
    IReadOnlyList<ActivityBody> Activities,
    IReadOnlyList<StateBody> States,
    IReadOnlyList<MatchBody> Matches,
    UnmappedView? Unmapped)
{
    public static ActivitiesView Of(VersionedRules versioned, UnmappedView? unmapped)
    {
        var rules = versioned.Rules;
        return new(
            versioned.Version,
            rules.Parallel,
            new((int)rules.Tolerances.NotPresent.TotalSeconds, (int)rules.Tolerances.Wrong.TotalSeconds, (int)rules.Tolerances.NotScheduled.TotalSeconds),
            [.. rules.Activities.Select(a => new ActivityBody(a.Name, a.Type))],
            [.. rules.States.Select(s => new StateBody(s.State, s.Reason, s.Kind is { } kind ? StateKinds.Word(kind) : null, s.Activity))],
            [.. rules.Matches.Select(m => new MatchBody(m.Scheduled, m.Accepts))],
            unmapped);
    }
}

/// <summary>The states that stand for nothing yet, those first in which the most time was spent.</summary>
internal sealed record UnmappedView(Instant From, Instant To, IReadOnlyList<UnmappedState> States);

/// <summary>A state that stands for nothing yet.</summary>
/// <param name="Minutes">Of all agents, to a tenth.</param>
internal sealed record UnmappedState(string State, string Reason, string Kind, decimal Minutes)
{
    public static UnmappedState Of(StateTime time) => new(time.State, time.Reason, StateKinds.Word(time.Kind), Math.Round(time.Seconds / 60m, 1, MidpointRounding.AwayFromZero));
}
