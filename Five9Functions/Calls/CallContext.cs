using NodaTime;

namespace Five9Functions.Calls;

/// <summary>
/// The raw days D-2 to D+1: all that the calls of D may depend on. A call reaches over at most one local midnight. A CALL ID that has
/// legs on two days running is one call, which began on the first; a third day running begins a call of its own, and so does each after.
/// D-2 only tells whether D-1 was already the second.
/// </summary>
/// <remarks>The other way round: legs of a day L can change the figures of L-1 to L+2.</remarks>
public static class CallContext
{
    public const int Before = 2;
    public const int After = 1;

    /// <summary>The legs of the call that the legs of <paramref name="day"/> belong to; none when it has no leg on that day.</summary>
    /// <param name="legs">All legs of one CALL ID in the raw days D-2 to D+1; legs of other days are passed over.</param>
    internal static List<CallLeg> CallOf(LocalDate day, IReadOnlyList<CallLeg> legs)
    {
        if (!HasLegs(0))
        {
            return [];
        }

        var (first, last) = !HasLegs(-1) ? (day, day.PlusDays(1))
            : !HasLegs(-2) ? (day.PlusDays(-1), day)
            : (day, day);
        return [.. legs.Where(leg => first <= leg.Day && leg.Day <= last)];

        bool HasLegs(int days) => legs.Any(leg => leg.Day == day.PlusDays(days));
    }
}
