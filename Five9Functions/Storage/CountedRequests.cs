using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.Storage;

/// <summary>Counts each request that a storage client sends, repeated ones too: all of them are paid for.</summary>
/// <param name="service">table, queue or blob.</param>
internal sealed class CountedRequests(StorageMetrics metrics, string service) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => metrics.Requested(service, OperationOf(message.Request));

    // As blobs are billed: a list costs what a write does, and a deletion nothing.
    private static string OperationOf(Request request) => request.Method switch
    {
        var method when method == RequestMethod.Delete => "delete",
        var method when method != RequestMethod.Get && method != RequestMethod.Head => "write",
        _ => request.Uri.Query.Contains("comp=list", StringComparison.Ordinal) ? "list" : "read",
    };
}
