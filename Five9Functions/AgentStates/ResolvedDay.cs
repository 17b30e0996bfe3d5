using Five9Functions.Time;
namespace Five9Functions.AgentStates;

/// <summary>All that the steps of docs/overlap-rules.md find out on the way to a timeline.</summary>
/// <param name="Known">The rows of the days that count, as they came.</param>
/// <param name="Once">Those of them that are no duplicates.</param>
/// <param name="States">What they became.</param>
/// <param name="Stretches">What is visible, on whatever day.</param>
internal sealed record ResolvedDay(IReadOnlyList<ReportedState> Known, IReadOnlyList<ReportedState> Once, IReadOnlyList<BoundedState> States, IReadOnlyList<Stretch> Stretches)
{
    /// <exception cref="ArgumentException">The rows are those of more than one agent.</exception>
    public static ResolvedDay Of(LocalDay day, IReadOnlyList<ReportedState> rows)
    {
        RequireOneAgent(rows);
        var days = new ContextDays(day);
        var known = rows.Where(days.Contain).ToList();

        var once = Duplicates.Remove(days, known);
        var whole = MidnightJoin.Join(day, once);
        var states = OpenStates.Close(days, whole);
        return new(known, once, states, VisibilitySweep.Run(day, states));
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
