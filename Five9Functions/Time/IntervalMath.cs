using NodaTime;

namespace Five9Functions.Time;

/// <summary>Arithmetic of half-open windows of UTC. Pure.</summary>
internal static class IntervalMath
{
    /// <summary>The same instants as disjoint windows in order, neighbours joined.</summary>
    public static IReadOnlyList<Interval> Merge(IEnumerable<Interval> windows)
    {
        var merged = new List<Interval>();
        foreach (var window in windows.Where(w => w.Duration > Duration.Zero).OrderBy(w => w.Start))
        {
            if (merged.Count > 0 && window.Start <= merged[^1].End)
            {
                merged[^1] = new Interval(merged[^1].Start, Instant.Max(merged[^1].End, window.End));
            }
            else
            {
                merged.Add(window);
            }
        }

        return merged;
    }

    /// <summary>The instants of <paramref name="windows"/> that no window of <paramref name="without"/> holds.</summary>
    public static IReadOnlyList<Interval> Subtract(IEnumerable<Interval> windows, IEnumerable<Interval> without)
    {
        var holes = Merge(without);
        var left = new List<Interval>();
        foreach (var window in Merge(windows))
        {
            var from = window.Start;
            foreach (var hole in holes.Where(h => h.End > window.Start && h.Start < window.End))
            {
                if (hole.Start > from)
                {
                    left.Add(new Interval(from, hole.Start));
                }

                from = hole.End;
            }

            if (from < window.End)
            {
                left.Add(new Interval(from, window.End));
            }
        }

        return left;
    }

    public static Interval? Intersect(Interval a, Interval b)
    {
        var start = Instant.Max(a.Start, b.Start);
        var end = Instant.Min(a.End, b.End);
        return start < end ? new Interval(start, end) : null;
    }

    /// <summary>Cut at each local midnight and at each change of the zone's offset: an ambiguous local time then means one thing.</summary>
    public static IEnumerable<(LocalDate Date, Interval Window)> CutByLocalDay(Interval window, DateTimeZone zone)
    {
        var from = window.Start;
        while (from < window.End)
        {
            var day = LocalDay.Of(from, zone);
            var zoneInterval = zone.GetZoneInterval(from);
            var to = Instant.Min(window.End, day.End);
            if (zoneInterval.HasEnd)
            {
                to = Instant.Min(to, zoneInterval.End);
            }

            yield return (day.Date, new Interval(from, to));
            from = to;
        }
    }

    /// <summary>
    /// What Five9 is asked for so that no row of the window is missed, whether it selects by start or by end: the window and a
    /// padding on either side, never longer than the window and never beyond now. It ends where the clocks go back: the hour that
    /// occurs twice is told apart only by what was asked for.
    /// </summary>
    /// <param name="isHalf">
    /// Of a slice that was split. Where there are so many rows, the padding would make several times as many reports of a day: it is half as long at most, and
    /// nothing is asked for before the window. A row that starts in the window ends in it or after it, so none is missed there.
    /// </param>
    public static Interval Asked(Interval window, Duration padding, Instant now, DateTimeZone zone, bool isHalf = false)
    {
        var longest = Duration.Min(padding, isHalf ? Duration.FromSeconds((long)(window.Duration.TotalSeconds / 2)) : window.Duration);
        var start = isHalf ? window.Start : window.Start - longest;
        var end = Instant.Max(window.End, Instant.Min(window.End + longest, now.WholeSecond()));
        var zoneInterval = zone.GetZoneInterval(window.Start);
        if (zoneInterval.HasStart && zone.GetUtcOffset(zoneInterval.Start - Duration.Epsilon) > zoneInterval.WallOffset)
        {
            start = Instant.Max(start, zoneInterval.Start);
        }

        if (zoneInterval.HasEnd && zone.GetUtcOffset(zoneInterval.End) < zoneInterval.WallOffset)
        {
            end = Instant.Min(end, zoneInterval.End);
        }

        return new Interval(start, end);
    }

    /// <summary>Two halves on whole seconds, for a result that Five9 cut; null when the window is a minute or less.</summary>
    public static (Interval First, Interval Second)? Halve(Interval window)
    {
        if (window.Duration <= Duration.FromMinutes(1))
        {
            return null;
        }

        var middle = window.Start + Duration.FromSeconds((long)(window.Duration.TotalSeconds / 2));
        return (new Interval(window.Start, middle), new Interval(middle, window.End));
    }
}
