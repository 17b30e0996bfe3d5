using System.Text.Json;

namespace Five9Functions.LocalHost.Run;

/// <summary>Reads a <c>local.settings.json</c> as the Functions tools do: its <c>Values</c> are the app's settings, <c>__</c> in a key means <c>:</c>.</summary>
internal static class LocalSettingsFile
{
    public const string Name = "local.settings.json";

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="RunFailedException">The file is not of that form; the message never holds a value.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            return Parse(path, document.RootElement);
        }
        catch (JsonException e)
        {
            throw new RunFailedException($"{path} is not JSON: line {e.LineNumber + 1}, position {e.BytePositionInLine + 1} cannot be read.", e);
        }
    }

    private static Dictionary<string, string?> Parse(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("Values", out var values) || values.ValueKind != JsonValueKind.Object)
        {
            throw new RunFailedException($"{path} has no object \"Values\" with the settings in it, as in local.settings.sample.json.");
        }

        if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
        {
            throw new RunFailedException($"{path} is encrypted, which only the Functions tools can read: decrypt it with 'func settings decrypt'.");
        }

        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values.EnumerateObject())
        {
            settings[value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ValueKind switch
            {
                JsonValueKind.String => value.Value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.Value.GetRawText(),
                _ => throw new RunFailedException($"{path}: the value of \"{value.Name}\" must be text; nested settings are written with '__' in the key."),
            };
        }

        return settings;
    }
}
