using Azure;
using Five9Functions.Five9.Reports;
using NodaTime;

namespace Five9Functions.Storage.RawDays;

/// <summary>A committed block of a raw day's blob: a gzip member of its own.</summary>
/// <param name="Id">A hash of its bytes: two writers can only ever mean the same bytes by it.</param>
/// <param name="Content">A hash of what is compressed in it, so that what is stored already is recognized on any machine and not sent again.</param>
internal sealed record StoredBlock(string Id, int Length, string Content);

/// <summary>One version of a raw day as it is stored: its header and where its rows are.</summary>
/// <param name="Reach">
/// The latest end that any row of the day ever had. Never falls: a landing that removed a long row may have died before the days
/// up to that row's end were sent to be normalized, and its redelivery finds nothing left to change.
/// </param>
/// <param name="Columns">All columns of its rows; a row that came without one of them reads it as empty.</param>
/// <param name="ETag">Null: the blob does not exist.</param>
internal sealed record StoredRawDay(
    RawDayHeader Header,
    Instant Reach,
    ReportColumns Columns,
    IReadOnlyList<StoredBlock> QuarantinedBlocks,
    IReadOnlyList<StoredBlock> RowBlocks,
    int HeaderLength = 0,
    ETag? ETag = null)
{
    public static StoredRawDay None(RawDayId id) => new(RawDayHeader.Empty(id), Instant.MinValue, new ReportColumns([]), [], []);

    public long QuarantinedOffset => HeaderLength;

    public long RowsOffset => HeaderLength + QuarantinedBlocks.Sum(b => (long)b.Length);

    /// <summary>Of the whole blob.</summary>
    public long Length => RowsOffset + RowBlocks.Sum(b => (long)b.Length);
}
