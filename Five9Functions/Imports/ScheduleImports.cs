using System.Collections.Concurrent;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Retention;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// The tick: one import job for each active integration, of the reports that are not being read yet; then what their older history
/// needs; and another message for work whose message was lost. For an integration with nothing to repair it reads nothing that is not read a
/// page at a time, and writes its user, its run and the job.
/// </summary>
public sealed partial class ScheduleImports(
    IntegrationTable integrations,
    Five9UserTable users,
    PlannableReports free,
    RunOpening opening,
    HistoryMaintenance history,
    ImportQueues queues,
    Watchdog watchdog,
    DeletionScheduler deletions,
    IOptions<ImportOptions> options,
    TimeProvider time,
    ILogger<ScheduleImports> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.Now();
        var failures = new FailureCollector(cancellationToken);
        var known = await UsersAsync(failures, cancellationToken);
        await failures.TryAsync("watchdog", () => watchdog.RunAsync(known.Values.Select(user => user.Value), cancellationToken));
        await failures.TryAsync("deletion", () => deletions.RunAsync(cancellationToken));
        var atATime = options.Value.TickParallelism;
        var (active, due) = (0, new ConcurrentDictionary<string, bool>());
        await failures.EachAsync(PlacedAsync(now, failures.Failed, cancellationToken), atATime, p => p.Integration.Id, async placed =>
        {
            Interlocked.Add(ref active, placed.Integration.Paused ? 0 : 1);
            Versioned<Five9User>? user = known.TryGetValue(Five9UserTable.KeyOf(placed.Integration), out var stored) ? stored : null;
            if (history.IsDue(placed.Integration, user?.Value, now) || history.IsTakenAnyway(placed.Integration, known.Count, now))
            {
                due[placed.Integration.Id] = true;
            }

            await LookAtAsync(placed.Integration, user, placed.Begins, now, failures, cancellationToken);
        });

        // After everybody's imports of today.
        if (!due.IsEmpty)
        {
            var room = new RederiveBudget(queues, active, cancellationToken);
            var some = PlacedAsync(now, _ => { }, cancellationToken).Where(p => due.ContainsKey(p.Integration.Id) && history.IsItsTurn(p.Integration, due.Count, now));
            await failures.EachAsync(some, atATime, p => $"history of {p.Integration.Id}", p => LookThroughAsync(p.Integration, p.Begins, now, room, cancellationToken));
        }

        failures.ThrowIfAnyFailed("Some integrations could not be scheduled; the next tick tries again.");
    }

    /// <summary>What the tick does for one integration, at once and whether or not its slot had its run: it was connected, or goes on.</summary>
    public async Task RunAsync(Integration integration, CancellationToken cancellationToken)
    {
        if (!integration.Paused)
        {
            var now = time.Now();
            if (!await ScheduleAsync(integration, await UserAsync(), Slot(now, integration.Schedule), now, cancellationToken))
            {
                await ScheduleAsync(integration, await UserAsync(), now, now, cancellationToken);
            }

            await LookThroughAsync(integration, now, now, new RederiveBudget(queues, 1, cancellationToken), cancellationToken);
        }

        Task<Versioned<Five9User>?> UserAsync() => users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken);
    }

    // All at once, unlike integrations: a thousand cost the request that one of them would, and each is small.
    private async Task<IReadOnlyDictionary<string, Versioned<Five9User>>> UsersAsync(FailureCollector failures, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, Versioned<Five9User>>(StringComparer.Ordinal);
        await failures.TryAsync("Five9 users", async () =>
        {
            await foreach (var user in users.EachAsync(failures.Failed, cancellationToken))
            {
                known.Add(user.Value.Key, user);
            }
        });
        return known;
    }

    // All of them, each active one with the instant that its imports begin at.
    private IAsyncEnumerable<(Integration Integration, Instant Begins)> PlacedAsync(Instant now, Action<UnreadableRowException> unreadable, CancellationToken cancellationToken)
    {
        var active = 0;
        return integrations.EachAsync(unreadable, cancellationToken)
            .Select(integration => (integration, now + JobStagger.Delay(integration, integration.Paused ? 0 : active++, options.Value.JobsPerSecond)));
    }

    private async Task LookAtAsync(Integration integration, Versioned<Five9User>? user, Instant begins, Instant now, FailureCollector failures, CancellationToken cancellationToken)
    {
        if (user?.Value.Ticks.ContainsKey(integration.Id) != true)
        {
            // Nobody knows what ticks did, so what is open may be in no list.
            await failures.TryAsync($"runs of {integration.Id}", () => watchdog.AdoptUnregisteredRunsAsync(integration, cancellationToken));
            user = await users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken);
        }

        if (!integration.Paused)
        {
            await ScheduleAsync(integration, user, Slot(now, integration.Schedule), begins, cancellationToken);
        }
    }

    /// <param name="user">As it was read when the tick began; null when there is none yet.</param>
    /// <returns>False when the slot had its run before.</returns>
    private async Task<bool> ScheduleAsync(Integration integration, Versioned<Five9User>? user, Instant slot, Instant begins, CancellationToken cancellationToken)
    {
        var id = RunId.At(slot);
        if (user is { Value: var known } && known.TicksOf(integration.Id).Run == id && !known.OpenRuns.Contains(new OpenRun(integration.Id, id)))
        {
            return false;
        }

        // Of one that is open, this keeps what it reads from being read twice; one that is but a name is opened now.
        var reports = await free.FindAsync(integration, RunKind.Scheduled, user?.Value, cancellationToken);
        if (reports.Count == 0)
        {
            return true;
        }

        var run = new ImportRun { Integration = integration.Id, Id = id, Kind = RunKind.Scheduled, RequestedAt = begins }.OfReports(integration, reports);
        var opened = await opening.OpenAsync(integration, run, cancellationToken, user);
        if (opened)
        {
            Log.Scheduled(logger, integration.Id, run.Id);
        }

        return opened;
    }

    private Task LookThroughAsync(Integration integration, Instant begins, Instant now, RederiveBudget room, CancellationToken cancellationToken)
    {
        var backfill = new ImportRun { Integration = integration.Id, Id = RunId.At(Slot(now, integration.Schedule), "backfill"), Kind = RunKind.Backfill, RequestedAt = begins };
        return history.LookThroughAsync(integration, backfill, now, room, cancellationToken);
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
    }
}
