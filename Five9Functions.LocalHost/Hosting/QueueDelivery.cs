using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// One delivery of one message: runs the function, keeps the message hidden meanwhile, and settles it: deleted after success,
/// given back after the retry delay, or moved to the poison queue with its text as it was sent.
/// </summary>
internal sealed partial class QueueDelivery(
    QueueFunction function, QueueMessage message, QueueClient queue, QueueClient? poison, FunctionsHostOptions options, JsonSerializerOptions json, FunctionRunner runner, ILogger logger)
{
    // Every renewal gives a new one; with an old one the message can neither be deleted nor given back.
    private string _popReceipt = message.PopReceipt;

    public async Task<Invocation> RunAsync(CancellationToken cancellationToken)
    {
        var reason = ReasonToRefuse();
        var invocation = reason is null ? await WorkAsync(cancellationToken) : Refuse(reason);
        try
        {
            await CompletePendingRotationAsync(invocation.Error is null, reason is not null || message.DequeueCount >= options.MaxDequeueCount);
        }
        catch (Exception unsettled) // Whatever kept it: the message comes back when its invisibility ends.
        {
            Log.NotSettled(logger, function.Name, message.MessageId, function.Queue, unsettled);
        }

        return invocation;
    }

    /// <summary>Why the function is not even called: these go straight to the poison queue, as in Azure.</summary>
    private string? ReasonToRefuse()
    {
        if (message.DequeueCount > options.MaxDequeueCount)
        {
            return $"was taken {message.DequeueCount} times and never settled";
        }

        return options.MessageEncoding == QueueMessageEncoding.Base64 && !Convert.TryFromBase64String(message.MessageText, new byte[message.MessageText.Length], out _)
            ? "is not base64, but host.json says messageEncoding base64; send it with QueueMessageEncoding.Base64 (and give the host a client with QueueMessageEncoding.None)"
            : null;
    }

    private Invocation Refuse(string reason)
    {
        Log.Refused(logger, function.Name, message.MessageId, function.Queue, reason);
        return new Invocation(function.Name, TimeSpan.Zero, new InvalidDataException($"Message {message.MessageId} of queue '{function.Queue}' {reason}."), message.DequeueCount);
    }

    private async Task<Invocation> WorkAsync(CancellationToken cancellationToken)
    {
        using var worked = new CancellationTokenSource();
        var renewing = RenewAsync(worked.Token);
        var invocation = await runner.RunAsync(function, Read, message.DequeueCount, cancellationToken);
        await worked.CancelAsync();
        await renewing;
        return invocation;
    }

    private TriggerData Read()
    {
        var content = options.MessageEncoding == QueueMessageEncoding.Base64 ? Convert.FromBase64String(message.MessageText) : message.Body.ToArray();
        var value = JsonSerializer.Deserialize(content, function.MessageType, json); // the JSON null is null to the function, as in Azure
        return new TriggerData(value, message.DequeueCount, message.MessageId, message.InsertedOn ?? default);
    }

    private async Task RenewAsync(CancellationToken worked)
    {
        while (true)
        {
            await Task.WhenAny(Task.Delay(options.MessageInvisibility / 2, options.QueueTime, worked));
            if (worked.IsCancellationRequested)
            {
                return;
            }

            try
            {
                // Never cancelled: the service may have renewed it and the new receipt would be lost.
                UpdateReceipt receipt = await queue.UpdateMessageAsync(message.MessageId, _popReceipt, visibilityTimeout: options.MessageInvisibility, cancellationToken: CancellationToken.None);
                _popReceipt = receipt.PopReceipt;
            }
            catch (Exception failed) // The storage client has tried several times. Another delivery is always allowed; ending this one is not.
            {
                Log.NotRenewed(logger, function.Name, message.MessageId, function.Queue, failed);
            }
        }
    }

    private async Task CompletePendingRotationAsync(bool succeeded, bool last)
    {
        // Cancellation is for the function; what became of its message is written down even while the host stops.
        if (succeeded)
        {
            await DeleteAsync();
        }
        else if (poison is null)
        {
            // The queue is itself a poison queue: the message stays hidden, or it would come round for ever without a pause.
        }
        else if (last)
        {
            await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            await poison.SendMessageAsync(message.MessageText, CancellationToken.None); // lives 7 days, as the Functions host's copy does
            await queue.DeleteMessageAsync(message.MessageId, _popReceipt, CancellationToken.None);
            Log.Poisoned(logger, function.Name, message.MessageId, poison.Name);
        }
        else
        {
            await queue.UpdateMessageAsync(message.MessageId, _popReceipt, visibilityTimeout: options.RetryDelay, cancellationToken: CancellationToken.None);
        }
    }

    /// <summary>As in the Functions host: a message that is gone, or that somebody else has taken meanwhile, needs no deleting by us.</summary>
    private async Task DeleteAsync()
    {
        try
        {
            await queue.DeleteMessageAsync(message.MessageId, _popReceipt, CancellationToken.None);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch || e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Function {Function} did not get message {MessageId} of queue {Queue}: it {Reason}")]
        public static partial void Refused(ILogger logger, string function, string messageId, string queue, string reason);

        [LoggerMessage(2, LogLevel.Error, "Function {Function}: message {MessageId} was moved to {PoisonQueue}")]
        public static partial void Poisoned(ILogger logger, string function, string messageId, string poisonQueue);

        [LoggerMessage(3, LogLevel.Warning, "Function {Function}: message {MessageId} of queue {Queue} could not be kept hidden; another delivery may start")]
        public static partial void NotRenewed(ILogger logger, string function, string messageId, string queue, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Function {Function}: message {MessageId} of queue {Queue} could not be deleted or given back; it will be delivered again")]
        public static partial void NotSettled(ILogger logger, string function, string messageId, string queue, Exception exception);
    }
}
