using System.Text.Json.Nodes;

namespace Five9Functions.Tests.Api.Queries;

/// <summary>Rows of an answer as text, to be compared with literal lines.</summary>
internal static class ResultText
{
    /// <summary>The named members of each item with blanks between them; a dash for one that is not there.</summary>
    public static string[] Items(this ApiReply reply, params string[] names)
    {
        Assert.That(reply.Status, Is.EqualTo(200), reply.Text);
        return [.. reply.Json["items"]!.AsArray().Select(item => string.Join(' ', names.Select(name => Short(item![name]))))];
    }

    /// <summary>All items of all pages as the lines that CSV would have of them, none of whose values needs quotes.</summary>
    public static async Task<string[]> AllAsync(ApiClient api, string path, string header, int limit)
    {
        var lines = new List<string> { header };
        for (string? token = ""; token is not null;)
        {
            var reply = await api.GetAsync($"{path}&limit={limit}{(token.Length > 0 ? $"&continuation={token}" : "")}");
            Assert.That(reply.Status, Is.EqualTo(200), reply.Text);
            Assert.That(reply.Json["items"]!.AsArray(), Has.Count.AtMost(limit));
            lines.AddRange(reply.Json["items"]!.AsArray().Select(item => string.Join(',', header.Split(',').Select(name => Field(item![name])))));
            token = reply["continuation"];
        }

        return [.. lines];
    }

    public static async Task<string[]> CsvAsync(ApiClient api, string path)
    {
        var reply = await api.GetAsync(path, ("Accept", "text/csv"));
        Assert.That((reply.Status, reply.Type), Is.EqualTo((200, "text/csv")), reply.Text);
        Assert.That(reply.Text, Does.EndWith("\r\n"));
        return reply.Text[..^2].Split("\r\n");
    }

    private static string Field(JsonNode? node) => node is JsonArray words ? string.Join(',', words.Select(word => word!.ToString())) : node?.ToString() ?? "";

    private static string Short(JsonNode? node) => Field(node) is { Length: > 0 } text ? text : "-";
}
