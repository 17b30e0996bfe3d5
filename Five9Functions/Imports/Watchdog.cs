using Five9Functions.Integrations;
using Five9Functions.Storage;
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
    Five9Users users,
    ImportRuns runs,
    ImportSlices slices,
    RunOpening opening,
    ChangedIntegrations changed,
    SliceDispatch dispatch,
    ImportQueues queues,
    IOptions<ImportOptions> options,
    TimeProvider time,
    ILogger<Watchdog> logger)
{
    // About a day of ticks.
    private const int MostRunsSeen = 100;

    private Instant Lost => time.Now() - Duration.FromTimeSpan(options.Value.Watchdog);

    /// <param name="all">The users as they were read just now.</param>
    /// <exception cref="AggregateException">Something could not be looked after; the next tick tries again.</exception>
    public async Task RunAsync(IEnumerable<Five9User> all, CancellationToken cancellationToken)
    {
        var attempts = new Attempts(cancellationToken);
        var usersOf = await integrations.EachAsync(_ => { }, cancellationToken)
            .Where(integration => !integration.Paused)
            .ToDictionaryAsync(integration => integration.Id, Five9Users.KeyOf, StringComparer.Ordinal, cancellationToken);
        await attempts.EachAsync(all.ToAsyncEnumerable(), options.Value.TickParallelism, u => $"user {u.UserName} at {u.Host}", u => LookAfterAsync(u, usersOf, attempts, cancellationToken));
        attempts.ThrowIfAnyFailed("Some unfinished work could not be looked after; the next tick tries again.");
    }

    /// <summary>Looks after unfinished runs that are in no list: somebody deleted the user's row, or other work of the user had a name forgotten just before its run had a row.</summary>
    /// <exception cref="AggregateException">Something could not be looked after; the next tick tries again.</exception>
    public async Task ListAsync(Integration integration, CancellationToken cancellationToken)
    {
        var (lost, attempts) = (Lost, new Attempts(cancellationToken));
        var user = await users.FindAsync(Five9Users.KeyOf(integration), cancellationToken);
        await foreach (var run in runs.OfAsync(integration.Id, cancellationToken).Take(MostRunsSeen).WithCancellation(cancellationToken))
        {
            if (run.FinishedAt is null && run.RequestedAt <= lost && user?.Value.OpenRuns.Contains(new OpenRun(integration.Id, run.Id)) != true)
            {
                var key = await opening.ListAsync(integration, run, cancellationToken);
                await LookAfterAsync((await users.GetAsync(key, cancellationToken)).Value, new Dictionary<string, string>(), attempts, cancellationToken);
            }
        }

        attempts.ThrowIfAnyFailed("A run that was in no list could not be looked after; the next tick tries again.");
    }

    /// <param name="usersOf">The users of active integrations, as far as they are known, by integration: what is there was not removed or paused.</param>
    private async Task LookAfterAsync(Five9User user, IReadOnlyDictionary<string, string> usersOf, Attempts attempts, CancellationToken cancellationToken)
    {
        var (lost, starting) = (Lost, 0);
        foreach (var open in user.OpenRuns)
        {
            var isUnchanged = usersOf.GetValueOrDefault(open.Integration) == user.Key;
            await attempts.TryAsync($"run {open.Run} of {open.Integration}", async () => starting += await LookAfterRunAsync(user, open, isUnchanged, lost, cancellationToken) ? 1 : 0);
        }

        foreach (var place in user.UnderWay)
        {
            await attempts.TryAsync($"slice {place.Slice} of {place.Integration}", () => LookAfterSliceAsync(place, lost, cancellationToken));
        }

        if (user.UnderWay.Count > 0 || starting < user.OpenRuns.Count)
        {
            await dispatch.DispatchAsync(user.Key, cancellationToken);
        }
    }

    /// <returns>True when it has no slices yet, so that there is nothing to dispatch.</returns>
    private async Task<bool> LookAfterRunAsync(Five9User user, OpenRun open, bool isUnchanged, Instant lost, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(open.Integration, open.Run, cancellationToken) is not { Value.FinishedAt: null } run
            || (!isUnchanged && await changed.ApplyAsync(user, run, cancellationToken)))
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
