using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// Sends again what was lost: for runs and slices that are unfinished and were due long ago. Whatever is wrong with one of them, the
/// others are looked after.
/// </summary>
public sealed partial class Watchdog(
    IntegrationTable integrations,
    Five9UserTable users,
    ImportRunTable runs,
    ImportSliceTable slices,
    RunOpening opening,
    OpenRunReconciler changed,
    SliceDispatch dispatch,
    ImportQueues queues,
    IOptions<ImportOptions> options,
    TimeProvider time,
    ILogger<Watchdog> logger)
{
    // Two days of the shortest schedule: it looks each day.
    private const int MaxRunsSeen = 300;

    private Instant Lost => time.Now() - Duration.FromTimeSpan(options.Value.Watchdog);

    /// <param name="all">The users as they were read just now.</param>
    /// <exception cref="AggregateException">Something could not be looked after; the next tick tries again.</exception>
    public async Task RunAsync(IEnumerable<Five9User> all, CancellationToken cancellationToken)
    {
        var failures = new FailureCollector(cancellationToken);
        var homes = await integrations.EachAsync(_ => { }, cancellationToken).ToDictionaryAsync(i => i.Id, i => (User: Five9UserTable.KeyOf(i), i.Paused), StringComparer.Ordinal, cancellationToken);
        await failures.EachAsync(all.ToAsyncEnumerable(), options.Value.TickParallelism, u => $"user {u.UserName} at {u.Host}", async user =>
        {
            await LookAfterAsync(user, open => homes.GetValueOrDefault(open.Integration) == (user.Key, false), failures, cancellationToken);
            if (user.Ticks.Keys.Where(id => homes.GetValueOrDefault(id).User != user.Key).ToList() is [_, ..] gone)
            {
                await users.UpdateAsync(user.Key, u => u.WithoutTicks(gone), cancellationToken);
            }
        });
        failures.ThrowIfAnyFailed("Some unfinished work could not be looked after; the next tick tries again.");
    }

    /// <summary>Looks after unfinished runs that are in no list, because somebody deleted the user's row.</summary>
    /// <returns>False when there is one that may just be opened.</returns>
    /// <exception cref="AggregateException">Something could not be looked after; the next tick tries again.</exception>
    public async Task<bool> AdoptUnregisteredRunsAsync(Integration integration, CancellationToken cancellationToken)
    {
        var (lost, all) = (Lost, true);
        var user = await users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken);
        var found = new List<ImportRun>();
        await foreach (var run in runs.ListAsync(integration.Id, cancellationToken).Take(MaxRunsSeen).WithCancellation(cancellationToken))
        {
            if (run.FinishedAt is null && user?.Value.OpenRuns.Contains(new OpenRun(integration.Id, run.Id)) != true)
            {
                all = all && run.RequestedAt <= lost;
                found.AddRange(run.RequestedAt <= lost ? [run] : []);
            }
        }

        foreach (var run in found)
        {
            await opening.RegisterOpenRunAsync(integration, run, cancellationToken);
        }

        if (found.Count > 0)
        {
            var failures = new FailureCollector(cancellationToken);
            await LookAfterAsync((await users.GetAsync(Five9UserTable.KeyOf(integration), cancellationToken)).Value, _ => false, failures, cancellationToken);
            failures.ThrowIfAnyFailed("A run that was in no list could not be looked after; the next tick tries again.");
        }

        return all;
    }

    /// <param name="isUnchanged">Whether an open run's integration is known not to be paused, removed or another user's.</param>
    private async Task LookAfterAsync(Five9User user, Func<OpenRun, bool> isUnchanged, FailureCollector failures, CancellationToken cancellationToken)
    {
        var (lost, starting) = (Lost, 0);
        foreach (var open in user.OpenRuns)
        {
            await failures.TryAsync($"run {open.Run} of {open.Integration}", async () => starting += await LookAfterRunAsync(user, open, isUnchanged(open), lost, cancellationToken) ? 1 : 0);
        }

        foreach (var place in user.UnderWay)
        {
            await failures.TryAsync($"slice {place.Slice} of {place.Integration}", () => LookAfterSliceAsync(place, lost, cancellationToken));
        }

        if (user.UnderWay.Count > 0 || starting < user.OpenRuns.Count)
        {
            await dispatch.DispatchAsync(user.Key, cancellationToken);
        }
    }

    /// <returns>True when it has no slices yet, so that there is nothing to dispatch.</returns>
    private async Task<bool> LookAfterRunAsync(Five9User user, OpenRun open, bool isUnchanged, Instant lost, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(open.Integration, open.Run, cancellationToken) is not { } run)
        {
            // Whoever listed it was killed before it had a row, or is just about to write that.
            if (RunId.InstantOf(open.Run) <= lost)
            {
                await users.UpdateAsync(user.Key, u => u.WithoutName(open), cancellationToken);
            }

            return true;
        }

        if (run.Value.FinishedAt is not null || (!isUnchanged && await changed.ApplyAsync(user, run, cancellationToken)))
        {
            return false;
        }

        if (run.Value is { HasToCompare: true, ComparingSince: { } since } && since <= lost)
        {
            // The dispatch of the user, which follows, begins anew with the days that are left.
            Log.ComparedAgain(logger, open.Integration, open.Run);
            await runs.TryUpdateAsync(run, run.Value with { ComparingSince = null }, cancellationToken);
        }

        if (run.Value.Planned is null && run.Value.RequestedAt <= lost)
        {
            Log.RunSentAgain(logger, open.Integration, open.Run);
            await queues.SendAsync(new ImportJob(open.Integration, open.Run), cancellationToken);
        }

        return run.Value is { Planned: null, CancelledAt: null };
    }

    private async Task LookAfterSliceAsync(SliceInPlace place, Instant lost, CancellationToken cancellationToken)
    {
        if (await slices.FindAsync(place.Integration, place.Run, place.Slice, cancellationToken) is { Value: { Finished: false } slice } && slice.DueAt <= lost)
        {
            // Throws where nobody could work on the message: it would only end in the poison queue.
            await integrations.FindAsync(place.Integration, cancellationToken);
            Log.SliceSentAgain(logger, place.Integration, place.Run, place.Slice, slice.Step);
            await queues.SendAsync(slice, TimeSpan.Zero, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Warning, "Run {Run} of {Integration} is still to be compared; the days that are left are sent again.")]
        public static partial void ComparedAgain(ILogger logger, string integration, string run);

        [LoggerMessage(1, LogLevel.Information, "Run {Run} of {Integration} was not planned; its message is sent again.")]
        public static partial void RunSentAgain(ILogger logger, string integration, string run);

        [LoggerMessage(2, LogLevel.Information, "Slice {Slice} of run {Run} of {Integration} did not move; its step {Step} is sent again.")]
        public static partial void SliceSentAgain(ILogger logger, string integration, string run, string slice, int step);
    }
}
