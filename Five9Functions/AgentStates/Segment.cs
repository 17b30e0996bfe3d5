using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>A stretch of an agent's clean timeline within one local day. Segments of one agent never overlap.</summary>
/// <param name="Start">UTC, inclusive.</param>
/// <param name="End">UTC, exclusive; after <paramref name="Start"/>.</param>
/// <param name="ReportedStart">The start of the row (of a state joined at midnight: of its first piece).</param>
/// <param name="ReportedEnd">The end of the row (of a joined state: of its last piece); null when the report gave none.</param>
/// <param name="Adjusted">The segment differs from the reported interval clipped to the local day.</param>
/// <param name="Open">The report gave the state no end before the instant it was run: readers show it as provisional.</param>
/// <param name="AlsoActive">The other kinds that were active under it, by rank, each once, never its own.</param>
/// <param name="ContinuesFromPreviousDay">The state began before this local day and the segment starts with the day.</param>
/// <param name="ContinuesOnNextDay">The state goes on after this local day and the segment ends with the day.</param>
public sealed record Segment(
    string Agent,
    string AgentName,
    string State,
    StateKind Kind,
    string ReasonCode,
    string CallId,
    Instant Start,
    Instant End,
    Instant ReportedStart,
    Instant? ReportedEnd,
    bool Adjusted,
    bool Open,
    IReadOnlyList<StateKind> AlsoActive,
    bool ContinuesFromPreviousDay,
    bool ContinuesOnNextDay);
