using System.Collections.Concurrent;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using Azure.Storage.Queues;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>
/// The messages that an instance's host has taken and not settled. After a kill they are hidden until their visibility time-out:
/// ten minutes by the storage service's own clock, which no test can move.
/// </summary>
internal sealed class TakenMessages
{
    private readonly ConcurrentDictionary<(string Queue, string Id), string> _popReceipts = new();

    public async Task SeeAsync(Request request, Response response)
    {
        if (response.IsError || (request.Uri.Path ?? "").Split('/') is not [_, _, var queue, "messages", .. var id])
        {
            return;
        }

        if (id is [var settled])
        {
            // Deleted, given back, or kept hidden for longer.
            _popReceipts.TryRemove((queue, settled), out _);
            if (request.Method == RequestMethod.Put && !$"{request.Uri.Query}&".Contains("visibilitytimeout=0&", StringComparison.Ordinal))
            {
                _popReceipts[(queue, settled)] = response.Headers.TryGetValue("x-ms-popreceipt", out var renewed) ? renewed : throw new InvalidDataException("An update without a receipt.");
            }
        }
        else if (request.Method == RequestMethod.Get)
        {
            var content = new MemoryStream();
            await response.ContentStream!.CopyToAsync(content);
            content.Position = 0;
            response.ContentStream = content;
            foreach (var message in XDocument.Load(content).Descendants("QueueMessage"))
            {
                _popReceipts[(queue, message.Element("MessageId")!.Value)] = message.Element("PopReceipt")!.Value;
            }

            content.Position = 0;
        }
    }

    /// <summary>What the visibility time-out does.</summary>
    public async Task ShowAgainAsync(string connectionString)
    {
        foreach (var ((queue, id), popReceipt) in _popReceipts)
        {
            try
            {
                await new QueueClient(connectionString, queue).UpdateMessageAsync(id, popReceipt, visibilityTimeout: TimeSpan.Zero);
            }
            catch (RequestFailedException e) when (e.Status is 400 or 404)
            {
                // Its time was over, and somebody has taken it since.
            }
        }

        _popReceipts.Clear();
    }
}
