using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>One report: a local day (up to a change of the zone's offset), or a piece of one that has more rows than a report of Five9's can.</summary>
/// <param name="Whole">What the piece was cut from.</param>
internal sealed record PlannedReport(LocalDate Date, Interval Window, Interval Whole, int Rows);

/// <summary>Days that are imported together. Until the next part they are all that the emulator's table of timelines holds.</summary>
/// <param name="Final">The last date whose timelines no later part can touch; null when nothing comes later.</param>
internal sealed record PlannedPart(IReadOnlyList<PlannedReport> Reports, LocalDate? Final);

/// <summary>In what reports, and in what order, a file is imported, so that memory does not grow with the file. Pure.</summary>
internal static class ImportPlan
{
    /// <summary>As many as Five9 puts into a report: a landing holds them.</summary>
    public const int RowsOfReport = 50_000;

    /// <summary>Emptying the table costs that the last day of a part is derived twice, so a part is worth several reports.</summary>
    public const int RowsOfPart = 150_000;

    /// <param name="days">The local days that rows touch, in order.</param>
    /// <param name="starts">When each row starts; any order, enumerated twice.</param>
    public static IReadOnlyList<PlannedPart> Of(IEnumerable<LocalDate> days, IEnumerable<Instant> starts, DateTimeZone zone, int rowsOfReport, int rowsOfPart)
    {
        var reports = Reports(days, starts, zone, rowsOfReport).ToList();
        var parts = new List<List<PlannedReport>>();
        var (rows, left) = (0, reports.Sum(r => r.Rows));
        foreach (var report in reports)
        {
            if (parts.Count == 0 || (Math.Min(rows, left) >= rowsOfPart && report.Date != parts[^1][^1].Date))
            {
                parts.Add([]);
                rows = 0;
            }

            parts[^1].Add(report);
            rows += report.Rows;
            left -= report.Rows;
        }

        // A landing derives the day before it anew: its states may go on after midnight.
        return [.. parts.Select((part, i) => new PlannedPart(part, i + 1 < parts.Count ? parts[i + 1][0].Date.PlusDays(-2) : null))];
    }

    private static IEnumerable<PlannedReport> Reports(IEnumerable<LocalDate> days, IEnumerable<Instant> starts, DateTimeZone zone, int rowsOfReport)
    {
        var whole = FileWindows.Of(days)
            .SelectMany(stretch => Imports.Windows.CutByLocalDay(new Interval(new LocalDay(stretch.First, zone).Start, new LocalDay(stretch.Last, zone).End), zone))
            .ToList();
        var from = whole.ConvertAll(w => w.Window.Start);
        var rows = new int[whole.Count];
        foreach (var start in starts)
        {
            rows[IndexOf(start)]++;
        }

        var minutes = rows.Select((count, i) => count > rowsOfReport ? new int[Minute(whole[i].Window, whole[i].Window.End) + 1] : null).ToList();
        foreach (var start in minutes.Exists(m => m is not null) ? starts : [])
        {
            var index = IndexOf(start);
            if (minutes[index] is { } counts)
            {
                counts[Minute(whole[index].Window, start)]++;
            }
        }

        return whole.SelectMany((day, i) => minutes[i] is { } counts
            ? Pieces(day.Window, counts, rows[i], rowsOfReport).Select(piece => new PlannedReport(day.Date, piece.Window, day.Window, piece.Rows))
            : [new PlannedReport(day.Date, day.Window, day.Window, rows[i])]);

        int IndexOf(Instant start)
        {
            var found = from.BinarySearch(start);
            return found < 0 ? ~found - 1 : found;
        }
    }

    /// <summary>Pieces of whole minutes and of about the same number of rows; a minute with too many is a piece of its own.</summary>
    private static IEnumerable<(Interval Window, int Rows)> Pieces(Interval window, int[] minutes, int rows, int most)
    {
        var count = (rows + most - 1) / most;
        var enough = (rows + count - 1) / count;
        var (from, held) = (window.Start, 0);
        for (var i = 0; i < minutes.Length; i++)
        {
            if (held > 0 && minutes[i] > 0 && (held >= enough || held + minutes[i] > most))
            {
                var to = window.Start + Duration.FromMinutes(i);
                yield return (new Interval(from, to), held);
                (from, held) = (to, 0);
            }

            held += minutes[i];
        }

        yield return (new Interval(from, window.End), held);
    }

    private static int Minute(Interval window, Instant at) => (int)(at - window.Start).TotalMinutes;
}
