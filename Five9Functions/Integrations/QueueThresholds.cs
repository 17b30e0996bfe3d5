using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Five9Functions.Calls;
using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>The setting QueueThresholds: by queue, the seconds of service level and short abandon, such as <c>{"Sales In":[30,5]}</c>.</summary>
internal static class QueueThresholds
{
    /// <summary>Characters of the text as it is stored: one column holds little more.</summary>
    public const int MaxLength = 32_000;

    private const int MaxSeconds = 86_400;

    private static readonly JsonSerializerOptions AsPeopleRead = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsValid(string setting)
    {
        try
        {
            return Parse(setting).Values.All(seconds => seconds is [>= 0 and <= MaxSeconds, >= 0 and <= MaxSeconds]) && Canonical(setting).Length <= MaxLength;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the queues of a valid setting have plain names.</summary>
    public static bool ArePlain(string setting) => Parse(setting).Keys.All(PlainText.IsPlain);

    /// <summary>The one way of writing them, so that what means the same is the same; empty for none.</summary>
    public static string Canonical(string setting) =>
        Parse(setting) is { Count: > 0 } queues ? JsonSerializer.Serialize(new SortedDictionary<string, int[]>(queues, StringComparer.Ordinal), AsPeopleRead) : "";

    public static FrozenDictionary<string, CallThresholds> Read(string setting) => Parse(setting).ToFrozenDictionary(
        queue => queue.Key, queue => new CallThresholds(Duration.FromSeconds(queue.Value[0]), Duration.FromSeconds(queue.Value[1])), StringComparer.Ordinal);

    private static Dictionary<string, int[]> Parse(string setting) =>
        string.IsNullOrWhiteSpace(setting) ? [] : JsonSerializer.Deserialize<Dictionary<string, int[]>>(setting) ?? [];
}
