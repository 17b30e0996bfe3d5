using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.RealTime;

/// <summary>
/// How many calls of a kind were made in the present minute, hour and day. Five9's windows are those of the calendar (of UTC); it refuses
/// what is beyond its limits, so nothing beyond them is asked.
/// </summary>
/// <param name="Last">The last one that was counted; null for none.</param>
internal sealed record LiveCalls(Instant? Last, int InMinute, int InHour, int InDay)
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    public static LiveCalls None { get; } = new(null, 0, 0, 0);

    public LiveCalls Counted(Instant now, int calls = 1) =>
        new(now, Used(Minute, InMinute, now) + calls, Used(Hour, InHour, now) + calls, Used(Day, InDay, now) + calls);

    /// <summary>From when so many more can be made; null for now.</summary>
    public Instant? FullUntil(Instant now, int calls, CallLimits limits)
    {
        Instant? until = null;
        foreach (var (window, used, limit) in new[] { (Minute, InMinute, limits.Minute), (Hour, InHour, limits.Hour), (Day, InDay, limits.Day) })
        {
            if (Used(window, used, now) + calls > limit)
            {
                until = Instant.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / window + 1) * window);
            }
        }

        return until;
    }

    /// <summary>As it is stored: <c>2026-11-23T03:45:10Z 2 5 17</c>; empty for none.</summary>
    public override string ToString() =>
        Last is { } last ? string.Create(CultureInfo.InvariantCulture, $"{InstantPattern.ExtendedIso.Format(last)} {InMinute} {InHour} {InDay}") : "";

    /// <exception cref="FormatException">The text is not what <see cref="ToString"/> writes.</exception>
    public static LiveCalls Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? None
            : parts.Length == 4 && InstantPattern.ExtendedIso.Parse(parts[0]) is { Success: true, Value: var last } ? new(last, Number(parts[1]), Number(parts[2]), Number(parts[3]))
            : throw new FormatException($"'{text}' is no count of calls: it must be an instant and three numbers, or empty.");
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private int Used(int window, int used, Instant now) => Last is { } last && last.ToUnixTimeSeconds() / window == now.ToUnixTimeSeconds() / window ? used : 0;
}

/// <summary>The most calls of a kind in a minute, an hour and a day.</summary>
internal sealed record CallLimits(int Minute, int Hour, int Day);
