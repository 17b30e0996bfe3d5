using System.Text.Json;
using Azure.Storage.Queues;
using Five9Functions.Storage;
using Five9Functions.Telemetry;

namespace Five9Functions.Runs;

/// <summary>Sends the messages of imports: camelCase JSON, base64, without expiry.</summary>
public sealed class ImportQueues(QueueServiceClient queues)
{
    private readonly QueueClient _importJobs = queues.GetQueueClient(StorageLayout.ImportJobs);
    private readonly Dictionary<string, QueueClient> _reports =
        new[] { StorageLayout.CallLogReports, StorageLayout.AgentStateReports }.ToDictionary(name => name, queues.GetQueueClient, StringComparer.Ordinal);

    private readonly QueueClient _normalizeJobs = queues.GetQueueClient(StorageLayout.NormalizeJobs);
    private readonly QueueClient _compareJobs = queues.GetQueueClient(StorageLayout.CompareJobs);
    private readonly QueueClient _removalJobs = queues.GetQueueClient(StorageLayout.RemovalJobs);
    private readonly QueueClient _livePolls = queues.GetQueueClient(StorageLayout.LivePolls);

    /// <param name="delay">How long nobody sees the message.</param>
    public Task SendAsync(ImportJob job, TimeSpan delay, CancellationToken cancellationToken) => SendAsync(_importJobs, job, delay, cancellationToken);

    /// <summary>About how many messages normalize-jobs holds, seen or not.</summary>
    public async Task<int> DaysToNormalizeAsync(CancellationToken cancellationToken) => (await _normalizeJobs.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    public Task SendAsync(ImportJob job, CancellationToken cancellationToken) => SendAsync(job, TimeSpan.Zero, cancellationToken);

    public Task SendAsync(NormalizeJob job, CancellationToken cancellationToken) => SendAsync(_normalizeJobs, job, TimeSpan.Zero, cancellationToken);

    public Task SendAsync(CompareJob job, CancellationToken cancellationToken) => SendAsync(_compareJobs, job, TimeSpan.Zero, cancellationToken);

    public Task SendAsync(RemovalJob job, CancellationToken cancellationToken) => SendAsync(_removalJobs, job, TimeSpan.Zero, cancellationToken);

    public Task SendAsync(LivePoll poll, TimeSpan delay, CancellationToken cancellationToken) => SendAsync(_livePolls, poll, delay, cancellationToken);

    /// <summary>The step that a slice is at.</summary>
    /// <param name="delay">How long nobody sees the message.</param>
    public Task SendAsync(ImportSlice slice, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(ReportDefinition.Of(slice.Report), new SliceStep(slice.Integration, slice.Run, ImportSliceTable.RowKey(slice), slice.Step), delay, cancellationToken);

    /// <inheritdoc cref="SendAsync(ImportSlice, TimeSpan, CancellationToken)"/>
    public Task SendAsync(ReportDefinition report, SliceStep step, TimeSpan delay, CancellationToken cancellationToken) => SendAsync(_reports[report.Queue], step, delay, cancellationToken);

    private static Task SendAsync<T>(QueueClient queue, T message, TimeSpan delay, CancellationToken cancellationToken)
        where T : Message => queue.SendTextAsync(JsonSerializer.Serialize((T)((Message)message with { TraceParent = Traces.Carry(message.Trace) })), delay, cancellationToken);
}
