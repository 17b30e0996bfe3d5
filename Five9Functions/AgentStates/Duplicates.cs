using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>Step 1: what Five9 told twice counts once.</summary>
internal static class Duplicates
{
    /// <summary>
    /// The rows without the duplicates, in an order that depends on their content alone: no later step can see the order of the input.
    /// </summary>
    public static List<ReportedState> Remove(ContextDays days, IEnumerable<ReportedState> rows)
    {
        var ordered = rows.ToList();
        ordered.Sort(ByContent);

        var once = new List<ReportedState>(ordered.Count);
        foreach (var row in ordered)
        {
            if (once.Count == 0 || !SameState(once[^1], row))
            {
                once.Add(row);
            }
        }

        return WithoutReopenedPieces(days, once);
    }

    /// <summary>
    /// One report cuts a state at local midnight, another one of the day before does not: the piece from midnight on is told by both.
    /// Judged on reported ends: an open state without one runs no further than its own day, so nothing of the next day lies inside it.
    /// </summary>
    private static List<ReportedState> WithoutReopenedPieces(ContextDays days, List<ReportedState> rows)
    {
        var earliestStart = new Dictionary<(string, string, string, Instant), Instant>();
        foreach (var row in rows)
        {
            // Sorted: of rows with one key, the first one seen starts first.
            if (row.End is { } end)
            {
                earliestStart.TryAdd((row.State, row.ReasonCode, row.CallId, end), row.Start);
            }
        }

        return rows.FindAll(row =>
            row.Start != days.Of(row).Start
            || !(row.End > row.Start)
            || earliestStart[(row.State, row.ReasonCode, row.CallId, row.End.Value)] == row.Start);
    }

    private static bool SameState(ReportedState one, ReportedState other) =>
        one.Start == other.Start
        && one.End == other.End
        && one.State == other.State
        && one.ReasonCode == other.ReasonCode
        && one.CallId == other.CallId;

    private static int ByContent(ReportedState one, ReportedState other)
    {
        var order = one.Start.CompareTo(other.Start);
        order = order != 0 ? order : string.CompareOrdinal(one.State, other.State);
        order = order != 0 ? order : string.CompareOrdinal(one.ReasonCode, other.ReasonCode);
        order = order != 0 ? order : string.CompareOrdinal(one.CallId, other.CallId);
        order = order != 0 ? order : Nullable.Compare(one.End, other.End);
        order = order != 0 ? order : string.CompareOrdinal(one.Canonical, other.Canonical);

        // Equal so far means the same row of the same raw day; the rest only keeps the order total for any input.
        order = order != 0 ? order : other.AsOf.CompareTo(one.AsOf);
        return order != 0 ? order : string.CompareOrdinal(one.AgentName, other.AgentName);
    }
}
