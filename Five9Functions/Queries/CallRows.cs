using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Queries;

/// <summary>A leg with its class, queue and contact, in the columns of the table Calls.</summary>
public sealed record CallRow(LocalDate Date, int Bucket, TableEntity Columns)
{
    public Instant Start => Columns.Instant("Start");
}

/// <summary>Where a reading begins: with this leg or, if it is gone, with the next one.</summary>
public sealed record CallPosition(LocalDate Date, int Bucket, string RowKey);

/// <summary>
/// Reads single legs: from the table where the day is stored there by the settings of now, else derived from the raw days, which comes to
/// the same. Holds one bucket of one day at a time.
/// </summary>
public sealed class CallRows(ReportDayTable days, CallsTable calls, CallDayReader sources, TimeProvider time)
{
    /// <summary>The legs that start in the window: by local day, in it by bucket, then start and CALL ID.</summary>
    /// <param name="callId">Null for all.</param>
    /// <param name="queue">Null for all.</param>
    public async IAsyncEnumerable<CallRow> ReadAsync(
        Integration integration, Interval window, string? queue, string? callId, CallPosition? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dates = LocalDates.Of(window, integration.DateTimeZone, time.Now(), from?.Date);
        if (dates.Count == 0)
        {
            yield break;
        }

        var settings = CallSettings.Of(integration);
        var known = (await days.BetweenAsync(integration.Id, ReportNames.Calls, dates[0], dates[^1], cancellationToken)).ToDictionary(day => day.Id.Date);
        foreach (var date in dates)
        {
            var isStored = integration.StoreCalls && known.TryGetValue(date, out var day) && day.Settings == settings && day.NormalizedVersion >= day.LandedVersion;
            var begin = from?.Date == date ? from : null;
            foreach (var bucket in (callId is null ? Enumerable.Range(0, integration.Buckets) : [CallsKeys.Bucket(callId, integration.Buckets)]).Where(bucket => bucket >= (begin?.Bucket ?? 0)))
            {
                var rows = isStored
                    ? await calls.ReadBucketAsync(integration.Id, date, integration.Buckets, bucket, cancellationToken)
                    : await DeriveAsync(integration, date, bucket, cancellationToken);
                foreach (var row in rows.Where(row => begin is null || bucket > begin.Bucket || string.CompareOrdinal(row.RowKey, begin.RowKey) >= 0).Select(row => new CallRow(date, bucket, row)))
                {
                    if (window.Contains(row.Start) && (queue is null || row.Columns.Text("Queue") == queue) && (callId is null || row.Columns.Text("CallId") == callId))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    private async Task<IReadOnlyList<TableEntity>> DeriveAsync(Integration integration, LocalDate date, int bucket, CancellationToken cancellationToken)
    {
        var derived = await sources.DeriveLegsAsync(integration, new RawDayId(integration.Id, ReportNames.Calls, date), call => CallsKeys.Bucket(call, integration.Buckets) == bucket, cancellationToken);
        var partition = CallsKeys.Partition(integration.Id, date, bucket);
        return [.. derived.Legs.Select(leg => CallEntity.From(partition, leg, integration.KeepCustomerData)).OrderBy(row => row.RowKey, StringComparer.Ordinal)];
    }
}
