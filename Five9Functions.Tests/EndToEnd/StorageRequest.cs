using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Azure.Core;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>A message as it was sent: the queue and the JSON, but for where it was sent: messages carry that while another test of this process records spans.</summary>
internal sealed record SentMessage(string Queue, string Json);

internal sealed record EntityWrite(string Table, string Method, string RowKey);

/// <summary>One request to the storage service, as far as tests care.</summary>
internal sealed partial record StorageRequest(string Method, string Path, string Query, byte[] Body)
{
    public bool CanWrite => Method is not ("GET" or "HEAD");

    /// <summary>The message that it sends; null for any other request.</summary>
    public SentMessage? Message { get; } = Method == "POST" && Path.Split('/') is [_, _, var queue, "messages"]
        ? new(queue, Traced().Replace(Encoding.UTF8.GetString(Convert.FromBase64String(XDocument.Load(new MemoryStream(Body)).Root!.Element("MessageText")!.Value)), ""))
        : null;

    /// <summary>The table rows that it writes or deletes, those of a transaction too.</summary>
    public IReadOnlyList<EntityWrite> Entities { get; } = [.. EntitiesOf(Method, Path, Body)];

    /// <summary>What the staged block of a raw day holds: header, quarantined or rows; null for any other request.</summary>
    public string? Block { get; } = Query.Contains("comp=block&", StringComparison.Ordinal) ? ContentOfBlock(Body) : null;

    public static StorageRequest Of(Request request)
    {
        using var body = new MemoryStream();
        if (request.Method != RequestMethod.Get && request.Method != RequestMethod.Head)
        {
            request.Content?.WriteTo(body, CancellationToken.None);
        }

        return new StorageRequest(request.Method.Method, request.Uri.Path, $"{request.Uri.Query}&", body.ToArray());
    }

    public static async Task<StorageRequest> OfAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        return new StorageRequest(request.Method.Method, request.RequestUri!.AbsolutePath, $"{request.RequestUri.Query}&", body);
    }

    private static IEnumerable<EntityWrite> EntitiesOf(string method, string path, byte[] body)
    {
        if (path.EndsWith("$batch", StringComparison.Ordinal))
        {
            return Operation().Matches(Encoding.UTF8.GetString(body)).Select(m => Entity(m.Groups["method"].Value, m.Groups["path"].Value, JsonSerializer.Deserialize<string>($"\"{m.Groups["added"].Value}\"")!));
        }

        var isEntity = method is not ("GET" or "HEAD") && Row().IsMatch(path) && !path.EndsWith("/Tables", StringComparison.Ordinal);
        return !isEntity ? []
            : method == "POST" ? [Entity(method, path, JsonDocument.Parse(body).RootElement.GetProperty("RowKey").GetString()!)]
            : [Entity(method, path, "")];
    }

    private static EntityWrite Entity(string method, string path, string added)
    {
        var row = Row().Match(path);
        return new EntityWrite(row.Groups["table"].Value, method, row.Groups["key"].Success ? Uri.UnescapeDataString(row.Groups["key"].Value) : added);
    }

    private static string ContentOfBlock(byte[] body)
    {
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var content = new StreamReader(gzip);
        var start = content.ReadLine() ?? "";
        return start.StartsWith('{') ? "header" : start.StartsWith("at,line,", StringComparison.Ordinal) ? "quarantined" : "rows";
    }

    [GeneratedRegex("""^(?<method>PUT|PATCH|MERGE|DELETE) (?<path>http\S*)|^(?<method>POST) (?<path>http\S*)[^{]*\{[^}]*"RowKey":"(?<added>[^"]*)""", RegexOptions.Multiline)]
    private static partial Regex Operation();

    [GeneratedRegex(",\"traceparent\":\"[^\"]*\"")]
    private static partial Regex Traced();

    [GeneratedRegex("""(?:^|/)devstoreaccount1(?:x[0-9]+)?/(?<table>[A-Z][A-Za-z0-9]+)(?:\(PartitionKey='[^']*',(?:\s|%20)*RowKey='(?<key>[^']*)'\))?(?:\?|$)""")]
    private static partial Regex Row();
}
