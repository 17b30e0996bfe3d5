using Microsoft.Extensions.Options;

namespace Five9Functions.Credentials;

/// <summary>The configuration section <c>KeyVault</c>: where the passwords are, and how often they are looked at. Nothing here is a secret.</summary>
public sealed class KeyVaultOptions
{
    public const string Section = "KeyVault";

    /// <summary>The vault's address, such as https://five9-importer.vault.azure.net/.</summary>
    public string Uri { get; set; } = "";

    /// <summary>How long a secret serves before it is read again.</summary>
    public TimeSpan Cache { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a secret that could not be had is not asked for again.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that reading a secret may take, getting a token included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Refuses to start with settings that cannot work; the error names each key.</summary>
internal sealed class ValidateKeyVault : IValidateOptions<KeyVaultOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyVaultOptions options)
    {
        List<string> problems =
        [
            .. System.Uri.TryCreate(options.Uri, UriKind.Absolute, out var uri) && uri.Scheme == System.Uri.UriSchemeHttps
                ? Array.Empty<string>() : [$"{KeyVaultOptions.Section}:Uri: '{options.Uri}' is not the address of a key vault, such as https://NAME.vault.azure.net/."],
            .. UpToADay(nameof(options.Cache), options.Cache),
            .. UpToADay(nameof(options.Pause), options.Pause),
            .. UpToADay(nameof(options.Timeout), options.Timeout),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> UpToADay(string key, TimeSpan value) =>
        value > TimeSpan.Zero && value <= TimeSpan.FromDays(1) ? [] : [$"{KeyVaultOptions.Section}:{key} is {value}; it must be more than 00:00:00 and a day at most."];
}
