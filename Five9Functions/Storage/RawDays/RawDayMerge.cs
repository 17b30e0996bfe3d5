using Five9Functions.Five9.Reports;

namespace Five9Functions.Storage.RawDays;

/// <summary>Streams the rows held through the landing into the blocks of the next version.</summary>
internal sealed class RawDayMerge(RawDayBlob blob, RawDayReader held, Spans replaced, LandingTally tally)
{
    // A run's copy that is begun from the day itself has no blocks yet.
    private readonly Dictionary<string, StoredBlock> _committed = !held.IsOf(blob) ? [] : held.Stored.QuarantinedBlocks.Concat(held.Stored.RowBlocks).DistinctBy(b => b.Content).ToDictionary(b => b.Content);

    public async Task<IReadOnlyList<StoredBlock>> QuarantinedAsync(IReadOnlyList<QuarantinedRow> landed, CancellationToken cancellationToken)
    {
        QuarantinedRow[] sorted = [.. landed.Where(q => replaced.Contain(q.At)).Order(QuarantineOrder.Instance)];
        var pairs = RowPairs.MergeAsync(
            held.QuarantinedAsync(cancellationToken), sorted, QuarantineOrder.Instance, q => replaced.Contain(q.At), cancellationToken);

        using var blocks = new BlockWriter(blob, _committed, RawDayCsv.QuarantinedHeader);
        await foreach (var pair in pairs)
        {
            tally.Add(pair);
            if (pair.After is { } row)
            {
                await blocks.WriteAsync(row, RawDayCsv.Write, cancellationToken);
            }
        }

        return await blocks.CompleteAsync(cancellationToken);
    }

    public async Task<(ReportColumns Columns, IReadOnlyList<StoredBlock> Blocks)> RowsAsync(IReadOnlyList<ReportRow> landed, CancellationToken cancellationToken)
    {
        ReportRow[] sorted = [.. landed.Where(r => replaced.Contain(r.Start)).Order(RowOrder.Instance)];
        var pairs = RowPairs.MergeAsync(
            held.RowsAsync(cancellationToken), sorted, RowOrder.Instance, r => replaced.Contain(r.Start), cancellationToken);

        // The columns held come first and in their order, so that rows that did not change make blocks that did not change.
        var stored = new ReportColumns([.. sorted.Select(r => r.Columns).Distinct().Aggregate(held.Stored.Columns.Names.AsEnumerable(), (all, c) => all.Union(c.Names))]);
        var indexes = new Dictionary<ReportColumns, int[]>(ReferenceEqualityComparer.Instance);

        using var blocks = new BlockWriter(blob, _committed, RawDayCsv.RowHeader(stored));
        await foreach (var pair in pairs)
        {
            tally.Add(pair);
            if (pair.After is { } row)
            {
                await blocks.WriteAsync((Row: row, Indexes: IndexesOf(row.Columns)), static (csv, r) => RawDayCsv.Write(csv, r.Row, r.Indexes), cancellationToken);
            }
        }

        return (stored, await blocks.CompleteAsync(cancellationToken));

        int[] IndexesOf(ReportColumns columns)
        {
            if (!indexes.TryGetValue(columns, out var found))
            {
                indexes[columns] = found = [.. stored.Names.Select(columns.IndexOf)];
            }

            return found;
        }
    }
}
