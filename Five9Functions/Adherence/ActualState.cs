using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.Adherence;

/// <summary>A state that an agent was in. Those of one agent never overlap.</summary>
/// <param name="Start">UTC, whole seconds, inclusive.</param>
/// <param name="End">UTC, whole seconds, exclusive.</param>
/// <param name="Reason">The reason code; empty for none.</param>
/// <param name="AlsoActive">The kinds that were active under it.</param>
public sealed record ActualState(Instant Start, Instant End, string State, string Reason, StateKind Kind, IReadOnlyList<StateKind> AlsoActive)
{
    public static ActualState Of(Segment segment) => new(segment.Start, segment.End, segment.State, segment.ReasonCode, segment.Kind, segment.AlsoActive);
}
