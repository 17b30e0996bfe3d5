using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Connections;

/// <summary>How far an integration's history has come.</summary>
/// <param name="Percent">Whole percent of the time of all its reports, 0 to 99.</param>
/// <param name="EstimatedAt">When it will be complete at the pace so far; null while that cannot be told.</param>
public sealed record FirstImportProgress(int Percent, Instant? EstimatedAt);

/// <summary>The import of all that was before an integration was connected, as its ledgers tell it.</summary>
public sealed class InitialImportProgress(ReportDayTable days, IOptions<ImportOptions> options, TimeProvider time)
{
    // Beyond it an estimate says nothing.
    private static readonly Duration MaxLength = Duration.FromDays(365);

    /// <returns>Null when all of it was read.</returns>
    public async Task<FirstImportProgress?> GetAsync(Integration integration, CancellationToken cancellationToken)
    {
        var (now, zone) = (time.Now(), integration.DateTimeZone);
        var today = LocalDay.Of(now, zone);
        var first = integration.RetentionDays == 0 ? integration.HistoryStart : LocalDate.Max(integration.HistoryStart, today.Date.PlusDays(-integration.RetentionDays));
        var end = ((integration.CreatedAt ?? today.Start) - Duration.FromTimeSpan(options.Value.Settle)).WholeSecond();
        if (new LocalDay(first, zone).Start is var start && start >= end)
        {
            return null;
        }

        var whole = new Interval(start, end);
        var (covered, all) = (Duration.Zero, Duration.Zero);
        foreach (var report in ReportDefinition.Of(integration))
        {
            var known = await days.BetweenAsync(integration.Id, report.Name, first, LocalDay.Of(end, zone).Date, cancellationToken);
            var windows = known.SelectMany(day => day.Windows).Select(w => IntervalMath.Intersect(new Interval(w.From, w.To), whole)).OfType<Interval>();
            covered += IntervalMath.Merge(windows).Aggregate(Duration.Zero, (sum, window) => sum + window.Duration);
            all += whole.Duration;
        }

        return covered == all ? null : new FirstImportProgress((int)Math.Floor(100 * (covered / all)), Estimate(integration, covered / all, now));
    }

    private static Instant? Estimate(Integration integration, double part, Instant now)
    {
        if (integration.Paused || integration.CreatedAt is not { } begun || part <= 0)
        {
            return null;
        }

        var left = (now - begun) * ((1 - part) / part);
        return left <= MaxLength ? (now + left).WholeSecond() : null;
    }
}
