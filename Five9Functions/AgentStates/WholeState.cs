using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>A state as the agent lived it: one reported row, or the two or three that the report cut it into at local midnights.</summary>
internal sealed class WholeState(params ReportedState[] pieces)
{
    public IReadOnlyList<ReportedState> Pieces => pieces;

    public ReportedState First => pieces[0];

    /// <summary>The piece that knows how the state ended, and when the report that says so was run.</summary>
    public ReportedState Last => pieces[^1];

    public StateKind Kind => First.Kind;

    public Instant Start => First.Start;

    public Instant? ReportedEnd => Last.End;

    /// <summary>
    /// A state of no length: kept and counted, covers nothing. So is a logout without a length, whatever follows it:
    /// the agent is gone, and the time after is nobody's.
    /// </summary>
    public bool IsMoment => ReportedEnd == Start || (Kind == StateKind.LoggedOut && ReportedEnd is null);

    public WholeState Then(WholeState next) => new([.. pieces, .. next.Pieces]);
}
