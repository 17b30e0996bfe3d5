using Five9Functions.Five9.Soap;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// When calls of an operation type are worth trying again after Five9 said that their quota is used up. Its windows are aligned to the
/// calendar; in which zone a day begins is not documented, so a used-up day is looked at hourly. Pure.
/// </summary>
/// <param name="Text">Why then, for a person.</param>
/// <param name="Known">Five9 told which quota is used up.</param>
internal sealed record QuotaTurn(Instant At, string Text, bool Known)
{
    private const int Minute = 60;
    private const int Hour = 3600;

    public static QuotaTurn Of(IEnumerable<CallCounter> counters, string operation, Instant now)
    {
        var used = counters.Where(c => c.OperationType == operation && c.Used >= c.Limit).MaxBy(c => c.Window);
        var at = After(now, used?.Window);
        return new QuotaTurn(at, used switch
        {
            null => $"It is tried again at {at}.",
            { Window.TotalSeconds: <= Minute } => $"All {used.Limit} calls of the minute are used; it is tried again at {at}.",
            { Window.TotalSeconds: <= Hour } => $"All {used.Limit} calls of the hour are used; it is tried again at {at}.",
            _ => $"All {used.Limit} calls of the day are used; Five9 does not say when its day ends, so it is tried again every hour, next at {at}.",
        }, Known: true);
    }

    /// <param name="wait">At least so long, so that an unknown window is not asked about every minute for a day.</param>
    public static QuotaTurn Unknown(Instant now, Duration wait)
    {
        var at = End(now + wait, Minute);
        return new QuotaTurn(at, $"Whether that is for the minute, the hour or the day could not be read; it is tried again at {at}.", Known: false);
    }

    /// <summary>When a window that is used up turns; no window is the shortest.</summary>
    public static Instant After(Instant now, TimeSpan? window) => End(now, window > TimeSpan.FromSeconds(Minute) ? Hour : Minute);

    private static Instant End(Instant now, int seconds) => Instant.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / seconds + 1) * seconds);
}
