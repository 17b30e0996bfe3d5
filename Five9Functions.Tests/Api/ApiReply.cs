using System.Text.Json.Nodes;

namespace Five9Functions.Tests.Api;

/// <summary>What an HTTP function answered.</summary>
internal sealed record ApiReply(int Status, string Type, string Text, string? ETag, string? Location)
{
    /// <summary>What its headers say of the feed, a blank between them; empty without them.</summary>
    public string Feed { get; init; } = "";

    /// <summary>The header Retry-After; null without it.</summary>
    public string? RetryAfter { get; init; }

    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The answer is null.");

    /// <summary>Status, code and detail of a problem: <c>404 integration-unknown: There is no ...</c></summary>
    public string Problem => Type == "application/problem+json"
        ? $"{Status} {Json["code"]}: {Json["detail"]}"
        : throw new InvalidOperationException($"The answer is no problem but {Status} {Type}: {Text}");

    /// <summary>A value by its path, as text: <c>items.0.name</c>. Null for none.</summary>
    public string? this[string path] => path.Split('.').Aggregate<string, JsonNode?>(
        Json, (node, name) => node is JsonArray array ? array.ElementAtOrDefault(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)) : node?[name])?.ToString();
}
