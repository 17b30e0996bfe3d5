using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>A state that has an end: its own, or the one that step 3 gave it. Half-open, like every interval here.</summary>
/// <param name="end">Never before the start.</param>
/// <param name="open">The end is only how far the report could see.</param>
internal sealed class BoundedState(WholeState whole, Instant end, bool open)
{
    public WholeState Whole => whole;

    public Instant Start => whole.Start;

    public Instant End => end;

    public bool Open => open;

    public Duration Length => end - whole.Start;

    /// <summary>No length: hides nothing, splits nothing, has no segment.</summary>
    public bool IsMarker => end == whole.Start;
}
