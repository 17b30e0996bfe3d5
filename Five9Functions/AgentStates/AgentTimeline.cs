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
    /// <param name="rows">All rows of the one agent in the raw days D-7 to D+1, in any order; rows of other days are passed over.</param>
    /// <param name="refused">Whether a segment cannot be stored: a row that shows in nothing else then counts as quarantined.</param>
    /// <exception cref="ArgumentException">The rows are those of more than one agent.</exception>
    public static AgentDay Resolve(LocalDay day, IReadOnlyList<ReportedState> rows, Func<Segment, bool>? refused = null)
    {
        RequireOneAgent(rows);
        var days = new ContextDays(day);
        var known = rows.Where(days.Contain).ToList();

        var once = Duplicates.Remove(days, known);
        var whole = MidnightJoin.Join(day, once);
        var states = OpenStates.Close(days, whole);
        var stretches = VisibilitySweep.Run(day, states);
        var segments = DayCut.Segments(day, stretches);

        return new AgentDay(segments, RowClasses.Count(day, known, states, stretches, refused is null ? [] : segments.FindAll(segment => refused(segment))));
    }

    private static void RequireOneAgent(IReadOnlyList<ReportedState> rows)
    {
        if (rows.FirstOrDefault(row => row.Agent != rows[0].Agent) is { } other)
        {
            throw new ArgumentException(
                $"A timeline is that of one agent, but the rows are of '{rows[0].Agent}' and '{other.Agent}': group them by agent first.",
                nameof(rows));
        }
    }
}
