using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Five9Functions.Storage;

/// <summary>Sends a message that never expires.</summary>
internal static class QueueMessages
{
    private static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    /// <param name="queue">Where to; it is created again if it is missing.</param>
    /// <param name="text">The message.</param>
    /// <param name="delay">How long the message stays invisible.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task SendTextAsync(this QueueClient queue, string text, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await SendOnceAsync();
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // What it held is sent again by the watchdog; what comes now must not be lost too.
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await SendOnceAsync();
        }

        Task SendOnceAsync() => queue.SendMessageAsync(
            text,
            visibilityTimeout: delay > TimeSpan.Zero ? delay : null,
            timeToLive: NeverExpires,
            cancellationToken);
    }
}
