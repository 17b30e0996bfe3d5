namespace Five9Functions.Calls;

/// <summary>What Five9 told twice counts once.</summary>
internal static class ExactTwins
{
    /// <summary>The legs without the twins, in <see cref="LegOrder"/>.</summary>
    public static List<CallLeg> Remove(List<CallLeg> legs)
    {
        legs.Sort(LegOrder.Instance);
        var once = new List<CallLeg>(legs.Count);
        foreach (var leg in legs)
        {
            // The fingerprint comes last in the order: twins lie side by side.
            if (once.Count == 0 || once[^1].Row != leg.Row || once[^1].Start != leg.Start)
            {
                once.Add(leg);
            }
        }

        return once;
    }
}
