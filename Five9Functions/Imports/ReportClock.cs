using Five9Functions.Five9.Reports;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>Whether the times of a report show that they are in another zone than was set, which nothing else tells. Pure.</summary>
internal static class ReportClock
{
    // Rows of calls appear 5 to 10 minutes after the call, and the settle delay is 5 more.
    private static readonly Duration Late = Duration.FromMinutes(15);

    private static readonly Duration Recently = Duration.FromMinutes(30);

    /// <summary>By how many hours rows lie in the future; null when none does.</summary>
    /// <param name="now">When they were read.</param>
    public static int? HoursAhead(ReportContent content, Instant now) =>
        content is { FromTheFuture: > 0, Newest: { } newest } ? Math.Max(1, (int)Math.Round((newest - now).TotalHours, MidpointRounding.AwayFromZero)) : null;

    /// <summary>
    /// How many whole hours before now the newest call of a report that reaches up to now lies; null when it lies where the newest call
    /// of a busy hour would, or between the hours, where chance puts the last call of the day.
    /// </summary>
    /// <param name="asked">What Five9 was asked for.</param>
    /// <param name="asOf">When the report was run.</param>
    public static int? HoursBehind(ReportContent content, Interval asked, Instant asOf)
    {
        if (content.Newest is not { } newest || asked.End < asOf - Late || newest > asOf)
        {
            return null;
        }

        var hours = (int)Math.Floor((asOf - newest).TotalHours);
        return hours >= 1 && asOf - newest - Duration.FromHours(hours) <= Late ? hours : null;
    }

    /// <summary>
    /// Whether calls keep arriving, so that the newest cannot be hours old: Five9 told calls for a time that it was not asked for, or
    /// newer ones than a moment ago, when they were hours old already.
    /// </summary>
    /// <param name="held">The raw day as it was before.</param>
    public static bool KeepArriving(ReportContent content, RawDayHeader held, Instant asOf)
    {
        if (content.OutsideAsked > 0)
        {
            return true;
        }

        var before = held.Windows.Count > 0 ? held.Windows.Max(w => w.AsOf) : Instant.MinValue;
        return before < asOf && before >= asOf - Recently && held.Rows > 0
            && held.LatestEnd <= before - Duration.FromHours(1) && held.LatestEnd < content.Newest;
    }
}
