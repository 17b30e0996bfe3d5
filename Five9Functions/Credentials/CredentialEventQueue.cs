using System.Text.Json;
using Azure.Storage.Queues;
using Five9Functions.Storage;

namespace Five9Functions.Credentials;

/// <summary>Sends the importer's own events to the queue credential-events, to which Event Grid sends those of the vault.</summary>
public sealed class CredentialEventQueue(QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(StorageLayout.CredentialEvents);

    /// <param name="happened">The event.</param>
    /// <param name="delay">How long the message stays invisible.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task SendAsync(CredentialEvent happened, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.SendTextAsync(JsonSerializer.Serialize(new CredentialEvents([happened])), delay, cancellationToken);
}
