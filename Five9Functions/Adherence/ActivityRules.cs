using NodaTime;

namespace Five9Functions.Adherence;

/// <summary>Which states count where several are active at once.</summary>
public enum ParallelStates
{
    /// <summary>Only the one that the timeline shows.</summary>
    Visible,

    /// <summary>One that is active under it is enough, if it matches.</summary>
    Any,
}

/// <summary>An activity that states stand for.</summary>
public sealed record KnownActivity(string Name, ActivityType Type);

/// <summary>Which states stand for an activity: those of a name, with or without a reason code, or all of a kind.</summary>
/// <param name="State">Null when <paramref name="Kind"/> is given.</param>
/// <param name="Reason">Null for any; empty for none.</param>
public sealed record StateActivity(string Activity, string? State, string? Reason, AgentStates.StateKind? Kind);

/// <summary>What satisfies a scheduled activity.</summary>
/// <param name="Scheduled">As planning calls it.</param>
/// <param name="Accepts">Names of actual activities.</param>
public sealed record ActivityMatch(string Scheduled, IReadOnlyList<string> Accepts);

/// <summary>How long a run may last and still count as adherence.</summary>
public sealed record Tolerances(Duration NotPresent, Duration Wrong, Duration NotScheduled)
{
    /// <summary>How far beyond a window its states have to be known: a run that reaches further is out, however long it is.</summary>
    public static readonly Duration Max = Duration.FromHours(1);

    public static readonly Tolerances None = new(Duration.Zero, Duration.Zero, Duration.Zero);
}

/// <summary>By what an integration's adherence is judged. It is applied on reading: a change changes the past as well.</summary>
public sealed record ActivityRules(
    IReadOnlyList<KnownActivity> Activities, IReadOnlyList<StateActivity> States, IReadOnlyList<ActivityMatch> Matches, ParallelStates Parallel, Tolerances Tolerances)
{
    /// <summary>Those of an integration that nobody has told any: every state is unmapped, and nothing is tolerated.</summary>
    public static readonly ActivityRules None = new([], [], [], ParallelStates.Visible, Tolerances.None);
}
