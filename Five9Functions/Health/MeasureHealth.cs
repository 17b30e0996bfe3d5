using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Five9Functions.Storage;
using Five9Functions.Time;

namespace Five9Functions.Health;

/// <summary>Looks at every integration and queue, so that an alert tells an operator what is wrong, and not a planner.</summary>
public sealed class MeasureHealth(HealthReader integrations, QueueServiceClient queues, HealthMetrics metrics, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var name in StorageLayout.Queues)
        {
            metrics.Queue(name, await OldestAsync(queues.GetQueueClient(name), cancellationToken), await CountAsync(queues.GetQueueClient(name + StorageLayout.Poison), cancellationToken));
        }

        foreach (var health in await integrations.AllAsync(cancellationToken))
        {
            metrics.Integration(health, time.Now());
        }
    }

    private async Task<TimeSpan?> OldestAsync(QueueClient queue, CancellationToken cancellationToken)
    {
        PeekedMessage? oldest = await queue.PeekMessageAsync(cancellationToken);
        return time.GetUtcNow() - oldest?.InsertedOn;
    }

    // The host makes the queue when it needs it.
    private static async Task<int> CountAsync(QueueClient poison, CancellationToken cancellationToken)
    {
        try
        {
            QueueProperties properties = await poison.GetPropertiesAsync(cancellationToken);
            return properties.ApproximateMessagesCount;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return 0;
        }
    }
}
