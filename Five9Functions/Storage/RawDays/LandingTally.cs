using Five9Functions.Five9.Reports;
using NodaTime;

namespace Five9Functions.Storage.RawDays;

/// <summary>Counts what a landing leaves and finds out whether it changed anything that a timeline could depend on. Pure.</summary>
internal sealed class LandingTally(IReadOnlyList<LedgerWindow> before, IReadOnlyList<LedgerWindow> after)
{
    private readonly Spans _before = Spans.Of(before);
    private readonly Spans _after = Spans.Of(after);
    private readonly int[] _counts = new int[after.Count];
    private readonly int[] _unreadable = new int[after.Count];

    /// <summary>The set of rows changed, or the instant that an open row runs to.</summary>
    public bool Changed { get; private set; }

    public int Rows { get; private set; }

    public int Quarantined { get; private set; }

    public Instant LatestEnd { get; private set; } = Instant.MinValue;

    /// <summary>The ledger with its rows counted.</summary>
    public IReadOnlyList<LedgerWindow> Windows => [.. after.Select((w, i) => w with { Rows = _counts[i], Unreadable = Unreadable(w, _unreadable[i]) })];

    public void Add(RowPair<ReportRow> pair)
    {
        Changed |= pair.Before is null || pair.After is null;
        if (pair.After is not { } row)
        {
            return;
        }

        Rows++;
        LatestEnd = Instant.Max(LatestEnd, row.End ?? row.Start);
        var window = Count(row.Start);
        if (!Changed)
        {
            var (oldAsOf, newAsOf) = (before[_before.IndexOf(row.Start)].AsOf, after[window].AsOf);
            Changed = oldAsOf != newAsOf && (IsOpen(row, oldAsOf) || IsOpen(row, newAsOf));
        }
    }

    public void Add(RowPair<QuarantinedRow> pair)
    {
        Changed |= pair.Before is null || pair.After is null;
        if (pair.After is { } row)
        {
            Quarantined++;
            var window = Count(row.At);
            _unreadable[window] += row.IsUnreadable ? 1 : 0;
        }
    }

    // What a doubted report could not read is not held.
    private static UnreadableRows? Unreadable(LedgerWindow window, int held) =>
        window.UnreadableAsOf is not null ? window.Unreadable : held == 0 ? null : window.Unreadable is { } landed ? landed with { Count = held } : null;

    // An open state is shown up to the instant that its report was run.
    private static bool IsOpen(ReportRow row, Instant asOf) => row.End is not { } end || end >= asOf;

    private int Count(Instant start)
    {
        var window = _after.IndexOf(start);
        _counts[window]++;
        return window;
    }
}
