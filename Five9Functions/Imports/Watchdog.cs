using Five9Functions.Integrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>Sends again what was lost: for runs and slices that are unfinished and were due long ago.</summary>
public sealed partial class Watchdog(
    IntegrationTable integrations,
    Five9Users users,
    ImportRuns runs,
    ImportSlices slices,
    RunOpening opening,
    SliceDispatch dispatch,
    ImportQueues queues,
    IOptions<ImportOptions> options,
    TimeProvider time,
    ILogger<Watchdog> logger)
{
    // More than a week of ticks: an unfinished run that is not listed was killed at its opening, and is found long before.
    private const int MostRunsSeen = 1000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lost = time.Now() - Duration.FromTimeSpan(options.Value.Watchdog);
        await ListAsync(lost, cancellationToken);
        foreach (var user in await users.AllAsync(cancellationToken))
        {
            foreach (var open in user.OpenRuns)
            {
                if (await runs.FindAsync(open.Integration, open.Run, cancellationToken) is { Value: { Planned: null } run } && run.RequestedAt <= lost)
                {
                    Log.RunSentAgain(logger, run.Integration, run.Id);
                    await queues.SendAsync(new ImportJob(run.Integration, run.Id), cancellationToken);
                }
            }

            foreach (var place in user.UnderWay)
            {
                if (await slices.FindAsync(place.Integration, place.Run, place.Slice, cancellationToken) is { Value: { Finished: false } slice } && slice.DueAt <= lost)
                {
                    Log.SliceSentAgain(logger, place.Integration, place.Run, place.Slice, slice.Step);
                    await queues.SendAsync(new SliceStep(place.Integration, place.Run, place.Slice, slice.Step), TimeSpan.Zero, cancellationToken);
                }
            }

            await dispatch.DispatchAsync(user.Key, cancellationToken);
        }
    }

    // A kill between a run's row and the list of open runs leaves the row as its only trace, whoever asked for the run.
    private async Task ListAsync(Instant lost, CancellationToken cancellationToken)
    {
        foreach (var integration in await integrations.AllAsync(cancellationToken))
        {
            await foreach (var run in runs.OfAsync(integration.Id, cancellationToken).Take(MostRunsSeen).WithCancellation(cancellationToken))
            {
                if (run.FinishedAt is null && run.RequestedAt <= lost)
                {
                    await opening.ListAsync(integration, run, cancellationToken);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} of {Integration} was not planned; its message is sent again.")]
        public static partial void RunSentAgain(ILogger logger, string integration, string run);

        [LoggerMessage(2, LogLevel.Information, "Slice {Slice} of run {Run} of {Integration} did not move; its step {Step} is sent again.")]
        public static partial void SliceSentAgain(ILogger logger, string integration, string run, string slice, int step);
    }
}
