namespace Five9Functions.AgentStates;

/// <summary>One agent's local day: the clean timeline, ordered by start, and what became of the rows of that raw day.</summary>
public sealed record AgentDay(IReadOnlyList<Segment> Segments, RowAccounting Rows);
