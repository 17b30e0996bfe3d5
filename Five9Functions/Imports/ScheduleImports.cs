using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// The tick: one import job for each active integration, of the reports that are not being read yet; a backfill job where older history
/// is missing; jobs for days that were derived by other rules than those of now; one for what is to be deleted; and another message for work
/// whose message was lost.
/// </summary>
public sealed partial class ScheduleImports(
    IntegrationTable integrations,
    ImportRuns runs,
    ImportSlices slices,
    RunOpening opening,
    ReportLedgers ledgers,
    ImportQueues queues,
    Watchdog watchdog,
    DueDeletions deletions,
    IOptions<ImportOptions> options,
    TimeProvider time,
    ILogger<ScheduleImports> logger)
{
    // About ten days of them: history that begins earlier than it did must not cost a reading of all runs.
    private const int MostRunsSeen = 1000;

    // Of a report and tick: a changed setting concerns every day of the history, and the imports of today come first.
    private const int MostOutdated = 50;

    // Integrations of one Five9 user share its row; those that are scheduled side by side would only lose it to each other.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.Now();
        var attempts = new Attempts(cancellationToken);
        await attempts.TryAsync("watchdog", () => watchdog.RunAsync(cancellationToken));
        await attempts.TryAsync("deletion", () => deletions.RunAsync(cancellationToken));
        var atATime = options.Value.TickParallelism;
        var count = 0;
        await attempts.EachAsync(Active(now, attempts.Failed, cancellationToken), atATime, a => a.Integration.Id, a =>
        {
            Interlocked.Increment(ref count);
            return ScheduleAsync(a.Integration, Slot(now, a.Integration.Schedule), a.Begins, cancellationToken);
        });

        // After everybody's imports of today: it reads the ledger of the whole history.
        var room = new RoomToDerive(queues, count, cancellationToken);
        await attempts.EachAsync(Active(now, _ => { }, cancellationToken), atATime, a => $"backfill of {a.Integration.Id}", a => BackfillAsync(a.Integration, a.Begins, now, room, cancellationToken));
        attempts.ThrowIfAnyFailed("Some integrations could not be scheduled; the next tick tries again.");
    }

    /// <summary>What the tick does for one integration, at once and whether or not its slot had its run: it was connected, or goes on.</summary>
    public async Task RunAsync(Integration integration, CancellationToken cancellationToken)
    {
        if (!integration.Paused)
        {
            var now = time.Now();
            if (!await ScheduleAsync(integration, Slot(now, integration.Schedule), now, cancellationToken))
            {
                await ScheduleAsync(integration, now, now, cancellationToken);
            }

            await BackfillAsync(integration, now, now, new RoomToDerive(queues, 1, cancellationToken), cancellationToken);
        }
    }

    private IAsyncEnumerable<(Integration Integration, Instant Begins)> Active(Instant now, Action<UnreadableRowException> unreadable, CancellationToken cancellationToken) => integrations
        .EachAsync(unreadable, cancellationToken)
        .Where(integration => !integration.Paused)
        .Select((integration, place) => (integration, now + SpreadJobs.Delay(integration, place, options.Value.JobsPerSecond)));

    /// <returns>False when the slot had its run before.</returns>
    private async Task<bool> ScheduleAsync(Integration integration, Instant slot, Instant begins, CancellationToken cancellationToken)
    {
        var reports = await FreeAsync(integration, RunKind.Scheduled, cancellationToken);
        if (reports.Count == 0)
        {
            return true;
        }

        var run = Run(integration, RunKind.Scheduled, RunId.At(slot), reports, begins);
        var opened = await OpenAsync(integration, run, cancellationToken);
        if (opened)
        {
            Log.Scheduled(logger, integration.Id, run.Id);
        }

        return opened;
    }

    // Whoever asks for a run that begins later asks for it as of then: the window that it reads ends there, and it is not lost before.
    private async Task<bool> OpenAsync(Integration integration, ImportRun run, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)string.GetHashCode(Five9Users.KeyOf(integration), StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await opening.OpenAsync(integration, run, (run.RequestedAt - time.Now()).ToTimeSpan(), cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task BackfillAsync(Integration integration, Instant begins, Instant now, RoomToDerive room, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var report in ImportedReport.Of(integration))
        {
            var input = await ledgers.ReadAsync(integration, report, Retention.HistoryStart(integration, now), now, cancellationToken);
            await DeriveAgainAsync(integration, report, input.Outdated, room, cancellationToken);
            if (Planner.Backfill(input, options.Value.BackfillDays).Count > 0)
            {
                missing.Add(report.Name);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        var reports = missing.Intersect(await FreeAsync(integration, RunKind.Backfill, cancellationToken)).ToList();
        if (reports.Count == 0)
        {
            return;
        }

        var run = Run(integration, RunKind.Backfill, RunId.At(Slot(now, integration.Schedule), "backfill"), reports, begins);
        if (await OpenAsync(integration, run, cancellationToken))
        {
            Log.Backfill(logger, integration.Id, run.Id);
        }
    }

    // Nobody waits for them, and one that is lost is sent at the next tick: the day says by what it was derived.
    private async Task DeriveAgainAsync(Integration integration, ImportedReport report, IReadOnlyList<LocalDate> outdated, RoomToDerive room, CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var date in outdated.Take(MostOutdated))
        {
            if (!await room.TakeAsync())
            {
                break;
            }

            await queues.SendAsync(new NormalizeJob(integration.Id, report.Name, TableColumns.Text(date), "", ""), cancellationToken);
            sent++;
        }

        if (sent > 0)
        {
            Log.DerivedAgain(logger, integration.Id, report.Derived, outdated.Count);
        }
    }

    /// <summary>The reports whose last run has nothing left to read of them: one that hangs keeps only itself waiting.</summary>
    private async Task<IReadOnlyList<string>> FreeAsync(Integration integration, RunKind kind, CancellationToken cancellationToken)
    {
        var free = ImportedReport.Of(integration).Select(report => report.Name).ToList();
        var (left, seen) = (free.ToList(), 0);
        await foreach (var run in runs.OfAsync(integration.Id, cancellationToken))
        {
            if (run.Kind == kind)
            {
                var busy = run.FinishedAt is null ? await BusyAsync(run, cancellationToken) : _ => false;
                foreach (var report in left.Where(report => run.Reads(report) && busy(report)).ToList())
                {
                    Log.StillRunning(logger, report, integration.Id, run.Id);
                    free.Remove(report);
                }

                left.RemoveAll(run.Reads);
            }

            if (left.Count == 0 || ++seen == MostRunsSeen)
            {
                break;
            }
        }

        return free;
    }

    private async Task<Func<string, bool>> BusyAsync(ImportRun run, CancellationToken cancellationToken)
    {
        var known = run.Planned is null ? [] : await slices.OfRunAsync(run.Integration, run.Id, cancellationToken);
        return report => run.Planned is not { } planned || known.Count < planned || known.Any(s => s.Value.Report == report && !s.Value.Finished);
    }

    // A run of everything does not say of what, so that it is what the integration imports when it is planned.
    private static ImportRun Run(Integration integration, RunKind kind, string id, IReadOnlyList<string> reports, Instant begins) => new()
    {
        Integration = integration.Id,
        Id = id,
        Kind = kind,
        RequestedAt = begins,
        Reports = reports.Count == ImportedReport.Of(integration).Count ? null : string.Join(',', reports),
    };

    private static Instant Slot(Instant now, Duration schedule)
    {
        var seconds = (long)schedule.TotalSeconds;
        return Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / seconds * seconds);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} of {Integration} is asked for.")]
        public static partial void Scheduled(ILogger logger, string integration, string run);

        [LoggerMessage(2, LogLevel.Information, "Backfill run {Run} of {Integration} is asked for.")]
        public static partial void Backfill(ILogger logger, string integration, string run);

        [LoggerMessage(3, LogLevel.Information, "Run {Run} of {Integration} still reads {Report}; nothing new of it is planned.")]
        public static partial void StillRunning(ILogger logger, string report, string integration, string run);

        [LoggerMessage(4, LogLevel.Information, "The {What} of {Days} days of {Integration} follow from other rules or settings than those of now; they are derived again, the newest first.")]
        public static partial void DerivedAgain(ILogger logger, string integration, string what, int days);
    }
}
