using System.Runtime.CompilerServices;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Queries;

/// <summary>A local day's intervals.</summary>
/// <param name="Rows">Null when the day is not there: it was not read yet, or is being derived anew. That is not the same as no calls.</param>
public sealed record IntervalDay(LocalDate Date, IReadOnlyList<IntervalRow>? Rows);

/// <summary>Reads the figures of queues, a local day at a time.</summary>
public sealed class IntervalResults(ReportDayTable days, QueueIntervalsTable intervals, TimeProvider time)
{
    /// <summary>The days that the window touches and that have begun, in order.</summary>
    /// <param name="since">The first date that is wanted; null for that of the window.</param>
    public async IAsyncEnumerable<IntervalDay> ReadAsync(
        Integration integration, IntervalsWanted wanted, LocalDate? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dates = LocalDates.Of(wanted.Window, integration.DateTimeZone, time.Now(), since);
        if (dates.Count == 0)
        {
            yield break;
        }

        // Before the figures: so these are at least as new as the ledger that they are judged by.
        var ledgers = (await days.BetweenAsync(integration.Id, ReportNames.Calls, dates[0], dates[^1], cancellationToken)).ToDictionary(day => day.Id.Date);
        var settings = CallSettings.Of(integration);
        foreach (var date in dates)
        {
            var known = ledgers.GetValueOrDefault(date);
            var stored = known is { Windows.Count: > 0 } ? await intervals.ReadAsync(integration.Id, date, integration.Grouping, cancellationToken) : null;
            yield return new IntervalDay(date, stored is null ? null : QueueDay.Rows(
                new LocalDay(date, integration.DateTimeZone),
                stored,
                new ReadTimes(known!.Windows),
                derived: known.NormalizedVersion >= known.LandedVersion && known.Settings == settings,
                wanted));
        }
    }
}
