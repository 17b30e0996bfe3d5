using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// The tick: one import job for each active integration whose last one is finished, a backfill job where older history is missing,
/// and another message for work whose message was lost.
/// </summary>
public sealed partial class ScheduleImports(
    IntegrationTable integrations,
    ImportRuns runs,
    RunOpening opening,
    ReportLedgers ledgers,
    Watchdog watchdog,
    IOptions<ImportOptions> options,
    TimeProvider time,
    ILogger<ScheduleImports> logger)
{
    // About ten days of them: history that begins earlier than it did must not cost a reading of all runs.
    private const int MostRunsSeen = 1000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.Now();
        var attempts = new Attempts(cancellationToken);
        await attempts.TryAsync("watchdog", () => watchdog.RunAsync(cancellationToken));
        var active = (await integrations.AllAsync(attempts.Failed, cancellationToken)).Where(i => !i.Paused).ToList();
        foreach (var integration in active)
        {
            await attempts.TryAsync(integration.Id, () => ScheduleAsync(integration, now, cancellationToken));
        }

        // After everybody's imports of today: it reads the ledger of the whole history.
        foreach (var integration in active)
        {
            await attempts.TryAsync($"backfill of {integration.Id}", () => BackfillAsync(integration, now, cancellationToken));
        }

        attempts.ThrowIfAnyFailed("Some integrations could not be scheduled; the next tick tries again.");
    }

    private async Task ScheduleAsync(Integration integration, Instant now, CancellationToken cancellationToken)
    {
        var slot = Slot(now, integration.Schedule);
        var run = new ImportRun { Integration = integration.Id, Id = RunId.At(slot), Kind = RunKind.Scheduled, RequestedAt = now };
        var last = await LastAsync(integration.Id, RunKind.Scheduled, cancellationToken);
        if (last is { FinishedAt: null })
        {
            Log.StillRunning(logger, integration.Id, last.Id);
        }
        else if (await opening.OpenAsync(integration, run, cancellationToken))
        {
            Log.Scheduled(logger, integration.Id, run.Id);
        }
    }

    private async Task BackfillAsync(Integration integration, Instant now, CancellationToken cancellationToken)
    {
        var input = await ledgers.ReadAsync(integration, ReportNames.AgentStates, integration.HistoryStart, now, cancellationToken);
        if (Planner.Backfill(input, options.Value.BackfillDays).Count == 0)
        {
            return;
        }

        if (await LastAsync(integration.Id, RunKind.Backfill, cancellationToken) is { FinishedAt: null })
        {
            return;
        }

        var run = new ImportRun { Integration = integration.Id, Id = RunId.At(Slot(now, integration.Schedule), "backfill"), Kind = RunKind.Backfill, RequestedAt = now };
        if (await opening.OpenAsync(integration, run, cancellationToken))
        {
            Log.Backfill(logger, integration.Id, run.Id);
        }
    }

    private async Task<ImportRun?> LastAsync(string integration, RunKind kind, CancellationToken cancellationToken)
    {
        var seen = 0;
        await foreach (var run in runs.OfAsync(integration, cancellationToken))
        {
            if (run.Kind == kind)
            {
                return run;
            }

            if (++seen == MostRunsSeen)
            {
                break;
            }
        }

        return null;
    }

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

        [LoggerMessage(3, LogLevel.Information, "Run {Run} of {Integration} is not finished yet; nothing new is planned.")]
        public static partial void StillRunning(ILogger logger, string integration, string run);
    }
}
