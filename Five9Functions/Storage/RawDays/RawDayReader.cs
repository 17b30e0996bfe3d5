using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using Five9Functions.Five9.Reports;

namespace Five9Functions.Storage.RawDays;

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

    internal bool IsOf(RawDayBlob blob) => ReferenceEquals(blob, _blob);

    /// <summary>
    /// The rows ordered by key (ordinal), start, then their values by column name. All share one <see cref="ReportRow.Columns"/>:
    /// a column that a row's report did not have is empty.
    /// </summary>
    /// <exception cref="RawDayChangedException">The day was changed while it was read: open it again.</exception>
    /// <exception cref="RawDayDamagedException">These are not the rows that were written.</exception>
    public IAsyncEnumerable<ReportRow> RowsAsync(CancellationToken cancellationToken) => RowsAsync(_ => true, cancellationToken);

    /// <summary>Only the rows of some keys; the others cost little more than their decompression.</summary>
    /// <inheritdoc cref="RowsAsync(CancellationToken)" path="/exception"/>
    public IAsyncEnumerable<ReportRow> RowsAsync(Func<string, bool> keys, CancellationToken cancellationToken)
    {
        // Rows of one key lie together, so mostly the answer is that of the row before.
        var (key, wanted) = (Array.Empty<byte>(), false);
        return ReadAsync(Stored.RowBlocks, Stored.RowsOffset, csv => Wanted(csv) ? RawDayCsv.Row(csv, Stored.Columns) : null, cancellationToken);

        bool Wanted(CsvReader csv)
        {
            var next = RawDayCsv.Key(csv);
            if (key.Length == 0 || !next.SequenceEqual(key))
            {
                key = next.ToArray();
                wanted = keys(Encoding.UTF8.GetString(next));
            }

            return wanted;
        }
    }

    /// <summary>The quarantined rows ordered by their instant, then line.</summary>
    /// <exception cref="RawDayChangedException">The day was changed while it was read: open it again.</exception>
    public IAsyncEnumerable<QuarantinedRow> QuarantinedAsync(CancellationToken cancellationToken) =>
        ReadAsync(Stored.QuarantinedBlocks, Stored.QuarantinedOffset, RawDayCsv.Quarantined, cancellationToken);

    private async IAsyncEnumerable<T> ReadAsync<T>(
        IReadOnlyList<StoredBlock> blocks, long offset, Func<CsvReader, T?> record, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            await using var content = await _blob.ReadBlockAsync(Stored, offset, blocks[i], cancellationToken);
            offset += blocks[i].Length;

            using var csv = RawDayCsv.Reader(content);
            if (i == 0)
            {
                Next(csv, _ => null); // the header, which is only there for people
            }

            // The block is in memory: nothing here waits.
            while (Next(csv, record) is (true, var read))
            {
                if (read is not null)
                {
                    yield return read;
                }
            }
        }

        (bool IsThere, T? Read) Next(CsvReader csv, Func<CsvReader, T?> record)
        {
            try
            {
                return csv.Read() ? (true, record(csv)) : (false, null);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // What a parser says can hold a value of the row.
                throw _blob.Damaged(Stored, $"one of its rows is not of the form that this program writes ({e.GetType().Name})");
            }
        }
    }
}
