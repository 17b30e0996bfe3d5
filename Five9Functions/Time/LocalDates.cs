using NodaTime;

namespace Five9Functions.Time;

/// <summary>The local dates of a window. Pure.</summary>
internal static class LocalDates
{
    /// <summary>Those that the window touches, in order; none that has not begun.</summary>
    /// <param name="since">The first that is wanted; null for that of the window.</param>
    public static IReadOnlyList<LocalDate> Of(Interval window, DateTimeZone zone, Instant now, LocalDate? since = null)
    {
        var dates = new List<LocalDate>();
        var first = LocalDay.Of(window.Start, zone).Date;
        for (var day = new LocalDay(since > first ? since.Value : first, zone); day.Start < window.End && day.Start <= now; day = day.PlusDays(1))
        {
            dates.Add(day.Date);
        }

        return dates;
    }
}
