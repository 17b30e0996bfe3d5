namespace Five9Functions.AgentStates;

/// <summary>
/// Who is visible when several states are active: the first in this order; the others yield. Total, and blind to the order of the rows.
/// Lengths are the original ones, never what is left of them.
/// </summary>
internal sealed class YieldOrder : IComparer<BoundedState>
{
    public static readonly YieldOrder Instance = new();

    public int Compare(BoundedState? x, BoundedState? y)
    {
        if (ReferenceEquals(x, y))
        {
            return 0;
        }

        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);

        var order = x.Open.CompareTo(y.Open);
        order = order != 0 ? order : ByLength(x, y);
        order = order != 0 ? order : x.Whole.Kind.CompareTo(y.Whole.Kind);
        order = order != 0 ? order : string.CompareOrdinal(x.Whole.First.State, y.Whole.First.State);
        order = order != 0 ? order : string.CompareOrdinal(x.Whole.First.ReasonCode, y.Whole.First.ReasonCode);
        order = order != 0 ? order : string.CompareOrdinal(x.Whole.First.CallId, y.Whole.First.CallId);
        order = order != 0 ? order : string.CompareOrdinal(x.Whole.First.Canonical, y.Whole.First.Canonical);

        // Rows that a canonical form cannot tell apart still differ in their end, or one of them would be a duplicate.
        return order != 0 ? order : Nullable.Compare(x.Whole.ReportedEnd, y.Whole.ReportedEnd);
    }

    /// <summary>Both open or both closed. How long an open state will be is not known: the one that began later is taken for the shorter.</summary>
    private static int ByLength(BoundedState x, BoundedState y)
    {
        if (x.Open)
        {
            return y.Start.CompareTo(x.Start);
        }

        var order = x.Length.CompareTo(y.Length);
        return order != 0 ? order : x.Start.CompareTo(y.Start);
    }
}
