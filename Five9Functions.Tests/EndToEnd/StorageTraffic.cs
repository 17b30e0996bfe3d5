using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>
/// Sees every request of the app to tables, blobs and queues once, before any retry. Counts what can write, can hold a request
/// back, and can make a message get lost.
/// </summary>
internal sealed class StorageTraffic : HttpPipelinePolicy
{
    /// <summary>Where lost messages go.</summary>
    public const string LostQueue = "lost";

    private readonly Lock _lock = new();
    private readonly List<StorageRequest> _writes = [];
    private Func<StorageRequest, bool>? _lose;

    /// <summary>Runs before a request is sent; what it waits for, the request waits for.</summary>
    public Func<StorageRequest, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>All requests that can write, in their order.</summary>
    public IReadOnlyList<StorageRequest> Writes
    {
        get
        {
            lock (_lock)
            {
                return [.. _writes];
            }
        }
    }

    public IReadOnlyList<SentMessage> Messages => [.. Writes.Select(w => w.Message).OfType<SentMessage>()];

    /// <summary>Written entities of a table, those of transactions included, such as "PUT manifest".</summary>
    public IReadOnlyList<string> EntityWrites(string table) => [.. Writes.SelectMany(w => w.Entities).Where(e => e.Table == table).Select(e => $"{e.Method} {e.RowKey}")];

    /// <summary>Staged blocks by what is in them: header, quarantined or rows.</summary>
    public int Blocks(string content) => Writes.Count(w => w.Block == content);

    public void Clear()
    {
        lock (_lock)
        {
            _writes.Clear();
        }
    }

    /// <summary>The next message for which this holds is sent to where nobody looks, and the sender is told that all is well.</summary>
    public void LoseNext(Func<SentMessage, bool> which) => _lose = request => request.Message is { } message && which(message);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var request = StorageRequest.Of(message.Request);
        lock (_lock)
        {
            if (request.CanWrite)
            {
                _writes.Add(request);
            }

            if (_lose is { } lose && lose(request))
            {
                _lose = null;
                message.Request.Uri.Path = message.Request.Uri.Path.Replace(request.Message!.Queue, LostQueue, StringComparison.Ordinal);
            }
        }

        await Before(request);
        await ProcessNextAsync(message, pipeline);
    }
}
