using Five9Functions.Five9.Soap;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>How much of Five9's quota history may take: what is left belongs to the imports of today. Pure.</summary>
internal static class BackfillShare
{
    /// <summary>When backfill may run reports again; null: now.</summary>
    /// <param name="counters">What the user has used so far, whoever used it.</param>
    /// <param name="reservePercent">Of each window's limit: when less is left, backfill waits.</param>
    /// <param name="operation">Five9's operation type.</param>
    public static Instant? UsedUpUntil(IEnumerable<CallCounter> counters, string operation, int reservePercent, Instant now)
    {
        var used = counters.Where(c => c.OperationType == operation && IsReserved(c, reservePercent)).MaxBy(c => c.Window);
        return used is null ? null : QuotaTurn.After(now, used.Window);
    }

    private static bool IsReserved(CallCounter counter, int reservePercent)
    {
        var left = (long)counter.Limit - counter.Used;
        return left <= 0 || 100 * left < (long)reservePercent * counter.Limit;
    }
}
