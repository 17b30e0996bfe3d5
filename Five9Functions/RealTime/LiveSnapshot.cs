using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>What Five9's supervisor service told of one agent last. Times are UTC, to the second.</summary>
/// <param name="Agent">The login name, as the agent-state report writes it (column AGENT; here: Username).</param>
/// <param name="State">As Five9 wrote it.</param>
/// <param name="Reason">The reason code; null for none.</param>
/// <param name="CallType">Null outside a call.</param>
/// <param name="Campaign">Null outside a call.</param>
/// <param name="Since">When the state began, by Five9's clock.</param>
/// <param name="AsOf">When Five9 told it.</param>
public sealed record LiveAgentState(string Agent, string State, StateKind Kind, string? Reason, string? CallType, string? Campaign, Instant Since, Instant AsOf)
{
    /// <summary>What was told before this state; null for nothing that is known.</summary>
    public EarlierLiveState? Before { get; init; }
}

/// <summary>A state that an agent has left, as far as the last hour goes.</summary>
/// <param name="Until">Where the next one began; earlier where nobody saw what was between them.</param>
/// <param name="Before">The one before it.</param>
public sealed record EarlierLiveState(string State, StateKind Kind, string? Reason, Instant Since, Instant Until, EarlierLiveState? Before);

/// <summary>How far the states can be believed.</summary>
public enum LiveFeed
{
    /// <summary>They are those of now.</summary>
    Live,

    /// <summary>They are those of the last answer, one or two polls ago.</summary>
    Stale,

    /// <summary>Nobody knows who is in which state.</summary>
    Down,
}

/// <summary>Who is in which state right now.</summary>
/// <param name="AsOf">When Five9 last answered; null when it never did.</param>
/// <param name="Reason">Why the feed is not live, in one sentence; null when it is.</param>
/// <param name="Agents">In the order of their names. While the feed is down, those who were known last, all of the kind <see cref="StateKind.Unknown"/> since then.</param>
public sealed record LiveSnapshot(Instant? AsOf, LiveFeed Feed, string? Reason, IReadOnlyList<LiveAgentState> Agents);
