using System.Collections.Concurrent;
using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.RealTime;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Health;

/// <summary>Looks at the newest rows of each integration, however long its history is, and judges by <see cref="HealthRules"/>.</summary>
public sealed class HealthReader(
    IntegrationTable integrations,
    ReportDayTable days,
    ImportRunTable runs,
    ImportSliceTable slices,
    Five9UserTable users,
    CredentialStatuses credentials,
    LiveSnapshots pictures,
    Five9Hosts hosts,
    IOptions<ImportOptions> options,
    TimeProvider time)
{
    private const int RecentDays = 8;

    // About a day of ticks: backfill has one run for many scheduled ones.
    private const int MaxRunsSeen = 100;

    /// <summary>Of all integrations, by id. One that cannot be read is failing and keeps no other from being looked at.</summary>
    public async Task<IReadOnlyList<IntegrationHealth>> AllAsync(CancellationToken cancellationToken)
    {
        var all = new ConcurrentBag<IntegrationHealth>();
        await Parallel.ForEachAsync(
            integrations.EachAsync(e => all.Add(Unreadable(e.RowKey, e.Message)), cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.TickParallelism, CancellationToken = cancellationToken },
            async (integration, token) => all.Add(await ReadAsync(integration, token)));

        return [.. all.OrderBy(health => health.Id, StringComparer.Ordinal)];
    }

    private async Task<IntegrationHealth> ReadAsync(Integration integration, CancellationToken cancellationToken)
    {
        try
        {
            var now = time.Now();
            var today = LocalDay.Of(now, integration.DateTimeZone).Date;
            var recent = await RecentAsync(integration, now, cancellationToken);
            var reports = recent.Select(r => Freshness(integration, r.Report, r.Days)).ToList();
            var newest = await runs.ListAsync(integration.Id, cancellationToken).Take(MaxRunsSeen).ToListAsync(cancellationToken);
            var (status, reason) = !integration.Paused && hosts.RefusalOf(integration) is { } refused
                ? (HealthStatus.Failing, refused.ToString())
                : HealthRules.Judge(integration, new HealthInput(
                now,
                Duration.FromTimeSpan(options.Value.Settle),
                reports,
                newest.Count > 0,
                await WaitingAsync(integration, cancellationToken),
                [.. Unread(recent), .. await FailuresAsync(integration, newest, cancellationToken)],
                [.. recent.SelectMany(r => r.Days).Where(day => day.Id.Date >= today.PlusDays(-1)).OrderByDescending(day => day.Id.Date).SelectMany(UnreadableDays.Of)]));
            var known = await credentials.GetAsync(integration, cancellationToken);
            var credential = known is { ExpiresAt: { } expires, ExpiresInDays: { } left } ? new CredentialExpiry(expires, left, known.Warning) : null;
            return new IntegrationHealth(
                integration.Id,
                integration.Name,
                status,
                credential?.Warning is { } warning ? $"{reason} {warning}" : reason,
                (int)integration.Schedule.TotalMinutes,
                reports,
                credential,
                await LiveAsync(integration, cancellationToken))
            {
                CredentialRejected = known.State == CredentialState.Rejected,
            };
        }
        catch (Exception e) when (e is UnreadableRowException or Five9MisconfiguredException)
        {
            return Unreadable(integration.Id, e.Message) with { Name = integration.Name, ScheduleMinutes = (int)integration.Schedule.TotalMinutes };
        }
    }

    private async Task<LiveHealth?> LiveAsync(Integration integration, CancellationToken cancellationToken)
    {
        if (!integration.RealTime)
        {
            return null;
        }

        var (feed, asOf, reason) = await pictures.FeedAsync(integration, cancellationToken);
        return new LiveHealth(feed, asOf, reason);
    }

    private async Task<IReadOnlyList<(ReportDefinition Report, IReadOnlyList<ReportDay> Days)>> RecentAsync(Integration integration, Instant now, CancellationToken cancellationToken)
    {
        var today = LocalDay.Of(now, integration.DateTimeZone).Date;
        var recent = new List<(ReportDefinition, IReadOnlyList<ReportDay>)>();
        foreach (var report in ReportDefinition.Of(integration))
        {
            recent.Add((report, await days.BetweenAsync(integration.Id, report.Name, today.PlusDays(-RecentDays), today, cancellationToken)));
        }

        return recent;
    }

    private static ReportFreshness Freshness(Integration integration, ReportDefinition report, IReadOnlyList<ReportDay> recent) => new(report.Name, recent
        .Where(day => day.NormalizedVersion >= day.LandedVersion)
        .SelectMany(day => day.Windows)
        .Where(window => report.IsEnough(window, integration))
        .Max(window => (Instant?)window.To));

    // Runs that did not ask for such a window again say nothing of it. Once a later report was read, it is the window that is broken.
    private static IEnumerable<(string Report, ImportError Error)> Unread(IReadOnlyList<(ReportDefinition Report, IReadOnlyList<ReportDay> Days)> recent) =>
        from r in recent
        let newest = r.Days.SelectMany(day => day.FailedReads).Where(read => read.Error.Problem.IsOfTheContent()).MaxBy(read => read.AsOf)
        where newest is not null && !r.Days.SelectMany(day => day.Windows).Any(window => window.AsOf >= newest.AsOf)
        select (r.Report.Name, newest.Error);

    // What waits is in one of the few places of its user.
    private async Task<IReadOnlyList<ImportError>> WaitingAsync(Integration integration, CancellationToken cancellationToken)
    {
        var waiting = new List<ImportError>();
        var user = await users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken);
        foreach (var place in (user?.Value.UnderWay ?? []).Where(place => place.Integration == integration.Id))
        {
            if (await slices.FindAsync(place.Integration, place.Run, place.Slice, cancellationToken) is { Value: { Finished: false, Error: { } error } })
            {
                waiting.Add(error);
            }
        }

        return waiting;
    }

    // What a person asked for, such as a window without data, says nothing of how the integration is.
    private async Task<IReadOnlyList<(string Report, ImportError Error)>> FailuresAsync(Integration integration, IReadOnlyList<ImportRun> newest, CancellationToken cancellationToken)
    {
        var failures = new List<(string, ImportError)>();
        foreach (var kind in new[] { RunKind.Scheduled, RunKind.Backfill })
        {
            var left = ReportDefinition.Of(integration).Select(report => report.Name).ToList();
            foreach (var run in newest.Where(run => run.Kind == kind && run.FinishedAt is not null && left.Any(run.Reads)).TakeWhile(_ => left.Count > 0))
            {
                var known = run.Outcome is { Failed: 0 } ? [] : await slices.OfRunAsync(run.Integration, run.Id, cancellationToken);
                foreach (var report in left.Where(run.Reads).ToList())
                {
                    left.Remove(report);
                    var fold = RunSummary.Of(run, [.. known.Select(slice => slice.Value).Where(slice => slice.Report == report)]);
                    if (fold.Errors.FirstOrDefault(error => error.Problem is not (ImportProblem.IntegrationPaused or ImportProblem.IntegrationRemoved)) is { } error)
                    {
                        failures.Add((report, error));
                    }
                }
            }
        }

        return failures;
    }

    private static IntegrationHealth Unreadable(string id, string why) => new(id, null, HealthStatus.Failing, why, null, []);
}
