using Azure.Data.Tables;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;

namespace Five9Functions.Normalization;

/// <summary>
/// Counts how a local day differs: between its raw days and a run's copies of them, or between what is stored and what would be. Rows are
/// the same when their keys are; a large day is compared a part at a time.
/// </summary>
public sealed class DayComparison(RawDayStore rawDays, IEnumerable<IDayProjection> projections)
{
    /// <param name="before">Names the day as it was.</param>
    /// <param name="after">Names the day as it is, or would be.</param>
    public Task<(ChangeCounts Rows, ChangeCounts Segments)> BetweenAsync(Integration integration, RawDayId before, RawDayId after, CancellationToken cancellationToken) =>
        RawDayChangedException.BeginAgainAsync(async () => (await RowsAsync(before, after, cancellationToken), await SegmentsAsync(integration, before, after, cancellationToken)));

    /// <summary>What is stored, and what would be stored if it were derived now.</summary>
    public async Task<ChangeCounts> OfStoredAsync(Integration integration, RawDayId id, CancellationToken cancellationToken)
    {
        var (projection, day) = (Of(id), new LocalDay(id.Date, integration.DateTimeZone));
        var rows = (await rawDays.ReadHeaderAsync(id, cancellationToken)).Rows;
        var counts = default(ChangeCounts);
        foreach (var parts in DayPasses.Of(projection.PartsOf(integration), rows))
        {
            counts += Differences(
                await projection.StoredAsync(integration, id.Date, parts, cancellationToken), await projection.DeriveAsync(integration, id, day, parts, cancellationToken));
        }

        return counts;
    }

    private async Task<ChangeCounts> RowsAsync(RawDayId before, RawDayId after, CancellationToken cancellationToken)
    {
        var (left, right) = (await rawDays.OpenAsync(before, cancellationToken), await rawDays.OpenAsync(after, cancellationToken));
        return Same(left.Header, right.Header) ? default : await RowDifferences.CountAsync(left.RowsAsync(cancellationToken), right.RowsAsync(cancellationToken), cancellationToken);
    }

    private async Task<ChangeCounts> SegmentsAsync(Integration integration, RawDayId before, RawDayId after, CancellationToken cancellationToken)
    {
        var (projection, day) = (Of(before), new LocalDay(before.Date, integration.DateTimeZone));
        var left = await projection.ReadInputsAsync(integration, before, day, cancellationToken);
        var right = await projection.ReadInputsAsync(integration, after, day, cancellationToken);
        var counts = default(ChangeCounts);
        if (left.Days.Count == right.Days.Count && left.Days.Zip(right.Days).All(pair => Same(pair.First, pair.Second)))
        {
            return counts;
        }

        foreach (var parts in DayPasses.Of(projection.PartsOf(integration), Math.Max(left.Own.Rows, right.Own.Rows)))
        {
            counts += Differences(
                await projection.DeriveAsync(integration, before, day, parts, cancellationToken), await projection.DeriveAsync(integration, after, day, parts, cancellationToken));
        }

        return counts;
    }

    private static ChangeCounts Differences(IEnumerable<TableEntity> before, IEnumerable<TableEntity> after)
    {
        var left = before.ToDictionary(row => row.RowKey, RowColumns.Digest, StringComparer.Ordinal);
        var (added, changed) = (0, 0);
        foreach (var row in after)
        {
            if (!left.Remove(row.RowKey, out var digest))
            {
                added++;
            }
            else if (!digest.AsSpan().SequenceEqual(RowColumns.Digest(row)))
            {
                changed++;
            }
        }

        return new ChangeCounts(added, changed, left.Count);
    }

    // One version of one blob.
    private static bool Same(RawDayHeader a, RawDayHeader b) => a.Id == b.Id && a.Version == b.Version;

    private IDayProjection Of(RawDayId id) => projections.Single(p => p.Report == id.Report);
}
