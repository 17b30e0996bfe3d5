using System.Runtime.CompilerServices;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Queries;

/// <summary>What Five9 said: a row that was understood, or one that is quarantined.</summary>
/// <param name="Ordinal">Its place among the rows of the same key and start, from 0.</param>
public sealed record RawRow(LocalDate Date, ReportRow? Row, QuarantinedRow? Quarantined, int Ordinal)
{
    public Instant Start => Row?.Start ?? Quarantined!.At;

    /// <summary>The agent or the CALL ID; empty for a quarantined row, which is nobody's.</summary>
    public string Key => Row?.Key ?? "";
}

/// <summary>Where a reading begins: with this row or, if it is gone, with the next one.</summary>
public sealed record RawPosition(LocalDate Date, bool Quarantined, string Key, Instant Start, int Ordinal);

/// <summary>The raw days of a window, opened as they are now.</summary>
/// <param name="Columns">All columns of their rows: in the order of the first day, then those that only later ones have.</param>
/// <param name="ShowsText">Whether the text of quarantined rows can be shown: it holds no customer data that the integration does not keep.</param>
public sealed record OpenRawDays(IReadOnlyList<string> Columns, bool ShowsText, IAsyncEnumerable<RawRow> Rows);

/// <summary>Reads raw days. Holds a compressed block at a time.</summary>
public sealed class RawRows(RawDayStore rawDays, TimeProvider time)
{
    /// <summary>
    /// The rows that start in the window: by local day, in it by key (ordinal), start, then what they say, and after them the quarantined ones by time.
    /// </summary>
    /// <param name="report">One of <see cref="ReportNames"/>.</param>
    /// <param name="key">The agent or CALL ID; null for all. Quarantined rows are nobody's, and only there without it.</param>
    public async Task<OpenRawDays> OpenAsync(Integration integration, string report, Interval window, string? key, RawPosition? from, CancellationToken cancellationToken)
    {
        var dates = LocalDates.Of(window, integration.DateTimeZone, time.Now());
        var days = await Task.WhenAll(dates.Select(date => rawDays.OpenAsync(new RawDayId(integration.Id, report, date), cancellationToken)));
        var columns = days.SelectMany(day => day.Stored.Columns.Names).Distinct(StringComparer.Ordinal).ToList();

        // What was kept once and is not to be kept any more may still be held.
        return new(
            integration.KeepCustomerData ? columns : [.. columns.Except(ReportHeader.CustomerColumns)],
            integration.KeepCustomerData || !columns.Intersect(ReportHeader.CustomerColumns).Any(),
            RowsAsync(days, window, key, from, cancellationToken));
    }

    private static async IAsyncEnumerable<RawRow> RowsAsync(
        IReadOnlyList<RawDayReader> days, Interval window, string? key, RawPosition? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var day in days.Where(day => day.Header.Version > 0 && (from is null || day.Header.Id.Date >= from.Date)))
        {
            var begin = from?.Date == day.Header.Id.Date ? from : null;
            if (begin is not { Quarantined: true })
            {
                await foreach (var row in Numbered(day.Header.Id.Date, day.RowsAsync(k => (key is null || k == key) && (begin is null || string.CompareOrdinal(k, begin.Key) >= 0), cancellationToken)))
                {
                    if (window.Contains(row.Start) && (begin is null || IsFrom(row, begin)))
                    {
                        yield return row;
                    }
                }
            }

            var number = 0;
            await foreach (var row in key is null ? day.QuarantinedAsync(cancellationToken) : AsyncEnumerable.Empty<QuarantinedRow>())
            {
                var at = number++;
                if (window.Contains(row.At) && (begin is not { Quarantined: true } || at >= begin.Ordinal))
                {
                    yield return new(day.Header.Id.Date, null, row, at);
                }
            }
        }
    }

    private static bool IsFrom(RawRow row, RawPosition begin) => string.CompareOrdinal(row.Key, begin.Key) is var order && order != 0
        ? order > 0
        : row.Start > begin.Start || (row.Start == begin.Start && row.Ordinal >= begin.Ordinal);

    private static async IAsyncEnumerable<RawRow> Numbered(LocalDate date, IAsyncEnumerable<ReportRow> rows)
    {
        var last = default(RawRow);
        await foreach (var row in rows)
        {
            yield return last = new(date, row, null, last?.Key == row.Key && last.Start == row.Start ? last.Ordinal + 1 : 0);
        }
    }
}
