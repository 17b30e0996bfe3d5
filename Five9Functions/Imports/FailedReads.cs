using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// Windows that could not be read. ReportDayTable notes each of them, so that planning neither asks for it at every tick, which would use up
/// Five9's quota, nor waits for it with older history.
/// </summary>
public sealed class FailedReads(ReportDayTable days, TimeProvider time)
{
    private static readonly Duration Recent = Duration.FromDays(1);
    private static readonly Duration UntilRecentIsAskedAgain = Duration.FromHours(1);
    private static readonly Duration UntilOlderIsAskedAgain = Duration.FromDays(1);

    // A tick comes a moment before the time is full; without this it would wait for the next tick.
    private static readonly Duration Tolerance = Duration.FromMinutes(5);

    /// <summary>Notes the window of a slice that is about to fail. Safe to repeat.</summary>
    public async Task NoteAsync(ImportSlice slice, ImportError error, CancellationToken cancellationToken)
    {
        if (slice.Changes == ChangeCounting.DryRun || slice.FromRaw || error.Problem.IsOfAPerson() || !(error.Problem.IsOfTheContent() || slice.Kind == RunKind.Backfill))
        {
            return;
        }

        var failed = new FailedRead(slice.Window.Start, slice.Window.End, slice.RequestedAt ?? time.Now(), error);
        Versioned<ReportDay> stored;
        do
        {
            stored = await days.GetAsync(slice.RawDay, cancellationToken);
        }
        while (!await days.TryWriteAsync(stored, stored.Value with { FailedReads = With(stored.Value.FailedReads, failed) }, cancellationToken));
    }

    /// <summary>Those of <paramref name="reads"/> over which no later report was read.</summary>
    public static IReadOnlyList<FailedRead> Left(IReadOnlyList<FailedRead> reads, IReadOnlyList<LedgerWindow> ledger) =>
        [.. reads.SelectMany(read => Without(read, ledger.Where(w => w.LastRead >= read.AsOf).Select(w => new Interval(w.From, w.To))))];

    /// <summary>
    /// What scheduled runs do not ask for yet: an hour long in the last 24 hours, else a day. With a recent window wait the local day before it,
    /// so that one report reads all of it, and what follows it and was never read, which would fail in the same way.
    /// </summary>
    public static IEnumerable<Interval> NotYetScheduled(PlanInput input)
    {
        // A few rows that cannot be read land as quarantined: they do not show that the report can be read again.
        var newest = input.Ledger.Where(w => w.Unreadable is not { } unreadable || unreadable.Count < w.Rows).Max(w => (Instant?)w.To) ?? Instant.MinValue;
        foreach (var read in input.FailedReads.Where(read => read.Error.Problem.IsOfTheContent()))
        {
            var isRecent = read.To > input.Now - Recent;
            if (input.Now < read.AsOf + (isRecent ? UntilRecentIsAskedAgain : UntilOlderIsAskedAgain) - Tolerance)
            {
                yield return !isRecent ? read.Window
                    : new Interval(LocalDay.Of(read.From, input.Zone).Start, read.To >= newest ? Instant.Max(read.To, input.Now) : read.To);
            }
        }
    }

    /// <summary>What backfill passes over until the local day ends in which it failed.</summary>
    public static IEnumerable<Interval> NotYetBackfilled(PlanInput input) =>
        input.FailedReads.Where(read => LocalDay.Of(read.AsOf, input.Zone).Date >= LocalDay.Of(input.Now, input.Zone).Date).Select(read => read.Window);

    private static IReadOnlyList<FailedRead> With(IReadOnlyList<FailedRead> reads, FailedRead failed) =>
        [.. reads.SelectMany(read => Without(read, [failed.Window])).Append(failed).OrderBy(read => read.From)];

    private static IEnumerable<FailedRead> Without(FailedRead read, IEnumerable<Interval> windows) =>
        IntervalMath.Subtract([read.Window], windows).Select(left => read with { From = left.Start, To = left.End });
}
