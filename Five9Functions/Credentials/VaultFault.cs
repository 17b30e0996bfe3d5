using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;

namespace Five9Functions.Credentials;

/// <summary>Why a call of the key vault failed: the one ladder of its errors. It never quotes an answer.</summary>
/// <param name="Status">Of the answer; 0 without one.</param>
/// <param name="Silence">Why it may work later, for a sentence; null when the vault said no.</param>
/// <param name="RetryAfter">How long the vault asked to wait, if it said so.</param>
internal sealed record VaultFault(int Status, string? Silence, TimeSpan? RetryAfter = null)
{
    /// <summary>Why the vault said no, where it has a code for it, such as SecretDisabled.</summary>
    public string? Code { get; private init; }

    /// <param name="e">What the client threw.</param>
    /// <param name="timedOut">Whether the app's own time limit had passed.</param>
    /// <param name="limit">That limit.</param>
    /// <param name="now">For an answer that names an instant to wait for.</param>
    /// <returns>Null for what is no fault of the vault.</returns>
    public static VaultFault? Of(Exception e, bool timedOut, TimeSpan limit, DateTimeOffset now) => e switch
    {
        RequestFailedException { Status: 0 } => new(0, "it could not be reached"),
        RequestFailedException { Status: 408 or 429 or >= 500 } busy => new(busy.Status, $"HTTP {busy.Status}", After(busy, now)),
        RequestFailedException refused => new(refused.Status, Silence: null) { Code = InnerCode(refused) },
        AuthenticationFailedException => new(0, "the app could not get a token for it: see whether its identity is set up"),
        IOException => new(0, "the connection broke"),
        OperationCanceledException when timedOut => new(0, string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds:0} s")),
        _ => null,
    };

    // {"error": {"code": "Forbidden", "innererror": {"code": "SecretDisabled"}}}: the client surfaces the outer code alone.
    private static string? InnerCode(RequestFailedException e)
    {
        try
        {
            using var body = JsonDocument.Parse(e.GetRawResponse()?.Content.ToMemory() ?? default);
            return body.RootElement.GetProperty("error").GetProperty("innererror").GetProperty("code").GetString();
        }
        catch (Exception missing) when (missing is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static TimeSpan? After(RequestFailedException e, DateTimeOffset now) =>
        e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var value) != true ? null
        : int.TryParse(value, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at) ? at - now
        : null;
}
