using Five9Functions.Time;
namespace Five9Functions.AgentStates;

/// <summary>Says of each row of one raw day what became of it. All pieces of a joined state take the class of the state.</summary>
internal static class RowClasses
{
    /// <param name="rows">The rows as they came, duplicates included.</param>
    /// <param name="states">What the rows that are no duplicates became.</param>
    /// <param name="stretches">Everything that is visible, on whatever day: a row counts as visible if it shows anywhere.</param>
    /// <param name="refused">Segments of the day that cannot be stored: what shows there alone is quarantined.</param>
    public static RowAccounting Count(
        LocalDay day,
        IEnumerable<ReportedState> rows,
        IEnumerable<BoundedState> states,
        IReadOnlyCollection<Stretch> stretches,
        IReadOnlyCollection<Segment> refused)
    {
        var visible = stretches.Where(IsStored).Select(stretch => stretch.Visible).ToHashSet();
        var hidden = refused.Count == 0 ? [] : stretches.Select(stretch => stretch.Visible).ToHashSet();
        var sum = new RowAccounting();
        foreach (var state in states)
        {
            var own = state.Whole.Pieces.Count(OfTheDay);
            sum += state.IsMarker ? new RowAccounting { Marker = own }
                : visible.Contains(state) ? new RowAccounting { Visible = own }
                : hidden.Contains(state) ? new RowAccounting { Quarantined = own }
                : new RowAccounting { Absorbed = own };
        }

        return sum with { Duplicate = rows.Count(OfTheDay) - sum.Rows };

        bool IsStored(Stretch stretch) => !refused.Any(segment => segment.Start <= stretch.Start && stretch.End <= segment.End);

        bool OfTheDay(ReportedState row) => row.Day == day.Date;
    }
}
