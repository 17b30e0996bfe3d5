using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>A calendar day of the report zone as the half-open interval of UTC that it covers: 23, 24 or 25 hours.</summary>
public sealed record LocalDay
{
    public LocalDay(LocalDate date, DateTimeZone zone)
    {
        Date = date;
        Zone = zone;
        Start = zone.AtStartOfDay(date).ToInstant();
        End = zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
    }

    public LocalDate Date { get; }

    public DateTimeZone Zone { get; }

    public Instant Start { get; }

    public Instant End { get; }

    public static LocalDay Of(Instant instant, DateTimeZone zone) => new(instant.InZone(zone).Date, zone);

    public LocalDay PlusDays(int days) => new(Date.PlusDays(days), Zone);
}
