using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Five9Functions.Api.Adherence;

/// <summary>A time as planning writes it: with an offset, or local in the planning zone. A local time that occurs twice is the first one.</summary>
/// <param name="Skipped">The local time does not exist, and was shifted forward by as much as the clocks go forward.</param>
internal readonly record struct ScheduleTime(Instant Instant, bool Skipped)
{
    private static readonly OffsetDateTimePattern[] WithOffset = [OffsetDateTimePattern.ExtendedIso, OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>")];

    private static readonly LocalDateTimePattern[] Local = [LocalDateTimePattern.ExtendedIso, LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm")];

    /// <returns>Null when it is neither, has parts of a second, or lies in a year that no plan is made for.</returns>
    public static ScheduleTime? Parse(string text, DateTimeZone zone)
    {
        foreach (var pattern in WithOffset)
        {
            if (pattern.Parse(text) is { Success: true, Value: { Year: > 0 and < 9999, NanosecondOfSecond: 0 } time })
            {
                return new(time.ToInstant(), Skipped: false);
            }
        }

        foreach (var pattern in Local)
        {
            if (pattern.Parse(text) is { Success: true, Value: { Year: > 0 and < 9999, NanosecondOfSecond: 0 } time })
            {
                return new(zone.ResolveLocal(time, Resolvers.LenientResolver).ToInstant(), zone.MapLocal(time).Count == 0);
            }
        }

        return null;
    }
}
