using System.Text.Json;
using System.Text.Json.Serialization;

namespace Five9Functions.Credentials;

/// <summary>What an event says of a secret.</summary>
public enum CredentialEventKind
{
    /// <summary>Nothing that is known here.</summary>
    Unknown,

    NewVersion,

    NearExpiry,

    Expired,

    /// <summary>Somebody asked for a new password; the only one that is the importer's own.</summary>
    RotationRequested,
}

/// <summary>One event.</summary>
/// <param name="Type">As it was written, for the log.</param>
/// <param name="Secret">Empty when the event does not say.</param>
/// <param name="Version">Of the secret; empty when the event does not say.</param>
public sealed record CredentialEvent(CredentialEventKind Kind, string Type, string Secret, string Version)
{
    public static CredentialEvent NewVersion(string secret) => new(CredentialEventKind.NewVersion, CredentialEventsConverter.NewVersion, secret, "");

    public static CredentialEvent RotationRequested(string secret, string version) => new(CredentialEventKind.RotationRequested, CredentialEventsConverter.RotationRequested, secret, version);
}

/// <summary>
/// A message of the queue credential-events: an event as Event Grid writes it there, in the Event Grid schema or as CloudEvents 1.0,
/// or several in an array. Whatever JSON it is, it can be read; what is not known is an event of the kind Unknown.
/// </summary>
[JsonConverter(typeof(CredentialEventsConverter))]
public sealed record CredentialEvents(IReadOnlyList<CredentialEvent> Events)
{
    /// <summary>No event says what happened, or of which secret.</summary>
    [JsonIgnore]
    internal bool IsEmpty => Events.All(e => e.Type.Length == 0 && e.Secret.Length == 0);
}

internal sealed class CredentialEventsConverter : JsonConverter<CredentialEvents>
{
    public const string RotationRequested = "Five9Functions.RotationRequested";

    public const string NewVersion = "Microsoft.KeyVault.SecretNewVersionCreated";

    private const int MaxText = 200;
    private const int MaxEvents = 100;

    private static readonly Dictionary<string, CredentialEventKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [NewVersion] = CredentialEventKind.NewVersion,
        ["Microsoft.KeyVault.SecretNearExpiry"] = CredentialEventKind.NearExpiry,
        ["Microsoft.KeyVault.SecretExpired"] = CredentialEventKind.Expired,
        [RotationRequested] = CredentialEventKind.RotationRequested,
    };

    public override bool HandleNull => true;

    public override CredentialEvents Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new CredentialEvents(document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Take(MaxEvents).Select(Event)]
            : [Event(document.RootElement)]);
    }

    public override void Write(Utf8JsonWriter writer, CredentialEvents value, JsonSerializerOptions options) => JsonSerializer.Serialize(
        writer, value.Events.Select(e => new { eventType = e.Type, subject = e.Secret, data = new { objectName = e.Secret, version = e.Version } }), options);

    private static CredentialEvent Event(JsonElement json)
    {
        // Both schemas name the secret in subject, too; both have the same data. Key Vault has written its names in more than one way.
        var type = Text(json, "eventType") is { Length: > 0 } eventGrid ? eventGrid : Text(json, "type");
        var data = Property(json, "data") ?? default;
        var secret = Text(data, "ObjectName") is { Length: > 0 } name ? name : Text(json, "subject");
        return new CredentialEvent(Kinds.GetValueOrDefault(type), type, secret, Text(data, "Version"));
    }

    private static string Text(JsonElement json, string name) =>
        Property(json, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: <= MaxText } found ? found.Trim() : "";

    private static JsonElement? Property(JsonElement json, string name)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                if (property.Name.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return property.Value;
                }
            }
        }

        return null;
    }
}
