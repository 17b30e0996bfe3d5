using Five9Functions.Time;
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
        var resolved = ResolvedDay.Of(day, rows);
        var segments = DayCut.Segments(day, resolved.Stretches);
        return new AgentDay(segments, RowClasses.Count(day, resolved.Known, resolved.States, resolved.Stretches, refused is null ? [] : segments.FindAll(segment => refused(segment))));
    }

    /// <summary>The same timeline, and for each segment and each row of the day what the rules made of it.</summary>
    /// <inheritdoc cref="Resolve" path="/param"/>
    /// <inheritdoc cref="Resolve" path="/exception"/>
    public static ExplainedDay Explain(LocalDay day, IReadOnlyList<ReportedState> rows) => TimelineExplanation.Of(day, ResolvedDay.Of(day, rows));
}
