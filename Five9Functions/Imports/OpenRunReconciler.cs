using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Imports;

/// <summary>What a change of an integration means for its open runs: of one that is gone or paused they end, with another Five9 user they go over to that one.</summary>
public sealed partial class OpenRunReconciler(
    IntegrationTable integrations, ImportRunTable runs, ImportSliceTable slices, Five9UserTable users, RunOpening opening, SliceDispatch dispatch, TimeProvider time, ILogger<OpenRunReconciler> logger)
{
    /// <param name="user">The user whose list of open runs the run is in.</param>
    /// <param name="run">An open run.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>True when the run ended or went over to another user.</returns>
    public async Task<bool> ApplyAsync(Five9User user, Versioned<ImportRun> run, CancellationToken cancellationToken)
    {
        var integration = await integrations.FindAsync(run.Value.Integration, cancellationToken);
        if (integration is null)
        {
            await EndAsync(run, new ImportError(ImportProblem.IntegrationRemoved, "The integration was removed."), cancellationToken);
            return true;
        }

        if (integration.Paused && run.Value.Kind != RunKind.Manual)
        {
            await EndAsync(run, new ImportError(ImportProblem.IntegrationPaused, "The integration was paused; what is missing is read when it goes on."), cancellationToken);
            return true;
        }

        if (Five9UserTable.KeyOf(integration) == user.Key)
        {
            return false;
        }

        // Listed there before it is forgotten here. What is under way keeps its place here until it ends.
        var key = await opening.RegisterOpenRunAsync(integration, run.Value, cancellationToken);
        await users.UpdateAsync(user.Key, left => left.WithoutOpenRun(new OpenRun(integration.Id, run.Value.Id)), cancellationToken);
        Log.WentOver(logger, run.Value.Id, integration.Id, integration.UserName, integration.Host.Authority);
        await dispatch.DispatchAsync(key, cancellationToken);
        return true;
    }

    // The dispatch that follows finds all its slices finished, and with them the run.
    private async Task EndAsync(Versioned<ImportRun> run, ImportError reason, CancellationToken cancellationToken)
    {
        Log.Ended(logger, run.Value.Id, run.Value.Integration, reason.Text);
        foreach (var slice in await slices.OfRunAsync(run.Value.Integration, run.Value.Id, cancellationToken))
        {
            if (!slice.Value.Finished)
            {
                await slices.TryUpdateAsync(slice, slice.Value.Fail(time.Now(), reason), cancellationToken);
            }
        }

        if (run.Value.Planned is null)
        {
            await runs.TryUpdateAsync(run, run.Value with { Plan = run.Value.Plan ?? [], Planned = 0 }, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} of {Integration} ends. {Reason}")]
        public static partial void Ended(ILogger logger, string run, string integration, string reason);

        [LoggerMessage(2, LogLevel.Information, "Run {Run} of {Integration} goes on as {UserName} at {Host}.")]
        public static partial void WentOver(ILogger logger, string run, string integration, string userName, string host);
    }
}
