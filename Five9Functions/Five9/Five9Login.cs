using System.Net;
using System.Security;
using System.Text;
using System.Text.Json;

namespace Five9Functions.Five9;

/// <summary>Who calls Five9, and where. Never prints its password.</summary>
/// <param name="Host">The base address of the data centre, such as https://api.five9.com/.</param>
public sealed record Five9Login(Uri Host, string UserName, string Password)
{
    public override string ToString() => $"{UserName} at {Host.Host}";

    /// <summary>What HTTP Basic sends.</summary>
    internal string Basic => Base64($"{UserName}:{Password}");

    /// <summary>Every form in which somebody could repeat the password; the longest first, because one can hold another.</summary>
    internal IEnumerable<string> Secrets => Password.Length == 0 ? [] : new[]
    {
        Basic,
        Basic.TrimEnd('='), // what pads it is often left out
        Base64(Password),
        Base64(Password).TrimEnd('='),
        Password,
        SecurityElement.Escape(Password),
        WebUtility.HtmlEncode(Password),
        Uri.EscapeDataString(Password),
        JsonSerializer.Serialize(Password)[1..^1],
        Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal), // the least that JSON escapes
    }.Distinct().OrderByDescending(secret => secret.Length);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
