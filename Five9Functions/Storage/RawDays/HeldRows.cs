using Five9Functions.Five9.Reports;

namespace Five9Functions.Storage.RawDays;

/// <summary>Reads of a raw day what a landing is judged by, and only where the landing gives a reason to.</summary>
internal static class HeldRows
{
    public static async Task<JudgedLanding> JudgeAsync(RawDayReader held, Landing landing, CancellationToken cancellationToken)
    {
        var parts = Ledger.Older(held.Header.Windows, landing.Window, landing.AsOf);
        var holding = Spans.Of(parts.Where(p => p.Held is { Rows: > 0 }));
        var rows = landing.Content.Rows.Count(row => holding.Contain(row.Start));
        var lacking = Lacking(held.Stored.Columns, landing);
        if (!LandingJudge.NeedsCount(landing, parts.Sum(p => p.Held?.Rows ?? 0), rows, lacking.Count > 0))
        {
            return new JudgedLanding(parts);
        }

        var spans = Spans.Of(parts);
        var counts = new int[parts.Count];
        var gone = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var row in held.RowsAsync(cancellationToken))
        {
            if (spans.IndexOf(row.Start) is var index and >= 0)
            {
                counts[index]++;
                gone.UnionWith(lacking.Where(column => row[column].Length > 0 && !gone.Contains(column)));
            }
        }

        return LandingJudge.Judge(new LandingFacts(landing, [.. parts.Select((p, i) => p with { Rows = counts[i] })], rows, gone.Count == 0 ? [] : [.. gone]));
    }

    // A result without a header says nothing of its columns.
    private static List<string> Lacking(ReportColumns held, Landing landing) => landing.Content.Columns is not { } columns ? []
        : [.. held.Names.Where(name => columns.IndexOf(name) < 0 && name != LookAlikes.Column && !landing.LeftOut.Contains(name))];
}
