using Five9Functions.AgentStates;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>What planning knows about one report of one integration.</summary>
/// <param name="Now">When the run was asked for.</param>
/// <param name="Settle">How long after a state began its row is expected.</param>
/// <param name="Ledger">The windows of all days: disjoint, in order.</param>
/// <param name="OldestOpen">The start of the oldest state that was still open in the last two days.</param>
/// <param name="UnderWay">The windows of unfinished slices.</param>
public sealed record PlanInput(
    Instant Now,
    DateTimeZone Zone,
    LocalDate HistoryStart,
    Duration Settle,
    IReadOnlyList<LedgerWindow> Ledger,
    Instant? OldestOpen,
    IReadOnlyList<Interval> UnderWay)
{
    /// <summary>Local days to derive again from what is held, the newest first.</summary>
    public IReadOnlyList<LocalDate> Outdated { get; init; } = [];
}

/// <summary>What to read next. It follows from what was landed, never from the tick, so a missed tick loses nothing. Pure.</summary>
public static class Planner
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Day = Duration.FromDays(1);

    // A tick comes a moment before the hour since the last reading is full; without this it would wait for the next tick.
    private static readonly Duration Tolerance = Duration.FromMinutes(5);

    /// <summary>The first instant that scheduled runs care for; what is older is backfill.</summary>
    public static Instant RecentFrom(PlanInput input) => Instant.Max(HistoryStart(input), new LocalDay(RecentSince(input.Now, input.Zone), input.Zone).Start);

    /// <summary>The first local date that scheduled runs care for.</summary>
    public static LocalDate RecentSince(Instant now, DateTimeZone zone) => LocalDay.Of(now - 8 * Day, zone).Date;

    /// <summary>
    /// The recent past: what was never landed, the last two hours again (back to the start of the oldest open state, 24 h at most),
    /// parts of the last 24 hours that were read an hour ago, and parts of the last 8 days that were read a day ago.
    /// </summary>
    public static IReadOnlyList<Interval> Scheduled(PlanInput input)
    {
        var end = (input.Now - input.Settle).WholeSecond();
        var recent = Between(RecentFrom(input), end);
        var yesterday = input.Now - Day;
        var reread = Instant.Min(input.Now - 2 * Hour, Instant.Max(input.OldestOpen ?? input.Now, yesterday));

        IEnumerable<Interval> wanted =
        [
            .. Windows.Subtract(recent, Covered(input)),
            .. Between(reread, end),
            .. Due(input, Between(yesterday, end), Hour),
            .. Due(input, Between(input.Now - 8 * Day, yesterday), Day),
        ];
        var inHistory = Windows.Merge(wanted).Select(w => Windows.Intersect(w, new Interval(HistoryStart(input), Instant.Max(HistoryStart(input), end)))).OfType<Interval>();
        return Windows.Subtract(inHistory.Select(WholeSeconds), input.UnderWay);
    }

    /// <summary>Older history that was never landed, the newest days of it.</summary>
    public static IReadOnlyList<Interval> Backfill(PlanInput input, int days)
    {
        var missing = Windows.Subtract(Between(HistoryStart(input), RecentFrom(input)), [.. Covered(input), .. input.UnderWay]);
        if (missing.Count == 0)
        {
            return missing;
        }

        var newest = LocalDay.Of(missing[^1].End - Duration.Epsilon, input.Zone);
        return [.. missing.Select(w => Windows.Intersect(w, new Interval(newest.PlusDays(1 - days).Start, newest.End))).OfType<Interval>()];
    }

    // By local day, all of it or nothing: reading piece by piece as each falls due would take a report for every piece.
    private static IEnumerable<Interval> Due(PlanInput input, IEnumerable<Interval> tier, Duration age) =>
        tier.SelectMany(w => Windows.CutByLocalDay(w, input.Zone))
            .GroupBy(part => part.Date, part => part.Window)
            .Where(day => day.Any(window => input.Ledger.Any(l =>
                l.From < window.End && l.To > window.Start && l.LastRead <= input.Now - age + Tolerance)))
            .SelectMany(day => day);

    private static IEnumerable<Interval> Covered(PlanInput input) => input.Ledger.Select(l => new Interval(l.From, l.To));

    private static Instant HistoryStart(PlanInput input) => new LocalDay(input.HistoryStart, input.Zone).Start;

    private static IEnumerable<Interval> Between(Instant from, Instant to) => from < to ? [new Interval(from, to)] : [];

    private static Interval WholeSeconds(Interval window) => new(window.Start.WholeSecond(), window.End.WholeSecond());
}
