using NodaTime;

namespace Five9Functions.Calls;

/// <summary>Adds quarter hours up to half hours and hours of the report zone's clock, which is not always a whole hour off UTC.</summary>
public static class LongerIntervals
{
    /// <summary>By queue (ordinal), then start. An hour that the clock shows twice in autumn is two intervals, each with its own start in UTC.</summary>
    /// <param name="quarters">Of any queues, in any order.</param>
    /// <param name="minutes">30 or 60.</param>
    public static IReadOnlyList<QueueInterval> Of(IEnumerable<QueueInterval> quarters, int minutes, DateTimeZone zone)
    {
        if (minutes is not (30 or 60))
        {
            throw new ArgumentOutOfRangeException(nameof(minutes), minutes, "Quarter hours are added up to intervals of 30 or 60 minutes.");
        }

        return
        [
            .. quarters
                .GroupBy(quarter => (quarter.Queue, Start: StartOf(quarter.Start, minutes, zone)))
                .Select(group => new QueueInterval(group.Key.Queue, group.Key.Start, group.Aggregate(default(IntervalFigures), (sum, quarter) => sum + quarter.Figures)))
                .OrderBy(interval => interval.Queue, StringComparer.Ordinal)
                .ThenBy(interval => interval.Start),
        ];
    }

    /// <summary>The start of the interval that a quarter hour lies in: when the clock last struck the full or half hour, or was last changed.</summary>
    /// <param name="minutes">15, 30 or 60.</param>
    public static Instant StartOf(Instant quarter, int minutes, DateTimeZone zone)
    {
        var local = quarter.InZone(zone);
        var into = Duration.FromMinutes(local.Minute % minutes) + Duration.FromSeconds(local.Second);
        var offset = local.GetZoneInterval();
        return offset.HasStart ? Instant.Max(offset.Start, quarter - into) : quarter - into;
    }
}
