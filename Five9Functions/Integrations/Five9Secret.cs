using System.Text.Json;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>
/// One version of a secret: who logs in, with which password, and when. In the vault it is JSON: {"userName": "...", "password": "..."}.
/// A class, not a record, so that nothing ever prints the password.
/// </summary>
internal sealed class Five9Secret
{
    public const string ContentType = "application/json";

    /// <summary>The tag that names the integration a secret belongs to.</summary>
    public const string IntegrationTag = "integration";

    /// <summary>The tags of what rotation stores.</summary>
    public const string ReplacesTag = "replaces";

    /// <inheritdoc cref="ReplacesTag"/>
    public const string OursTag = "rotation";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required string Version { get; init; }

    public required string UserName { get; init; }

    public required string Password { get; init; }

    public Instant? NotBefore { get; init; }

    public Instant? Expires { get; init; }

    public Instant? Created { get; init; }

    /// <summary>Of a pending secret: the version of the integration's secret that it is to replace.</summary>
    public string? Replaces { get; init; }

    /// <summary>Whether the importer made the password.</summary>
    public bool IsOurs { get; init; }

    /// <summary>The content as it is stored.</summary>
    public static string Content(string userName, string password) => JsonSerializer.Serialize(new Login(userName, password), Json);

    /// <summary>Null when the content is not of that form. Other properties are left to others.</summary>
    public static (string UserName, string Password)? Parse(string content)
    {
        try
        {
            return JsonSerializer.Deserialize<Login>(content, Json) is { UserName.Length: > 0, Password.Length: > 0 } login ? (login.UserName.Trim(), login.Password) : null;
        }
        catch (JsonException)
        {
            return null; // not with the parser's words: they can quote what they could not read
        }
    }

    private sealed class Login(string? userName, string? password)
    {
        public string? UserName { get; } = userName;

        public string? Password { get; } = password;
    }
}
