namespace Five9Functions.Calls;

/// <summary>
/// The order of a call's legs: start, type, agent, then the rest of the row. Total for rows that differ, and blind to their place in
/// the report. SKILL and what a custom copy adds come after all that the standard report has, so both reports are in one order.
/// </summary>
internal sealed class LegOrder : IComparer<CallLeg>
{
    public static readonly LegOrder Instance = new();

    public int Compare(CallLeg? x, CallLeg? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);

        var order = x.Start.CompareTo(y.Start);
        order = order != 0 ? order : string.Compare(x.TypeName, y.TypeName, StringComparison.OrdinalIgnoreCase);
        order = order != 0 ? order : string.CompareOrdinal(x.Agent, y.Agent);
        order = order != 0 ? order : string.CompareOrdinal(x.Campaign, y.Campaign);
        order = order != 0 ? order : x.QueueWait.CompareTo(y.QueueWait);
        order = order != 0 ? order : x.Ring.CompareTo(y.Ring);
        order = order != 0 ? order : x.Talk.CompareTo(y.Talk);
        order = order != 0 ? order : x.Hold.CompareTo(y.Hold);
        order = order != 0 ? order : x.Park.CompareTo(y.Park);
        order = order != 0 ? order : x.AfterCallWork.CompareTo(y.AfterCallWork);
        order = order != 0 ? order : x.Abandoned.CompareTo(y.Abandoned);
        order = order != 0 ? order : Nullable.Compare(x.Handle, y.Handle);
        order = order != 0 ? order : Nullable.Compare(x.SpeedOfAnswer, y.SpeedOfAnswer);
        order = order != 0 ? order : Nullable.Compare(x.TimeToAbandon, y.TimeToAbandon);
        order = order != 0 ? order : string.CompareOrdinal(x.Skill, y.Skill);
        return order != 0 ? order : x.Row.CompareTo(y.Row);
    }
}
