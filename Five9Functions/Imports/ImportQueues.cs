using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Five9Functions.Rotation;
using Five9Functions.Telemetry;

namespace Five9Functions.Imports;

/// <summary>The queues and their wire form: camelCase JSON, base64, without expiry.</summary>
public sealed class ImportQueues(QueueServiceClient queues)
{
    public const string ImportJobs = "import-jobs";
    public const string CallLogReports = "call-log-reports";
    public const string AgentStateReports = "agent-state-reports";
    public const string NormalizeJobs = "normalize-jobs";
    public const string CompareJobs = "compare-jobs";
    public const string RemovalJobs = "removal-jobs";
    public const string CredentialEvents = "credential-events";
    public const string LivePolls = "live-polls";

    /// <summary>What the Functions host adds to a queue's name for the messages that failed five times.</summary>
    public const string Poison = "-poison";

    private static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _importJobs = queues.GetQueueClient(ImportJobs);
    private readonly Dictionary<string, QueueClient> _reports =
        new[] { CallLogReports, AgentStateReports }.ToDictionary(name => name, queues.GetQueueClient, StringComparer.Ordinal);

    private readonly QueueClient _normalizeJobs = queues.GetQueueClient(NormalizeJobs);
    private readonly QueueClient _compareJobs = queues.GetQueueClient(CompareJobs);
    private readonly QueueClient _removalJobs = queues.GetQueueClient(RemovalJobs);
    private readonly QueueClient _credentialEvents = queues.GetQueueClient(CredentialEvents);
    private readonly QueueClient _livePolls = queues.GetQueueClient(LivePolls);

    public static IReadOnlyList<string> Names { get; } = [ImportJobs, CallLogReports, AgentStateReports, NormalizeJobs, CompareJobs, RemovalJobs, CredentialEvents, LivePolls];

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
        SendAsync(ImportedReport.Of(slice.Report), new SliceStep(slice.Integration, slice.Run, ImportSlices.RowKey(slice), slice.Step), delay, cancellationToken);

    /// <inheritdoc cref="SendAsync(ImportSlice, TimeSpan, CancellationToken)"/>
    public Task SendAsync(ImportedReport report, SliceStep step, TimeSpan delay, CancellationToken cancellationToken) => SendAsync(_reports[report.Queue], step, delay, cancellationToken);

    public Task SendAsync(CredentialEvent happened, TimeSpan delay, CancellationToken cancellationToken) => SendAsync(_credentialEvents, JsonSerializer.Serialize(new Rotation.CredentialEvents([happened])), delay, cancellationToken);

    private static Task SendAsync<T>(QueueClient queue, T message, TimeSpan delay, CancellationToken cancellationToken)
        where T : Message => SendAsync(queue, JsonSerializer.Serialize((T)((Message)message with { TraceParent = Traces.Carry(message.Trace) })), delay, cancellationToken);

    private static async Task SendAsync(QueueClient queue, string text, TimeSpan delay, CancellationToken cancellationToken)
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
