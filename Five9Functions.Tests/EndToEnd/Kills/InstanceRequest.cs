using System.Text;
using Azure.Core;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>A request of an instance to storage, or its call to Five9.</summary>
internal sealed class InstanceRequest
{
    private readonly Lazy<StorageRequest>? _storage;

    public InstanceRequest(Request storage)
    {
        _storage = new(() => StorageRequest.Of(storage));
        var path = storage.Uri.Path ?? "";

        // Looking for messages and counting them: the host does it all the time, and nothing is at stake.
        IsPoll = (storage.Method == RequestMethod.Get && path.EndsWith("/messages", StringComparison.Ordinal)) || (storage.Uri.Query ?? "").Contains("comp=metadata", StringComparison.Ordinal);
        Name = $"{storage.Method} {path}{storage.Uri.Query}";
    }

    private InstanceRequest(string? vault, string name) => (Vault, Name) = (vault, name);

    public InstanceRequest(string call)
    {
        Call = call;
        Name = $"Five9 {call}";
    }

    /// <summary>For the message of a failed assertion.</summary>
    public string Name { get; }

    /// <summary>The operation of Five9; null for storage.</summary>
    public string? Call { get; }

    /// <summary>A request to the key vault, such as "PUT five9-acme"; null for others.</summary>
    public string? Vault { get; }

    public bool IsPoll { get; }

    public static InstanceRequest OfVault(Request request)
    {
        var what = $"{request.Method} {request.Uri.Path?.Split('/', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1)}";
        return new(what, $"key vault {what}");
    }

    /// <summary>A message of the queue, sent.</summary>
    public bool Sends(string queue, string part = "") =>
        _storage?.Value.Message is { } message && message.Queue == queue && message.Json.Contains(part, StringComparison.Ordinal);

    /// <summary>A message of the queue, deleted because its function is done.</summary>
    public bool Settles(string queue) => _storage?.Value is { Method: "DELETE" } request && request.Path.Contains($"/{queue}/messages/", StringComparison.Ordinal);

    public bool Adds(string table) => _storage?.Value is { Method: "POST", Entities: [var entity] } && entity.Table == table;

    /// <summary>An existing row of the table, with all of this in its JSON.</summary>
    public bool Changes(string table, params string[] parts) =>
        _storage?.Value is { Method: "PUT", Entities: [var entity] } request && entity.Table == table && parts.All(Encoding.UTF8.GetString(request.Body).Contains);

    /// <summary>Rows of the table, in a transaction.</summary>
    public bool Deletes(string table) => _storage?.Value.Entities.Any(entity => entity.Table == table && entity.Method == "DELETE") == true;

    /// <summary>A transaction on a local day of AgentStates: the manifest and, if <paramref name="rows"/>, segments.</summary>
    public bool Transacts(string date, bool rows) =>
        _storage?.Value is { Method: "POST", Entities: [{ Table: "AgentStates" }, ..] entities } request
        && request.Path.EndsWith("$batch", StringComparison.Ordinal)
        && entities.Count > 1 == rows
        && Uri.UnescapeDataString(Encoding.UTF8.GetString(request.Body)).Contains($"|{date}|", StringComparison.Ordinal);

    /// <summary>A transaction on the table with this in it.</summary>
    public bool Deals(string table, string part) =>
        _storage?.Value is { Method: "POST", Entities: [{ } entity, ..] } request && entity.Table == table && request.Path.EndsWith("$batch", StringComparison.Ordinal)
        && Encoding.UTF8.GetString(request.Body).Contains(part, StringComparison.Ordinal);

    /// <param name="content">header, quarantined or rows.</param>
    public bool Stages(string content) => _storage?.Value.Block == content;

    public bool Commits() => _storage?.Value is { Method: "PUT" } request && request.Query.Contains("comp=blocklist", StringComparison.Ordinal);
}
