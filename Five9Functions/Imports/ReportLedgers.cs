using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>Gathers what planning needs to know: the ledgers of the days, open states, and what is being worked on.</summary>
public sealed class ReportLedgers(ReportDayTable days, IEnumerable<IDayProjection> projections, Five9UserTable users, ImportSliceTable slices, IOptions<ImportOptions> options)
{
    /// <param name="since">The first local date whose ledger is read.</param>
    public async Task<PlanInput> ReadAsync(Integration integration, ReportDefinition report, LocalDate since, Instant now, CancellationToken cancellationToken)
    {
        var zone = integration.DateTimeZone;
        var today = LocalDay.Of(now, zone).Date;
        var recent = Planner.RecentSince(now, zone, integration.Tiers);
        var known = await days.BetweenAsync(integration.Id, report.Name, since, today, cancellationToken);
        return new PlanInput(
            now,
            zone,
            RetentionRules.HistoryStart(integration, now),
            Duration.FromTimeSpan(options.Value.Settle),
            [.. known.Where(d => IsRead(d, recent)).SelectMany(d => d.Windows).Where(w => report.IsEnough(w, integration)).OrderBy(w => w.From)],
            known.Where(d => d.Id.Date >= today.PlusDays(-1)).Select(d => d.OldestOpen).Min(),
            await UnderWayAsync(integration, report.Name, cancellationToken))
        {
            Tiers = integration.Tiers,
            FailedReads = [.. known.SelectMany(d => d.FailedReads)],
            Outdated = Outdated(integration, report, known, RetentionRules.FirstKept(integration, now)),
        };
    }

    /// <summary>Days that were derived by other rules or settings than those of now, and whose rows are all that these need; the newest first.</summary>
    private IReadOnlyList<LocalDate> Outdated(Integration integration, ReportDefinition report, IReadOnlyList<ReportDay> known, LocalDate? firstKept)
    {
        var rules = projections.Single(p => p.Report == report.Name).RulesOf(integration);
        return
        [
            .. known
                .Where(d => !RetentionRules.IsAtTheEdge(d.Inputs.Keys, firstKept))
                .Where(d => d.Inputs.Count > 0 && !d.IsHeld && (d.Rules, d.Settings) != rules && d.Windows.All(w => report.IsEnough(w, integration)))
                .Select(d => d.Id.Date)
                .OrderDescending(),
        ];
    }

    // The recent days are read again anyway. An older one that was read but not derived would stay so for ever.
    private static bool IsRead(ReportDay day, LocalDate recent) => day.NormalizedVersion >= day.LandedVersion || day.Id.Date >= recent;

    // What lands nowhere but in a copy, or is not read at all, keeps nothing from being read.
    private static bool IsRead(ImportSlice slice) => !slice.FromRaw && slice.Changes != ChangeCounting.DryRun;

    private async Task<IReadOnlyList<Interval>> UnderWayAsync(Integration integration, string report, CancellationToken cancellationToken)
    {
        var user = await users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken);
        var underWay = new List<Interval>();
        foreach (var run in (user?.Value.OpenRuns ?? []).Where(r => r.Integration == integration.Id))
        {
            var ofRun = await slices.OfRunAsync(run.Integration, run.Run, cancellationToken);
            underWay.AddRange(ofRun.Where(s => !s.Value.Finished && s.Value.Report == report && IsRead(s.Value)).Select(s => s.Value.Window));
        }

        return underWay;
    }
}
