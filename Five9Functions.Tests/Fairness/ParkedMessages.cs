using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Fairness;

/// <summary>
/// Makes delayed messages follow the test's clock: the storage service would hide them in real time. They wait in a queue that
/// nobody reads, and come into their own when the clock has reached them.
/// </summary>
internal sealed partial class ParkedMessages(string storage, TimeProvider time) : HttpPipelinePolicy
{
    private const string Parked = "parked";

    private static readonly QueueClientOptions Base64 = new() { MessageEncoding = QueueMessageEncoding.Base64 };

    private readonly Lock _lock = new();
    private readonly List<(Instant Due, SentMessage Message)> _parked = [];

    /// <summary>When the next one is due; null when none waits.</summary>
    public Instant? Next
    {
        get
        {
            lock (_lock)
            {
                return _parked.Select(p => (Instant?)p.Due).Min();
            }
        }
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public Task CreateQueueAsync(CancellationToken cancellationToken) => new QueueClient(storage, Parked).CreateAsync(cancellationToken: cancellationToken);

    /// <summary>Sends what is due by now.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        List<(Instant Due, SentMessage Message)> due;
        lock (_lock)
        {
            due = [.. _parked.Where(p => p.Due <= Now).OrderBy(p => p.Due)];
            _parked.RemoveAll(p => p.Due <= Now);
        }

        foreach (var (_, message) in due)
        {
            await new QueueClient(storage, message.Queue, Base64).SendMessageAsync(message.Json, cancellationToken);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (message.Request.Method == RequestMethod.Post && Delay().Match(message.Request.Uri.Query) is { Success: true } delay
            && StorageRequest.Of(message.Request).Message is { } sent)
        {
            message.Request.Uri.Path = message.Request.Uri.Path.Replace(sent.Queue, Parked, StringComparison.Ordinal);
            lock (_lock)
            {
                _parked.Add((Now + Duration.FromSeconds(long.Parse(delay.Groups["seconds"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)), sent));
            }
        }

        return ProcessNextAsync(message, pipeline);
    }

    [GeneratedRegex("visibilitytimeout=(?<seconds>[1-9][0-9]*)")]
    private static partial Regex Delay();
}
