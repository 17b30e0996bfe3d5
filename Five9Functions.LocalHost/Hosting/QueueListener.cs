using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// Takes a queue's messages in batches and runs them side by side: the next batch comes when few enough are running, so at most
/// batch size + threshold run at once, as in the Functions host.
/// </summary>
internal sealed partial class QueueListener(
    QueueFunction function, QueueServiceClient service, FunctionsHostOptions options, JsonSerializerOptions json, FunctionRunner runner, RunningFunctions running, Action<Invocation> report, ILogger logger)
{
    private const string PoisonSuffix = "-poison";

    private readonly QueueClient _queue = service.GetQueueClient(function.Queue);
    private readonly QueueClient? _poison = function.Queue.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : service.GetQueueClient(function.Queue + PoisonSuffix);
    private readonly PollPause _pause = new(options.MinimumPoll, options.MaximumPoll, options.Sent is not null, options.QueueTime);

    public string Queue => function.Queue;

    public Task CreateQueueAsync(CancellationToken cancellationToken) => _queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Counts hidden messages too: delayed ones, and those that a function works on.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        (await _queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCountLong == 0;

    public void Wake() => _pause.Wake();

    /// <param name="hidden">How long nobody sees the message that was sent.</param>
    public void WakeAfter(TimeSpan hidden) => _pause.WakeAfter(hidden);

    /// <summary>Ends, once <paramref name="stopping"/> is cancelled, when the last running function has ended.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        var deliveries = new HashSet<Task>();
        while (!stopping.IsCancellationRequested)
        {
            _pause.Rearm();
            var messages = await TakeAsync(cancellationToken);
            deliveries.UnionWith(messages.Select(message => DeliverAsync(message, cancellationToken)));
            if (messages.Length > 0)
            {
                _pause.Reset();
            }

            if (messages.Length == 0 || (options.Sent is not null && messages.Length < options.BatchSize))
            {
                await _pause.WaitAsync(stopping);
            }

            deliveries.RemoveWhere(delivery => delivery.IsCompleted);
            while (deliveries.Count > options.RunningBeforeNextBatch)
            {
                deliveries.Remove(await Task.WhenAny(deliveries));
            }
        }

        await Task.WhenAll(deliveries);
    }

    /// <summary>Not ended by a stop: messages that the service has hidden already would be lost to everybody until they show again.</summary>
    private async Task<QueueMessage[]> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _queue.ReceiveMessagesAsync(options.BatchSize, options.MessageInvisibility, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception failed) // A storage service that is away may come back; a listener that has ended does not.
        {
            Log.NotRead(logger, function.Queue, failed);
            return [];
        }
    }

    private Task DeliverAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        running.Begin();
        var delivery = new QueueDelivery(function, message, _queue, _poison, options, json, runner, logger);

        // On a thread of its own: a function that computes before its first await must not hold up the others.
        return Task.Run(
            async () =>
            {
                try
                {
                    var invocation = await delivery.RunAsync(cancellationToken);
                    if (invocation.Error is not null)
                    {
                        _pause.WakeAfter(options.RetryDelay);
                    }

                    report(invocation);
                }
                finally
                {
                    running.End();
                }
            },
            CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Queue {Queue} could not be read; trying again")]
        public static partial void NotRead(ILogger logger, string queue, Exception exception);
    }
}
