using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Five9.Soap;

/// <summary>The two ways in which the supervisor service writes when a state began: milliseconds since 1970, or <c>2026-08-21 09:00:12</c> in the report zone. Surrounding blanks do not count.</summary>
public static class LiveTime
{
    // Fewer milliseconds are a duration, or a unit that nobody told us about.
    private static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9000, 1, 1, 0, 0);

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'ss");

    /// <param name="zone">A time that occurs twice in it is the earlier one; one that is skipped is shifted forward.</param>
    /// <returns>To the second; null when the text is no such time.</returns>
    public static Instant? Parse(string text, DateTimeZone zone)
    {
        text = text.Trim();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds >= Earliest.ToUnixTimeMilliseconds() && milliseconds < Latest.ToUnixTimeMilliseconds() ? Instant.FromUnixTimeSeconds(milliseconds / 1000) : null;
        }

        return Local.Parse(text) is { Success: true, Value: { Year: >= 2000 and < 9000 } local } ? local.InZoneLeniently(zone).ToInstant() : null;
    }
}
