using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Five9Functions.Storage;

namespace Five9Functions.Tests.Fairness;

/// <summary>Counts what storage is asked for, and can refuse it.</summary>
internal sealed partial class StorageCost : HttpPipelinePolicy
{
    private readonly Lock _lock = new();
    private int _requests;
    private int _rows;
    private int _messages;
    private Dictionary<string, int> _kinds = [];

    /// <summary>Called with the address and the body of each request.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <summary>Requests, rows of tables that they brought, and messages sent, since this was asked for last.</summary>
    public (int Requests, int Rows, int Messages) Take()
    {
        lock (_lock)
        {
            var taken = (_requests, _rows, _messages);
            (_requests, _rows, _messages) = (0, 0, 0);
            return taken;
        }
    }

    /// <summary>Requests by what they are billed as, since this was asked for last.</summary>
    public IReadOnlyDictionary<string, int> TakeKinds()
    {
        lock (_lock)
        {
            var taken = _kinds;
            _kinds = [];
            return taken;
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var path = Uri.UnescapeDataString(message.Request.Uri.ToString());
        if (Refuses(path + (message.Request.Method == RequestMethod.Post ? Uri.UnescapeDataString(BodyOf(message.Request)) : "")))
        {
            throw new InvalidOperationException("The storage service refuses it.");
        }

        await ProcessNextAsync(message, pipeline);
        lock (_lock)
        {
            _requests++;
            var kind = KindOf(message.Request.Method, path);
            _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
            _messages += message.Request.Method == RequestMethod.Post && path.Contains("/messages", StringComparison.Ordinal) ? 1 : 0;
            _rows += message.Request.Method == RequestMethod.Get && message.Response.ContentStream is MemoryStream ? RowKey().Count(message.Response.Content.ToString()) : 0;
        }
    }

    private static string KindOf(RequestMethod method, string path) => path switch
    {
        _ when path.Contains("/messages", StringComparison.Ordinal) => "queue",
        _ when path.Contains($"/{StorageLayout.RawDays}", StringComparison.Ordinal) => method == RequestMethod.Put ? "blob write" : method == RequestMethod.Delete ? "blob delete" : "blob read",
        _ when path.Contains(StorageLayout.Five9UsersTable, StringComparison.Ordinal) => "table Five9Users", // one partition for all
        _ => "table",
    };

    private static string BodyOf(Request request)
    {
        using var body = new MemoryStream();
        request.Content?.WriteTo(body, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    [GeneratedRegex("\"RowKey\":")]
    private static partial Regex RowKey();
}
