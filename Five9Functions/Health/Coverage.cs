using Five9Functions.Calls;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Health;

/// <summary>How much of a local day of a report is there. Where several are true of a day, it is the one that stands last here.</summary>
public enum CoverageState
{
    /// <summary>All of it was read, and again an hour after its end.</summary>
    Complete,

    /// <summary>The same, and there was nothing.</summary>
    Empty,

    /// <summary>All that is due was read, but the day is not over, or a part was last read less than an hour after its end: it can still change.</summary>
    Provisional,

    /// <summary>A newer report of a part of it was not believed: it had nothing, far too little or too much that could not be read. Held rows stay.</summary>
    Suspicious,

    /// <summary>A part that is due was never read, or lacks what the settings need.</summary>
    Missing,

    /// <summary>A part of it was tried and could not be read when it was tried last; or it was read, and what follows from it could not be written.</summary>
    Failed,
}

/// <summary>A local day of a report.</summary>
/// <param name="Rows">Held, good and quarantined.</param>
/// <param name="Missing">What is due and was not read, in order.</param>
/// <param name="AsOf">When the part was read that was read least recently; null when none was.</param>
/// <param name="Reason">Why it failed, in a sentence; null when it did not.</param>
public sealed record CoverageDay(LocalDate Date, string Report, CoverageState State, int Rows, IReadOnlyList<Interval> Missing, Instant? AsOf, string? Reason);

/// <summary>A window that was tried: the last word on it is that of the newest run.</summary>
/// <param name="Error">Null when it did not fail.</param>
public sealed record TriedWindow(Interval Window, ImportError? Error);

/// <summary>What coverage follows from: the ledgers, never what a run says of itself. So a run that was cancelled, killed or told twice changes nothing.</summary>
/// <param name="Now">Nothing is due later than this, less <paramref name="Settle"/>.</param>
/// <param name="IsEnough">Whether a ledger window counts as read.</param>
public sealed record CoverageInput(string Report, DateTimeZone Zone, LocalDate HistoryStart, Instant Now, Duration Settle, Func<LedgerWindow, bool> IsEnough);

/// <summary>Folds ledgers to what is covered. Pure.</summary>
public static class Coverage
{
    private const string NotDerived = "What was read could not be written to the tables: import the day again; the run that read it has the reason.";

    /// <summary>What of the day is due and was not read.</summary>
    public static IReadOnlyList<Interval> Missing(CoverageInput input, LocalDate date, ReportDay? known)
    {
        var day = new LocalDay(date, input.Zone);
        var due = Instant.Min(day.End, (input.Now - input.Settle).WholeSecond());
        return due <= day.Start ? [] : IntervalMath.Subtract([new Interval(day.Start, due)], (known?.Windows ?? []).Where(input.IsEnough).Select(w => new Interval(w.From, w.To)));
    }

    /// <summary>The state of a day; null for one of which nothing is expected: it has not begun, or is older than the history and was never imported.</summary>
    /// <param name="known">Its row in ReportDayTable; null for none.</param>
    /// <param name="tried">Windows of slices that ended or are under way, those of the newest run first.</param>
    public static CoverageDay? Of(CoverageInput input, LocalDate date, ReportDay? known, IReadOnlyList<TriedWindow> tried)
    {
        var day = new LocalDay(date, input.Zone);
        var windows = known?.Windows ?? [];
        if (day.Start > input.Now || (windows.Count == 0 && date < input.HistoryStart))
        {
            return null;
        }

        var missing = Missing(input, date, known);
        var reason = known is not null && known.NormalizedVersion < known.LandedVersion ? NotDerived : Unreadable(known) ?? Failure(missing, tried);
        var rows = windows.Sum(w => w.Rows);
        var state = reason is not null ? CoverageState.Failed
            : missing.Count > 0 ? CoverageState.Missing
            : windows.Any(w => w.InDoubt) ? CoverageState.Suspicious
            : input.Now - input.Settle < day.End || windows.Any(w => QueueMeasures.IsProvisional(w.To, w.AsOf)) ? CoverageState.Provisional
            : rows == 0 ? CoverageState.Empty
            : CoverageState.Complete;
        return new(date, input.Report, state, rows, missing, windows.Count == 0 ? null : windows.Min(w => w.AsOf), reason);
    }

    // Also where rows are held: they are older than what could not be read.
    private static string? Unreadable(ReportDay? known) => known?.FailedReads.Where(read => read.Error.Problem.IsOfTheContent()).MaxBy(read => read.AsOf)?.Error.Text;

    // What a newer run did not touch is told by the one before it.
    private static string? Failure(IReadOnlyList<Interval> missing, IReadOnlyList<TriedWindow> tried)
    {
        var open = missing;
        foreach (var (window, error) in tried)
        {
            if (error is not null && open.Any(part => IntervalMath.Intersect(part, window) is not null))
            {
                return error.Text;
            }

            open = IntervalMath.Subtract(open, [window]);
        }

        return null;
    }
}
