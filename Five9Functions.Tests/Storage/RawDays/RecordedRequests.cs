using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.Tests.Storage;

/// <summary>Writes down what a storage client sends, and can do something before a request goes out.</summary>
internal sealed class RecordedRequests : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<(string What, long Bytes)> _sent = new();

    /// <summary>Awaited before each commit of a block list.</summary>
    public Func<Task> BeforeCommit { get; set; } = () => Task.CompletedTask;

    /// <summary>The requests in short: method, and component ("block", "blocklist") or range.</summary>
    public IReadOnlyList<string> Sent => [.. _sent.Select(s => s.What)];

    public long UploadedBytes => _sent.Sum(s => s.Bytes);

    public void Clear() => _sent.Clear();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var request = message.Request;
        var query = request.Uri.Query;
        var component = query.Contains("comp=blocklist", StringComparison.Ordinal) ? " blocklist" : query.Contains("comp=block", StringComparison.Ordinal) ? " block" : "";
        var range = request.Headers.TryGetValue("x-ms-range", out var value) || request.Headers.TryGetValue("Range", out value) ? $" {value}" : "";
        if (component == " blocklist")
        {
            await BeforeCommit();
        }

        _sent.Enqueue(($"{request.Method}{component}{range}", request.Content?.TryComputeLength(out var length) == true ? length : 0));
        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Async all the way.");
}
