using System.Runtime.CompilerServices;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Health;

/// <summary>Reads what <see cref="Coverage"/> follows from.</summary>
public sealed class CoverageReader(ReportDayTable days, ImportRunTable runs, ImportSliceTable slices, IOptions<ImportOptions> options, TimeProvider time)
{
    /// <summary>How far back it looks for who tried what is missing: two days of scheduled runs.</summary>
    private const int MaxRuns = 200;

    /// <summary>The local days that the window touches, by date, then report; those of which nothing is expected are left out.</summary>
    public async IAsyncEnumerable<CoverageDay> ReadAsync(Integration integration, Interval window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (now, zone) = (time.Now(), integration.DateTimeZone);
        var (first, last) = (LocalDay.Of(window.Start, zone).Date, LocalDay.Of(window.End - Duration.Epsilon, zone).Date);
        var reports = ReportDefinition.Of(integration)
            .Select(report => new CoverageInput(report.Name, zone, RetentionRules.HistoryStart(integration, now), now, Duration.FromTimeSpan(options.Value.Settle), w => report.IsEnough(w, integration)))
            .ToList();
        var known = new Dictionary<(string Report, LocalDate Date), ReportDay>();
        foreach (var report in reports)
        {
            foreach (var day in await days.BetweenAsync(integration.Id, report.Report, first, last, cancellationToken))
            {
                known.Add((report.Report, day.Id.Date), day);
            }
        }

        var tried = await TriedAsync(integration, [.. reports.SelectMany(report => Gaps(report, known, first, last))], cancellationToken);
        for (var date = first; date <= last && new LocalDay(date, zone).Start <= now; date = date.PlusDays(1))
        {
            foreach (var report in reports)
            {
                if (Coverage.Of(report, date, known.GetValueOrDefault((report.Report, date)), tried.GetValueOrDefault(report.Report, [])) is { } day)
                {
                    yield return day;
                }
            }
        }
    }

    private static IEnumerable<(string Report, Interval Window)> Gaps(CoverageInput input, Dictionary<(string Report, LocalDate Date), ReportDay> known, LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            foreach (var gap in Coverage.Missing(input, date, known.GetValueOrDefault((input.Report, date))))
            {
                yield return (input.Report, gap);
            }
        }
    }

    /// <summary>What runs tried of what is missing, by report, the newest run first. A run that planned nothing of it is not looked into.</summary>
    private async Task<Dictionary<string, List<TriedWindow>>> TriedAsync(Integration integration, IReadOnlyList<(string Report, Interval Window)> gaps, CancellationToken cancellationToken)
    {
        var tried = new Dictionary<string, List<TriedWindow>>();
        var open = gaps.GroupBy(gap => gap.Report, gap => gap.Window).ToDictionary(group => group.Key, group => IntervalMath.Merge(group));
        await foreach (var run in runs.ListAsync(integration.Id, cancellationToken).Take(MaxRuns))
        {
            if (open.Values.All(windows => windows.Count == 0))
            {
                break;
            }

            if (run.Plan?.Any(planned => IsOpen(planned.Report, planned.Window)) != true)
            {
                continue;
            }

            // A slice that was split says nothing, its halves do; one that derives again reads nothing.
            foreach (var slice in (await slices.OfRunAsync(integration.Id, run.Id, cancellationToken)).Select(s => s.Value).Where(s => s.State != SliceState.Split && !s.FromRaw && IsOpen(s.Report, s.Window)))
            {
                if (!tried.TryGetValue(slice.Report, out var windows))
                {
                    tried[slice.Report] = windows = [];
                }

                windows.Add(new(slice.Window, slice.State == SliceState.Failed && slice.Error?.Problem != ImportProblem.Cancelled ? slice.Error : null));
            }

            foreach (var (report, windows) in tried)
            {
                open[report] = IntervalMath.Subtract(open[report], windows.Select(w => w.Window));
            }
        }

        return tried;

        bool IsOpen(string report, Interval window) => open.TryGetValue(report, out var windows) && windows.Any(part => IntervalMath.Intersect(part, window) is not null);
    }
}
