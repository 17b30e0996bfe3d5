namespace Five9Functions.AgentStates;

/// <summary>Turns the states that Five9 reported of one agent into one clean timeline: docs/overlap-rules.md.</summary>
public static class AgentTimeline
{
    /// <summary>Part of the inputs of every stored timeline: raise it when the rules change, and every day is derived again.</summary>
    public const int RulesVersion = 1;

    /// <summary>
    /// The timeline of one agent on <paramref name="day"/>. A pure function: no clock, no order of rows, no other agent.
    /// </summary>
    /// <param name="day">The local day to resolve.</param>
    /// <param name="rows">All rows of the one agent in the raw days D-7 to D+1, in any order.</param>
    public static AgentDay Resolve(LocalDay day, IReadOnlyList<ReportedState> rows) => throw new NotSupportedException();
}
