using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>What one of the files has to be asked for.</summary>
/// <param name="Report">One of <see cref="Storage.ReportNames"/>.</param>
/// <param name="Days">The local days that its rows touch, in order.</param>
/// <param name="Starts">When each row starts; any order, enumerated twice.</param>
internal sealed record FileRows(string Report, IReadOnlyCollection<LocalDate> Days, IEnumerable<Instant> Starts);

/// <summary>One report: a local day (up to a change of the zone's offset), or a piece of one that has more rows than a report of Five9's can.</summary>
/// <param name="Report">One of <see cref="Storage.ReportNames"/>.</param>
/// <param name="Whole">What the piece was cut from.</param>
internal sealed record PlannedReport(string Report, LocalDate Date, Interval Window, Interval Whole, int Rows);

/// <summary>Days that are imported together. Until the next part they are all that the emulator's tables of results hold.</summary>
/// <param name="Final">The last date whose results no later part can touch; null when nothing comes later.</param>
internal sealed record PlannedPart(IReadOnlyList<PlannedReport> Reports, LocalDate? Final);

/// <summary>In what reports, and in what order, files are imported, so that memory does not grow with them. Pure.</summary>
internal static class ImportPlan
{
    /// <summary>As many as Five9 puts into a report: a landing holds them.</summary>
    public const int RowsOfReport = 50_000;

    /// <summary>Emptying the tables costs that the last day of a part is derived twice, so a part is worth several reports.</summary>
    public const int RowsOfPart = 150_000;

    public static IReadOnlyList<PlannedPart> Of(IEnumerable<FileRows> files, DateTimeZone zone, int rowsOfReport, int rowsOfPart)
    {
        // A day of one file and the same of the other, so that a part is final for both.
        var reports = files.SelectMany(file => Reports(file, zone, rowsOfReport)).OrderBy(report => report.Date).ToList();
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

        // A landing derives the day before it anew: its states and calls may go on after midnight.
        return [.. parts.Select((part, i) => new PlannedPart(part, i + 1 < parts.Count ? parts[i + 1][0].Date.PlusDays(-2) : null))];
    }

    private static IEnumerable<PlannedReport> Reports(FileRows file, DateTimeZone zone, int rowsOfReport)
    {
        var whole = FileWindows.Of(file.Days)
            .SelectMany(stretch => IntervalMath.CutByLocalDay(new Interval(new LocalDay(stretch.First, zone).Start, new LocalDay(stretch.Last, zone).End), zone))
            .ToList();
        var from = whole.ConvertAll(w => w.Window.Start);
        var rows = new int[whole.Count];
        foreach (var start in file.Starts)
        {
            rows[IndexOf(start)]++;
        }

        var minutes = rows.Select((count, i) => count > rowsOfReport ? new int[Minute(whole[i].Window, whole[i].Window.End) + 1] : null).ToList();
        foreach (var start in minutes.Exists(m => m is not null) ? file.Starts : [])
        {
            var index = IndexOf(start);
            if (minutes[index] is { } counts)
            {
                counts[Minute(whole[index].Window, start)]++;
            }
        }

        return whole.SelectMany((day, i) => minutes[i] is { } counts
            ? Pieces(day.Window, counts, rows[i], rowsOfReport).Select(piece => new PlannedReport(file.Report, day.Date, piece.Window, day.Window, piece.Rows))
            : [new PlannedReport(file.Report, day.Date, day.Window, day.Window, rows[i])]);

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
