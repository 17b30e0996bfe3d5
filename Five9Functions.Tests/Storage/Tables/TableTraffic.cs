using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.Tests.Storage.Tables;

/// <summary>Sees every request of a table client before any retry, and can end or delay it on either side of the server.</summary>
internal sealed partial class TableTraffic : HttpPipelinePolicy
{
    private readonly Lock _lock = new();
    private readonly List<string[]> _transactions = [];
    private int _inFlight;
    private int _queries;

    /// <summary>The operations of each transaction, such as "PUT manifest".</summary>
    public IReadOnlyList<string[]> Transactions => _transactions;

    public int[] Operations => [.. _transactions.Select(operations => operations.Length)];

    /// <summary>Requests that can write, transactions included.</summary>
    public int Writes { get; private set; }

    public int MostInFlight { get; private set; }

    /// <summary>Called with the number of the transaction, from 1, before it is sent and after the server has answered.</summary>
    public Func<int, Task> BeforeTransaction { get; init; } = _ => Task.CompletedTask;

    public Func<int, Task> AfterTransaction { get; init; } = _ => Task.CompletedTask;

    /// <summary>Called with the number of the query, from 1, after the server has answered it.</summary>
    public Func<int, Task> AfterQuery { get; init; } = _ => Task.CompletedTask;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var isTransaction = message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);
        var isQuery = message.Request.Method == RequestMethod.Get && message.Request.Uri.Query.Contains("filter", StringComparison.Ordinal);
        var operations = isTransaction ? Parse(message.Request.Content!) : [];
        int number;
        lock (_lock)
        {
            Writes += message.Request.Method == RequestMethod.Get ? 0 : 1;
            MostInFlight = Math.Max(MostInFlight, ++_inFlight);
            if (isTransaction)
            {
                _transactions.Add(operations);
            }

            number = isTransaction ? _transactions.Count : isQuery ? ++_queries : 0;
        }

        try
        {
            await (isTransaction ? BeforeTransaction(number) : Task.CompletedTask);
            await ProcessNextAsync(message, pipeline);
            await (isTransaction ? AfterTransaction(number) : isQuery ? AfterQuery(number) : Task.CompletedTask);
        }
        finally
        {
            lock (_lock)
            {
                _inFlight--;
            }
        }
    }

    private static string[] Parse(RequestContent content)
    {
        using var body = new MemoryStream();
        content.WriteTo(body, CancellationToken.None);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        return [.. Operation().Matches(text).Select(match => match.Groups["method"].Value + " " + (match.Groups["key"].Success
            ? Uri.UnescapeDataString(match.Groups["key"].Value)
            : JsonSerializer.Deserialize<string>($"\"{match.Groups["added"].Value}\"")))];
    }

    [GeneratedRegex("""^(?<method>PUT|PATCH|MERGE|DELETE) \S*RowKey='(?<key>[^']*)'|^(?<method>POST) http[^{]*\{[^}]*"RowKey":"(?<added>[^"]*)""", RegexOptions.Multiline)]
    private static partial Regex Operation();
}
