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

        return Decide(x, y).Order;
    }

    /// <summary>What makes one of two states visible over the other.</summary>
    public static YieldReason ReasonOf(BoundedState visible, BoundedState other) => Decide(visible, other).Reason;

    private static (int Order, YieldReason Reason) Decide(BoundedState x, BoundedState y)
    {
        if (x.Open != y.Open)
        {
            return (x.Open.CompareTo(y.Open), YieldReason.Closed);
        }

        // How long an open state will be is not known: the one that began later is taken for the shorter.
        var order = x.Open ? y.Start.CompareTo(x.Start) : x.Length.CompareTo(y.Length);
        if (order != 0)
        {
            return (order, YieldReason.Shorter);
        }

        order = x.Start.CompareTo(y.Start);
        if (order != 0)
        {
            return (order, YieldReason.Earlier);
        }

        order = x.Whole.Kind.CompareTo(y.Whole.Kind);
        return order != 0 ? (order, YieldReason.BetterRank) : (ByText(x.Whole, y.Whole), YieldReason.Text);
    }

    private static int ByText(WholeState x, WholeState y)
    {
        var order = string.CompareOrdinal(x.First.State, y.First.State);
        order = order != 0 ? order : string.CompareOrdinal(x.First.ReasonCode, y.First.ReasonCode);
        order = order != 0 ? order : string.CompareOrdinal(x.First.CallId, y.First.CallId);
        order = order != 0 ? order : string.CompareOrdinal(x.First.Canonical, y.First.Canonical);

        // Rows that a canonical form cannot tell apart still differ in their end, or one of them would be a duplicate.
        return order != 0 ? order : Nullable.Compare(x.ReportedEnd, y.ReportedEnd);
    }
}

/// <summary>What decides which of two states is visible: the lines of the order in docs/overlap-rules.md.</summary>
public enum YieldReason
{
    /// <summary>The other one is open.</summary>
    Closed,

    /// <summary>Its length is shorter; of two open ones, it began later.</summary>
    Shorter,

    Earlier,

    BetterRank,

    /// <summary>All else is equal: state, reason code, call id, then the row.</summary>
    Text,
}
