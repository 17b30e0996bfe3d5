using NodaTime;

namespace Five9Functions.Adherence;

/// <summary>What an agent is planned to do. Those of one agent never overlap.</summary>
/// <param name="Agent">The login, as the agent-state report writes it.</param>
/// <param name="Activity">As planning calls it.</param>
/// <param name="Start">UTC, whole seconds, inclusive.</param>
/// <param name="End">UTC, whole seconds, exclusive; after <paramref name="Start"/>.</param>
public sealed record ScheduledActivity(string Agent, string Activity, ActivityType Type, Instant Start, Instant End)
{
    /// <summary>How long one may be: a local day when the clocks go back. So it is known how far back one may begin that reaches into a window.</summary>
    public static readonly Duration MaxLength = Duration.FromHours(25);
}
