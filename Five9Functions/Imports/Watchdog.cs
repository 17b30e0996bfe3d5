using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>Sends again what was lost: for runs and slices that are unfinished and were due long ago.</summary>
public sealed partial class Watchdog(
    Five9Users users, ImportRuns runs, ImportSlices slices, SliceDispatch dispatch, ImportQueues queues, IOptions<ImportOptions> options, TimeProvider time, ILogger<Watchdog> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lost = time.Now() - Duration.FromTimeSpan(options.Value.Watchdog);
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} of {Integration} was not planned; its message is sent again.")]
        public static partial void RunSentAgain(ILogger logger, string integration, string run);

        [LoggerMessage(2, LogLevel.Information, "Slice {Slice} of run {Run} of {Integration} did not move; its step {Step} is sent again.")]
        public static partial void SliceSentAgain(ILogger logger, string integration, string run, string slice, int step);
    }
}
