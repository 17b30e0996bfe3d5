using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>The steps of docs/overlap-rules.md as they touch a row or a segment.</summary>
public enum TimelineRule
{
    /// <summary>Duplicates: the same row twice.</summary>
    SameRowTwice,

    /// <summary>Duplicates: a piece from midnight on that another report told uncut.</summary>
    ReopenedPiece,

    /// <summary>Join at midnight: a report cut the state there, and it is one again.</summary>
    JoinedAtMidnight,

    /// <summary>Close open states: a logout ended it.</summary>
    EndedByLogout,

    /// <summary>Close open states: it runs to the instant that the report was run, or to the end of its local day.</summary>
    StillOpen,

    /// <summary>Close open states: it has no length and hides nothing.</summary>
    NoLength,

    /// <summary>Resolve: another state was visible before the segment began.</summary>
    YieldsAtStart,

    /// <summary>Resolve: another state is visible after the segment ends.</summary>
    YieldsAtEnd,

    /// <summary>Resolve: others were visible all the time.</summary>
    AlwaysUnder,

    /// <summary>Cut at local midnight.</summary>
    CutAtMidnight,
}

/// <summary>A rule that changed something.</summary>
/// <param name="At">The instant that it is about; null where it is about the whole row.</param>
/// <param name="By">The row whose state is visible instead, or that is kept; null for none.</param>
/// <param name="Because">What makes that one visible; null where nothing yields.</param>
public sealed record AppliedRule(TimelineRule Rule, Instant? At = null, ReportedState? By = null, YieldReason? Because = null);

/// <summary>A segment with the rows that it was made of and all rules that changed what these say; none where it is as reported.</summary>
public sealed record ExplainedSegment(Segment Segment, IReadOnlyList<ReportedState> Rows, IReadOnlyList<AppliedRule> Rules);

/// <summary>What became of a row that shows nowhere.</summary>
public enum HiddenClass
{
    Absorbed,
    Duplicate,
    Marker,
}

/// <summary>A row of the day that shows nowhere, and why.</summary>
public sealed record HiddenRow(ReportedState Row, HiddenClass Class, IReadOnlyList<AppliedRule> Rules);

/// <summary>One agent's local day explained: the segments by start, and the rows of the raw day that show nowhere, by start.</summary>
public sealed record ExplainedDay(IReadOnlyList<ExplainedSegment> Segments, IReadOnlyList<HiddenRow> Hidden);
