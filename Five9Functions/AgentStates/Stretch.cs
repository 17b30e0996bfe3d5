using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>A stretch of time in which no state begins or ends.</summary>
/// <param name="Visible">The first of the active states in <see cref="YieldOrder"/>.</param>
/// <param name="Active">The kinds of all active states, that of the visible one included.</param>
internal readonly record struct Stretch(Instant Start, Instant End, BoundedState Visible, KindSet Active);
