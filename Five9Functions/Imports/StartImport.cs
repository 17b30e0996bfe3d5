using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>Plans a run: writes all its slices, then how many there are, then gives the first ones their places.</summary>
public sealed partial class StartImport(
    IntegrationTable integrations,
    ImportRunTable runs,
    ImportSliceTable slices,
    RunOpening opening,
    CancelledRun cancelled,
    ReportLedgers ledgers,
    SliceDispatch dispatch,
    IOptions<ImportOptions> options,
    TimeProvider time,
    ILogger<StartImport> logger)
{
    /// <summary>
    /// What a person asks for is done before older history, and without leaving a share of Five9's quota to anybody. Of more slices than a
    /// month of both reports that would keep the imports of today waiting, so they go as history does.
    /// </summary>
    public const int MaxAheadOfHistory = 62;

    /// <param name="dequeueCount">1 for the first delivery of this message.</param>
    public async Task RunAsync(ImportJob job, int dequeueCount, CancellationToken cancellationToken)
    {
        try
        {
            await PlanAndDispatchAsync(job, again: dequeueCount > 1, cancellationToken);
        }
        catch (Exception e) when (dequeueCount >= Message.LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            // Not poison: the run is still listed as open, so the watchdog sends its job again.
            Log.GivenUp(logger, e, PlainText.Escape(job.Integration), PlainText.Escape(job.Run), dequeueCount);
        }
    }

    private async Task PlanAndDispatchAsync(ImportJob job, bool again, CancellationToken cancellationToken)
    {
        while (true)
        {
            var integration = await integrations.FindAsync(job.Integration, cancellationToken);
            if (integration is null)
            {
                Log.Removed(logger, PlainText.Escape(job.Integration), PlainText.Escape(job.Run));
                return;
            }

            if (await runs.FindAsync(job.Integration, job.Run, cancellationToken) is not { } stored)
            {
                Log.Unknown(logger, PlainText.Escape(job.Integration), PlainText.Escape(job.Run));
                return;
            }

            var run = stored.Value;
            if (run.FinishedAt is not null)
            {
                if (run.CancelledAt is not null)
                {
                    // Somebody may have added slices when the run was over already.
                    await cancelled.EndAsync(await slices.OfRunAsync(run.Integration, run.Id, cancellationToken), cancellationToken);
                }

                return;
            }

            var user = await opening.RegisterOpenRunAsync(integration, run, cancellationToken);
            if (run.Planned is not null)
            {
                await dispatch.DispatchAsync(user, cancellationToken, repair: again);
                return;
            }

            // First what to read, then its slices, then their number. Whoever comes second, or after a kill, finds the plan there:
            // made anew, it would differ by what was landed meanwhile. A lost race is no matter; the row says how far it is.
            await runs.TryUpdateAsync(
                stored,
                run.Plan is null
                    ? run with { Plan = await PlanAsync(integration, run, cancellationToken), StartedAt = time.Now() }
                    : run with { Planned = await AddSlicesAsync(integration, run, cancellationToken) },
                cancellationToken);
        }
    }

    private async Task<int> AddSlicesAsync(Integration integration, ImportRun run, CancellationToken cancellationToken)
    {
        var planned = run.Plan!.SelectMany(read => Parts(run, read, integration.DateTimeZone).Select(part => Slice(run, read.Report, part.Date, part.Window))).ToList();
        foreach (var slice in planned)
        {
            await slices.AddIfAbsentAsync(planned.Count > MaxAheadOfHistory ? slice with { Kind = RunKind.Backfill } : slice, cancellationToken);
        }

        if (run.RetriedAt is { } retried)
        {
            await PlanFailedAgainAsync(run, retried, cancellationToken);
        }

        Log.Planned(logger, run.Integration, run.Id, planned.Count);
        return planned.Count;
    }

    // What fails from now on has failed anew, however often this is repeated.
    private async Task PlanFailedAgainAsync(ImportRun run, Instant retried, CancellationToken cancellationToken)
    {
        foreach (var slice in await slices.OfRunAsync(run.Integration, run.Id, cancellationToken))
        {
            // The copies of a dry run are gone, so all of it is done again.
            if ((slice.Value.State == SliceState.Failed || (run.Changes == ChangeCounting.DryRun && slice.Value.State == SliceState.Done)) && slice.Value.FinishedAt <= retried)
            {
                await slices.TryUpdateAsync(slice, slice.Value.PlanAgain(retried), cancellationToken);
            }
        }
    }

    // A day that is derived again is derived once, even where it is cut at a change of the clocks.
    private static IEnumerable<(LocalDate Date, Interval Window)> Parts(ImportRun run, PlannedWindow read, DateTimeZone zone)
    {
        var parts = IntervalMath.CutByLocalDay(read.Window, zone);
        return run.Source == ImportSource.Five9 ? parts : parts.GroupBy(part => part.Date).Select(day => (day.Key, new Interval(day.First().Window.Start, day.Last().Window.End)));
    }

    // Each report from its own ledger.
    private async Task<IReadOnlyList<PlannedWindow>> PlanAsync(Integration integration, ImportRun run, CancellationToken cancellationToken)
    {
        var plan = new List<PlannedWindow>();
        foreach (var report in ReportDefinition.Of(integration).Where(report => run.Reads(report.Name)))
        {
            plan.AddRange((await WindowsAsync(integration, report, run, cancellationToken)).Select(window => new PlannedWindow(report.Name, window)));
        }

        return plan;
    }

    private async Task<IReadOnlyList<Interval>> WindowsAsync(Integration integration, ReportDefinition report, ImportRun run, CancellationToken cancellationToken)
    {
        if (run.Window is { } window)
        {
            return [window];
        }

        var isBackfill = run.Kind == RunKind.Backfill;
        var since = isBackfill ? RetentionRules.HistoryStart(integration, run.RequestedAt) : Planner.RecentSince(run.RequestedAt, integration.DateTimeZone, integration.Tiers);
        var input = await ledgers.ReadAsync(integration, report, since, run.RequestedAt, cancellationToken);
        return isBackfill ? Planner.Backfill(input, options.Value.BackfillDays) : Planner.Scheduled(input);
    }

    private static ImportSlice Slice(ImportRun run, string report, LocalDate date, Interval window) => new()
    {
        Integration = run.Integration,
        Run = run.Id,
        Report = report,
        Window = window,
        Date = date,
        Kind = run.Kind,
        Force = run.Force,
        Changes = run.Changes,
        FromRaw = run.Source == ImportSource.Raw,
        Days = run.Source == ImportSource.Raw ? [date] : [],
        DueAt = run.RequestedAt,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} of {Integration} is planned: {Slices} slices.")]
        public static partial void Planned(ILogger logger, string integration, string run, int slices);

        [LoggerMessage(3, LogLevel.Error, "Run {Run} of {Integration} could not be planned in {Deliveries} deliveries; it is tried again in a quarter of an hour.")]
        public static partial void GivenUp(ILogger logger, Exception exception, string integration, string run, int deliveries);

        [LoggerMessage(4, LogLevel.Information, "The integration {Integration} was removed; the job of its run {Run} is dropped.")]
        public static partial void Removed(ILogger logger, string integration, string run);

        [LoggerMessage(2, LogLevel.Warning, "The run {Run} of the integration {Integration} is not known any more; its job is dropped.")]
        public static partial void Unknown(ILogger logger, string integration, string run);
    }
}
