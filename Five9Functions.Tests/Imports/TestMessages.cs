using System.Text.Json;
using Azure.Storage.Queues;
using Five9Functions.Runs;

namespace Five9Functions.Tests.Imports;

/// <summary>Takes what is visible in the queues.</summary>
internal sealed class TestMessages(string storage)
{
    private static readonly QueueClientOptions Base64 = new() { MessageEncoding = QueueMessageEncoding.Base64 };

    public Task<IReadOnlyList<ImportJob>> JobsAsync() => TakeAsync<ImportJob>("import-jobs");

    public Task<IReadOnlyList<SliceStep>> StepsAsync() => TakeAsync<SliceStep>("agent-state-reports");

    public Task<IReadOnlyList<SliceStep>> CallStepsAsync() => TakeAsync<SliceStep>("call-log-reports");

    public Task<IReadOnlyList<NormalizeJob>> NormalizeJobsAsync() => TakeAsync<NormalizeJob>("normalize-jobs");

    public Task<IReadOnlyList<RemovalJob>> RemovalJobsAsync() => TakeAsync<RemovalJob>("removal-jobs");

    /// <summary>Messages, whether visible or not.</summary>
    public async Task<int> CountAsync(string queue) => (await new QueueClient(storage, queue).GetPropertiesAsync()).Value.ApproximateMessagesCount;

    private async Task<IReadOnlyList<T>> TakeAsync<T>(string queue)
    {
        var client = new QueueClient(storage, queue, Base64);
        var taken = new List<T>();
        while ((await client.ReceiveMessagesAsync(maxMessages: 32)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                taken.Add(JsonSerializer.Deserialize<T>(message.Body)!);
                await client.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        return taken;
    }
}
