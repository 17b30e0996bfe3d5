using Five9Functions.Credentials;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Retention;

/// <summary>
/// Deletes a portion of what is not to be held any more: of an integration that was removed with its data everything, of any other the
/// days and runs that are older than it keeps. What is left is told by the keys that there are, so a kill loses nothing.
/// </summary>
public sealed partial class RemoveData(
    IntegrationTable integrations,
    RemovedIntegrations removed,
    IntegrationData data,
    RemovedSecret secret,
    ImportRunTable runs,
    ImportQueues queues,
    IOptions<ImportOptions> options,
    TimeProvider time,
    ILogger<RemoveData> logger)
{
    private const int MaxRuns = 100;

    // Longer than any portion takes, and not longer than until a message that was taken by the dead comes again.
    private static readonly Duration Turn = Duration.FromMinutes(10);

    /// <summary>Rows and raw days of one message: about 100 transactions, seconds of work.</summary>
    internal int Portion { get; set; } = 10_000;

    /// <param name="dequeueCount">1 for the first delivery of this message.</param>
    public async Task RunAsync(RemovalJob job, int dequeueCount, CancellationToken cancellationToken)
    {
        try
        {
            if (await DeletePortionAsync(job.Integration, cancellationToken) && time.Now() < InstantPattern.General.Parse(PlainText.Escape(job.Until)).Value)
            {
                await queues.SendAsync(job, cancellationToken);
            }
        }
        catch (Exception e) when (dequeueCount >= Message.LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            // Not poison: the next tick asks again.
            Log.GivenUp(logger, e, PlainText.Escape(job.Integration), dequeueCount);
        }
    }

    /// <returns>Whether something was there, so that there may be more.</returns>
    private async Task<bool> DeletePortionAsync(string id, CancellationToken cancellationToken) =>
        await integrations.FindAsync(id, cancellationToken) is { } integration ? await DeleteOldAsync(integration, cancellationToken)
        : await removed.FindAsync(id, cancellationToken) is { Value.Data: RemovedData.Delete } left && await DeleteAllAsync(left, cancellationToken);

    private async Task<bool> DeleteOldAsync(Integration integration, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var found = RetentionRules.FirstKept(integration, now) is { } firstKept ? await data.DeleteDaysAsync(integration.Id, firstKept, Portion, cancellationToken) : 0;
        if (found == 0)
        {
            var since = RetentionRules.RunsSince(integration, now);
            var old = await runs.FinishedBeforeAsync(integration.Id, since, cancellationToken).Take(MaxRuns).ToListAsync(cancellationToken);
            found = await data.DeleteRequestsAsync(integration.Id, since, Portion, cancellationToken) + await data.DeleteRunsAsync(integration.Id, old, Portion, cancellationToken);
        }

        if (found > 0)
        {
            Log.OldDeleted(logger, integration.Id, found);
        }

        return found > 0;
    }

    // One at a time: the row is forgotten by the last, and whoever still deleted then would delete what a new integration of this id has.
    private async Task<bool> DeleteAllAsync(Versioned<RemovedIntegration> stored, CancellationToken cancellationToken)
    {
        var (left, now) = (stored.Value, time.Now());
        if (left.BusyUntil > now || !await removed.TryUpdateAsync(stored, left with { BusyUntil = now + Turn }, cancellationToken)
            || await removed.FindAsync(left.Id, cancellationToken) is not { } turn)
        {
            return false;
        }

        var found = await data.DeleteAllAsync(left.Id, Portion, cancellationToken);
        var next = turn.Value with { BusyUntil = null };
        if (!next.SecretGone && (found == 0 || next.Problem.Length == 0))
        {
            var problem = await secret.DeleteAsync(left.Id, cancellationToken);
            next = next with { SecretGone = problem.Length == 0, Problem = problem };
        }

        // What was in flight when it was removed may still land something.
        if (found == 0 && next.SecretGone && now >= left.RemovedAt + Duration.FromTimeSpan(options.Value.Watchdog))
        {
            await removed.ForgetAsync(turn, cancellationToken);
            Log.Removed(logger, left.Id);
            return false;
        }

        await removed.TryUpdateAsync(turn, next, cancellationToken);
        if (found > 0)
        {
            Log.Deleted(logger, left.Id, found);
        }

        return found > 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} rows and raw days of the removed integration {Integration} are deleted.")]
        public static partial void Deleted(ILogger logger, string integration, int count);

        [LoggerMessage(2, LogLevel.Information, "Nothing is left of the removed integration {Integration}.")]
        public static partial void Removed(ILogger logger, string integration);

        [LoggerMessage(3, LogLevel.Information, "{Count} rows and raw days of {Integration} were older than it keeps, and are deleted.")]
        public static partial void OldDeleted(ILogger logger, string integration, int count);

        [LoggerMessage(4, LogLevel.Error, "What is to be deleted of {Integration} could not be in {Deliveries} deliveries; the next tick tries again.")]
        public static partial void GivenUp(ILogger logger, Exception exception, string integration, int deliveries);
    }
}
