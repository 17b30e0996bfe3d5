using Five9Functions.Five9.Reports;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;

namespace Five9Functions.Tests.Storage;

/// <summary>A raw day without a blob: the pure rules put together as the store does it.</summary>
internal sealed record MemoryDay(IReadOnlyList<LedgerWindow> Windows, IReadOnlyList<ReportRow> Rows)
{
    public static readonly MemoryDay Empty = new([], []);

    public bool Changed { get; private init; }

    public MemoryDay Land(Landing landing)
    {
        var parts = Ledger.Older(Windows, landing.Window, landing.AsOf);
        var change = Ledger.Land(Windows, new JudgedLanding(parts), landing.AsOf);
        var replaced = Spans.Of(change.Replaced);
        ReportRow[] landed = [.. landing.Content.Rows.Where(r => replaced.Contain(r.Start)).Order(RowOrder.Instance)];
        var tally = new LandingTally(Windows, change.Windows);
        var rows = new List<ReportRow>();
        foreach (var pair in RowPairs.MergeAsync(Rows.ToAsyncEnumerable(), landed, RowOrder.Instance, r => replaced.Contain(r.Start), CancellationToken.None).ToBlockingEnumerable())
        {
            tally.Add(pair);
            if (pair.After is { } row)
            {
                rows.Add(row);
            }
        }

        return new MemoryDay(tally.Windows, rows) { Changed = tally.Changed };
    }
}
