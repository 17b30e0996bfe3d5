using Five9Functions.Five9.Csv;
using NodaTime;
using NodaTime.TimeZones;

namespace Five9Functions.Five9.Reports;

/// <summary>Which rows of a report are wanted, what Five9 was asked for, and the zone that its local times are in.</summary>
/// <param name="Wanted">UTC, half-open: rows that start here land.</param>
/// <param name="Asked">UTC, half-open: <paramref name="Wanted"/> with its padding.</param>
/// <param name="Zone">Five9 marks no zone on a row, nor which of the two it means in the autumn hour that occurs twice.</param>
public sealed record ReportWindow(Interval Wanted, Interval Asked, DateTimeZone Zone)
{
    /// <summary>No state that is in the report starts later.</summary>
    public Instant LatestStart { get; init; } = Instant.MaxValue;

    /// <summary>Which number of a date is the day where the year stands last; null: such a date cannot be read.</summary>
    public DateOrder? Dates { get; init; }

    /// <summary>The instant that a start of a row means: with an offset exactly that one, whatever the zone.</summary>
    public Instant InstantOf(ReportedTime reported) =>
        reported.Offset is { } offset ? reported.Local.WithOffset(offset).ToInstant() : InstantOf(reported.Local);

    /// <summary>
    /// The instant that a local time of a row means. Ambiguous: the one that was asked for, if only one was, else the earlier.
    /// Skipped: shifted forward.
    /// </summary>
    public Instant InstantOf(LocalDateTime local)
    {
        var matches = Zone.MapLocal(local);
        if (matches.Count == 2)
        {
            var later = matches.Last().ToInstant();
            if (Asked.Contains(later) && !Asked.Contains(matches.First().ToInstant()))
            {
                return later;
            }
        }

        return Zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();
    }
}
