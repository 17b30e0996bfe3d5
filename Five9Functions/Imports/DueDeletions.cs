using Five9Functions.Integrations;
using Five9Functions.Storage;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Imports;

/// <summary>The part of the tick that has deleted what is not to be held any more: of removed integrations, and of days and runs that are too old. A lost message comes again with it.</summary>
public sealed class DueDeletions(
    IntegrationTable integrations, RemovedIntegrations removed, IntegrationData data, ImportRuns runs, ImportQueues queues, IOptions<ImportOptions> options, TimeProvider time)
{
    // A tick comes every quarter of an hour, and asks again.
    private static readonly Duration Chain = Duration.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var attempts = new Attempts(cancellationToken);
        foreach (var left in await removed.AllAsync(attempts.Failed, cancellationToken))
        {
            if (left.Data == RemovedData.Delete)
            {
                await attempts.TryAsync($"deletion of {left.Id}", () => SendAsync(left.Id, cancellationToken));
            }
        }

        // The others are told of by whoever schedules them.
        await attempts.EachAsync(integrations.EachAsync(_ => { }, cancellationToken), options.Value.TickParallelism, i => $"old days of {i.Id}", async integration =>
        {
            if (await AnyTooOldAsync(integration, cancellationToken))
            {
                await SendAsync(integration.Id, cancellationToken);
            }
        });

        attempts.ThrowIfAnyFailed("Some data that is to be deleted could not be looked for; the next tick tries again.");
    }

    /// <summary>Has an integration's data looked through now.</summary>
    public Task SendAsync(string integration, CancellationToken cancellationToken) =>
        queues.SendAsync(new RemovalJob(integration, InstantPattern.General.Format(time.Now() + Chain)), cancellationToken);

    private async Task<bool> AnyTooOldAsync(Integration integration, CancellationToken cancellationToken)
    {
        var now = time.Now();
        return await runs.FinishedBeforeAsync(integration.Id, Retention.RunsSince(integration, now), cancellationToken).AnyAsync(cancellationToken)
            || (Retention.FirstKept(integration, now) is { } firstKept && await data.AnyDaysAsync(integration.Id, firstKept, cancellationToken));
    }
}
