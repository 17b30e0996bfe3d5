using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>What planning knows about one report of one integration.</summary>
/// <param name="Now">When the run was asked for.</param>
/// <param name="Settle">How long after a state began its row is expected.</param>
/// <param name="HistoryStart">The first local date to read: <see cref="RetentionRules.HistoryStart"/>.</param>
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
    /// <summary>How often the past is read again.</summary>
    public RereadTiers Tiers { get; init; } = RereadTiers.Default;

    /// <summary>Windows that were tried and could not be read.</summary>
    public IReadOnlyList<FailedRead> FailedReads { get; init; } = [];

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
    public static Instant RecentFrom(PlanInput input) => Instant.Max(HistoryStart(input), new LocalDay(RecentSince(input.Now, input.Zone, input.Tiers), input.Zone).Start);

    /// <summary>The first local date that scheduled runs care for: as far back as any tier reaches, and two days at least, for what a day follows from.</summary>
    public static LocalDate RecentSince(Instant now, DateTimeZone zone, RereadTiers tiers) =>
        LocalDay.Of(now - tiers.List.Select(tier => tier.Back).Append(2 * Day).Max(), zone).Date;

    /// <summary>
    /// The recent past: what was never landed, the last two hours again (back to the start of the oldest open state, 24 h at most),
    /// and what the tiers read again: by default parts of the last 24 hours that were read an hour ago, and of the last 8 days that were read a day ago.
    /// </summary>
    public static IReadOnlyList<Interval> Scheduled(PlanInput input)
    {
        var end = (input.Now - input.Settle).WholeSecond();
        var recent = Between(RecentFrom(input), end);
        var yesterday = input.Now - Day;
        var reread = Instant.Min(input.Now - 2 * Hour, Instant.Max(input.OldestOpen ?? input.Now, yesterday));

        IEnumerable<Interval> wanted =
        [
            .. IntervalMath.Subtract(recent, Covered(input)),
            .. Between(reread, end),
            .. TiersOf(input, end).SelectMany(tier => Due(input, Between(tier.Back.Start, tier.Back.End), tier.Every)),
        ];
        var inHistory = IntervalMath.Merge(wanted).Select(w => IntervalMath.Intersect(w, new Interval(HistoryStart(input), Instant.Max(HistoryStart(input), end)))).OfType<Interval>();
        return IntervalMath.Subtract(inHistory.Select(WholeSeconds), [.. input.UnderWay, .. FailedReads.NotYetScheduled(input)]);
    }

    /// <summary>Older history that was never landed, the newest days of it. A window that could not be read is passed over, and asked for again once a day.</summary>
    public static IReadOnlyList<Interval> Backfill(PlanInput input, int days)
    {
        var missing = IntervalMath.Subtract(Between(HistoryStart(input), RecentFrom(input)), [.. Covered(input), .. input.UnderWay, .. FailedReads.NotYetBackfilled(input)]);
        if (missing.Count == 0)
        {
            return missing;
        }

        var newest = LocalDay.Of(missing[^1].End - Duration.Epsilon, input.Zone);
        return [.. missing.Select(w => IntervalMath.Intersect(w, new Interval(newest.PlusDays(1 - days).Start, newest.End))).OfType<Interval>()];
    }

    // What a nearer tier reads is not the next one's.
    private static IEnumerable<(Interval Back, Duration Every)> TiersOf(PlanInput input, Instant end)
    {
        foreach (var tier in input.Tiers.List)
        {
            var from = Instant.Min(end, input.Now - tier.Back);
            yield return (new Interval(from, end), tier.Every);
            end = from;
        }
    }

    // By local day, all of it or nothing: reading piece by piece as each falls due would take a report for every piece.
    private static IEnumerable<Interval> Due(PlanInput input, IEnumerable<Interval> tier, Duration age) =>
        tier.SelectMany(w => IntervalMath.CutByLocalDay(w, input.Zone))
            .GroupBy(part => part.Date, part => part.Window)
            .Where(day => day.Any(window => input.Ledger.Any(l =>
                l.From < window.End && l.To > window.Start && l.LastRead <= input.Now - age + Tolerance)))
            .SelectMany(day => day);

    private static IEnumerable<Interval> Covered(PlanInput input) => input.Ledger.Select(l => new Interval(l.From, l.To));

    private static Instant HistoryStart(PlanInput input) => new LocalDay(input.HistoryStart, input.Zone).Start;

    private static IEnumerable<Interval> Between(Instant from, Instant to) => from < to ? [new Interval(from, to)] : [];

    private static Interval WholeSeconds(Interval window) => new(window.Start.WholeSecond(), window.End.WholeSecond());
}
