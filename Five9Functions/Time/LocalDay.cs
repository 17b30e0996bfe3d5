using NodaTime;
using NodaTime.TimeZones;

namespace Five9Functions.Time;

/// <summary>
/// A calendar day of the report zone as the half-open interval of UTC that it covers: 23, 24 or 25 hours, mostly. A day that a zone
/// left out altogether (Apia, 30 December 2011) covers nothing.
/// </summary>
public sealed record LocalDay
{
    private static readonly ZoneLocalMappingResolver StartOfDay = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    public LocalDay(LocalDate date, DateTimeZone zone)
    {
        Date = date;
        Zone = zone;
        Start = zone.ResolveLocal(date.AtMidnight(), StartOfDay).ToInstant();
        End = zone.ResolveLocal(date.PlusDays(1).AtMidnight(), StartOfDay).ToInstant();
    }

    public LocalDate Date { get; }

    public DateTimeZone Zone { get; }

    public Instant Start { get; }

    public Instant End { get; }

    public static LocalDay Of(Instant instant, DateTimeZone zone) => new(instant.InZone(zone).Date, zone);

    public LocalDay PlusDays(int days) => new(Date.PlusDays(days), Zone);
}
