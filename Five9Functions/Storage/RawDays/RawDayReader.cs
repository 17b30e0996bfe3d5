using System.Runtime.CompilerServices;
using CsvHelper;
using Five9Functions.Five9;

namespace Five9Functions.Storage;

/// <summary>
/// Reads one version of a raw day. Holds one compressed block of at most 4 MiB at a time, so several days can be walked
/// side by side, agent by agent. Both sequences can be enumerated more than once.
/// </summary>
public sealed class RawDayReader
{
    private readonly RawDayBlob _blob;

    internal RawDayReader(RawDayBlob blob, StoredRawDay stored)
    {
        _blob = blob;
        Stored = stored;
    }

    public RawDayHeader Header => Stored.Header;

    internal StoredRawDay Stored { get; }

    /// <summary>
    /// The rows ordered by key (ordinal), start, then their values by column name. All share one <see cref="ReportRow.Columns"/>:
    /// a column that a row's report did not have is empty.
    /// </summary>
    /// <exception cref="RawDayChangedException">The day was changed while it was read: open it again.</exception>
    public IAsyncEnumerable<ReportRow> RowsAsync(CancellationToken cancellationToken) =>
        ReadAsync(Stored.RowBlocks, Stored.RowsOffset, csv => RawDayCsv.Row(csv, Stored.Columns), cancellationToken);

    /// <summary>The quarantined rows ordered by their instant, then line.</summary>
    /// <exception cref="RawDayChangedException">The day was changed while it was read: open it again.</exception>
    public IAsyncEnumerable<QuarantinedRow> QuarantinedAsync(CancellationToken cancellationToken) =>
        ReadAsync(Stored.QuarantinedBlocks, Stored.QuarantinedOffset, RawDayCsv.Quarantined, cancellationToken);

    private async IAsyncEnumerable<T> ReadAsync<T>(
        IReadOnlyList<StoredBlock> blocks, long offset, Func<CsvReader, T> record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            await using var content = await _blob.ReadBlockAsync(offset, blocks[i].Length, Stored.ETag!.Value, cancellationToken);
            offset += blocks[i].Length;

            using var csv = RawDayCsv.Reader(content);
            if (i == 0)
            {
                csv.Read(); // the header, which is only there for people
            }

            // The block is in memory: nothing here waits.
            while (csv.Read())
            {
                yield return record(csv);
            }
        }
    }
}
