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
    // About a day of ticks. A scheduled run that is not finished keeps the next from being opened, so one that is not listed is found long before.
    private const int MostRunsSeen = 100;

    /// <exception cref="AggregateException">Something could not be looked after; the next tick tries again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lost = time.Now() - Duration.FromTimeSpan(options.Value.Watchdog);
        var attempts = new Attempts(cancellationToken);
        var atATime = options.Value.TickParallelism;
        await attempts.EachAsync(integrations.EachAsync(attempts.Failed, cancellationToken), atATime, i => $"runs of {i.Id}", i => ListAsync(i, lost, cancellationToken));
        await attempts.EachAsync(users.EachAsync(attempts.Failed, cancellationToken), atATime, u => $"user {u.UserName} at {u.Host}", u => LookAfterAsync(u, attempts, lost, cancellationToken));
        attempts.ThrowIfAnyFailed("Some unfinished work could not be looked after; the next tick tries again.");
    }

    private async Task LookAfterAsync(Five9User user, Attempts attempts, Instant lost, CancellationToken cancellationToken)
    {
        foreach (var open in user.OpenRuns)
        {
            await attempts.TryAsync($"run {open.Run} of {open.Integration}", () => LookAfterRunAsync(user, open, lost, cancellationToken));
        }

        foreach (var place in user.UnderWay)
        {
            await attempts.TryAsync($"slice {place.Slice} of {place.Integration}", () => LookAfterSliceAsync(place, lost, cancellationToken));
        }

        await dispatch.DispatchAsync(user.Key, cancellationToken);
    }

    private async Task LookAfterRunAsync(Five9User user, OpenRun open, Instant lost, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(open.Integration, open.Run, cancellationToken) is not { Value.FinishedAt: null } run || await changed.ApplyAsync(user, run, cancellationToken))
        {
            return;
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

    // A kill between a run's row and the list of open runs leaves the row as its only trace, whoever asked for the run.
    private async Task ListAsync(Integration integration, Instant lost, CancellationToken cancellationToken)
    {
        await foreach (var run in runs.OfAsync(integration.Id, cancellationToken).Take(MostRunsSeen).WithCancellation(cancellationToken))
        {
            if (run.FinishedAt is null && run.RequestedAt <= lost)
            {
                await opening.ListAsync(integration, run, cancellationToken);
            }
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
