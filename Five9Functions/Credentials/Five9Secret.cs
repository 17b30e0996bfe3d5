using System.Text.Json;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>
/// One version of a secret: who logs in, with which password, at which host, and when. In the vault it is JSON:
/// {"userName": "...", "password": "...", "host": "..."}.
/// A class, not a record, so that nothing ever prints the password.
/// </summary>
public sealed class Five9Secret
{
    public const string ContentType = "application/json";

    /// <summary>The tag that names the integration a secret belongs to.</summary>
    public const string IntegrationTag = "integration";

    /// <summary>The tags of what rotation stores.</summary>
    public const string ReplacesTag = "replaces";

    /// <inheritdoc cref="ReplacesTag"/>
    public const string OursTag = "rotation";

    /// <summary>The tag of a password that a caller of the API sent, and that was stored untried.</summary>
    public const string SentTag = "sent";

    private const int MaxQuote = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required string Version { get; init; }

    public required string UserName { get; init; }

    public required string Password { get; init; }

    /// <summary>Where it may be sent. Null where the version does not name it (stored by hand, or by an older importer): Five9's own hosts.</summary>
    public string? Host { get; init; }

    public Instant? NotBefore { get; init; }

    public Instant? Expires { get; init; }

    public Instant? Created { get; init; }

    /// <summary>Of a pending secret: the version of the integration's secret that it is to replace.</summary>
    public string? Replaces { get; init; }

    /// <summary>Whether the importer made the password.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Whether it came over HTTP and was stored untried.</summary>
    public bool IsSent { get; init; }

    /// <summary>The content as it is stored.</summary>
    public static string Content(string userName, string password, Uri host) =>
        JsonSerializer.Serialize(new Login(userName, password, Five9Host.NameOf(host)), Json);

    /// <summary>Null when the content is not of that form.</summary>
    internal static Five9Secret? Read(KeyVaultSecret secret)
    {
        if (Parse(secret.Value) is not var (userName, password, host))
        {
            return null;
        }

        var properties = secret.Properties;
        return new Five9Secret
        {
            Version = properties.Version,
            UserName = userName,
            Password = password,
            Host = host,
            NotBefore = At(properties.NotBefore),
            Expires = At(properties.ExpiresOn),
            Created = At(properties.CreatedOn),
            Replaces = properties.Tags.TryGetValue(ReplacesTag, out var replaced) ? replaced : null,
            IsOurs = properties.Tags.ContainsKey(OursTag),
            IsSent = properties.Tags.ContainsKey(SentTag),
        };
    }

    /// <summary>Null when the content is not of that form. Other properties are left to others.</summary>
    public static (string UserName, string Password, string? Host)? Parse(string content)
    {
        try
        {
            return JsonSerializer.Deserialize<Login>(content, Json) is { UserName.Length: > 0, Password.Length: > 0 } login
                ? (login.UserName.Trim(), login.Password, string.IsNullOrWhiteSpace(login.Host) ? null : login.Host.Trim()) : null;
        }
        catch (JsonException)
        {
            return null; // not with the parser's words: they can quote what they could not read
        }
    }

    /// <summary>Why this version must not be sent for an integration; null when it may.</summary>
    public ImportError? RefusalFor(Integration integration)
    {
        if (!UserName.Equals(integration.UserName, StringComparison.OrdinalIgnoreCase))
        {
            return new ImportError(
                ImportProblem.SecretOfAnotherUser,
                $"The secret {integration.SecretName} is that of {Quoted(UserName)}, but the integration {integration.Id} logs in as {integration.UserName}: "
                + "correct the one that is wrong.");
        }

        var called = Five9Host.NameOf(integration.Host);
        if (Host is null)
        {
            return Five9Region.IsHost(called) ? null : new ImportError(
                ImportProblem.SecretOfAnotherHost,
                $"The secret {integration.SecretName} does not name its host, so it is for Five9's own hosts, but the integration {integration.Id} calls {called}: "
                + $"store a new version with \"host\": \"{called}\".");
        }

        return Five9Host.TryParse(Host) is { } own && Five9Host.AreSame(own, called) ? null : new ImportError(
            ImportProblem.SecretOfAnotherHost,
            $"The secret {integration.SecretName} is for the host {Quoted(Host)}, but the integration {integration.Id} calls {called}: "
            + $"correct the region, or store a new version with \"host\": \"{called}\".");
    }

    private static Instant? At(DateTimeOffset? time) => time is { } at ? Instant.FromDateTimeOffset(at) : null;

    private static string Quoted(string text) => PlainText.Escape(text.Length <= MaxQuote ? text : $"{text[..MaxQuote]}...");

    private sealed class Login(string? userName, string? password, string? host)
    {
        public string? UserName { get; } = userName;

        public string? Password { get; } = password;

        public string? Host { get; } = host;
    }
}
