using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Api;

/// <summary>An instant as a caller writes it: with an offset, or as a local date, which means the first instant of the day.</summary>
internal static class InstantText
{
    /// <returns>Null when it is neither, or in a year that no contact centre has to do with.</returns>
    public static Instant? Parse(string text, DateTimeZone zone)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: > 0 and < 9999 } date })
        {
            return zone.AtStartOfDay(date).ToInstant();
        }

        return OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: { Year: > 0 and < 9999 } instant } ? instant.ToInstant() : null;
    }
}
