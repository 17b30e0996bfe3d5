using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Time;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Retention;

/// <summary>Has deleted what is not to be held any more: of removed integrations, and days and runs that are too old. A lost message comes again with the next tick.</summary>
public sealed class DeletionScheduler(RemovedIntegrations removed, IntegrationData data, ImportRunTable runs, ImportQueues queues, TimeProvider time)
{
    // A tick comes every quarter of an hour, and asks again.
    private static readonly Duration Chain = Duration.FromMinutes(10);

    /// <summary>What is left of removed integrations.</summary>
    /// <exception cref="AggregateException">Something could not be looked for; the next tick tries again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = new FailureCollector(cancellationToken);
        foreach (var left in await removed.AllAsync(failures.Failed, cancellationToken))
        {
            if (left.Data == RemovedData.Delete)
            {
                await failures.TryAsync($"deletion of {left.Id}", () => SendAsync(left.Id, cancellationToken));
            }
        }

        failures.ThrowIfAnyFailed("Some data that is to be deleted could not be looked for; the next tick tries again.");
    }

    /// <summary>What is too old of an integration.</summary>
    /// <returns>False when nothing is.</returns>
    public async Task<bool> EnqueueExpiredAsync(Integration integration, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var any = await runs.FinishedBeforeAsync(integration.Id, RetentionRules.RunsSince(integration, now), cancellationToken).AnyAsync(cancellationToken)
            || (RetentionRules.FirstKept(integration, now) is { } firstKept && await data.AnyDaysAsync(integration.Id, firstKept, cancellationToken));
        if (any)
        {
            await SendAsync(integration.Id, cancellationToken);
        }

        return any;
    }

    /// <summary>Has an integration's data looked through now.</summary>
    public Task SendAsync(string integration, CancellationToken cancellationToken) =>
        queues.SendAsync(new RemovalJob(integration, InstantPattern.General.Format(time.Now() + Chain)), cancellationToken);
}
