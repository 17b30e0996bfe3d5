using Azure.Storage.Queues;
using Five9Functions.Credentials;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.RealTime;
using Five9Functions.Runs;
using Microsoft.Extensions.Configuration;

namespace Five9Functions.LocalHost.Run;

/// <summary>The settings of a real domain: those of the file, and what a laptop wants where the file is silent.</summary>
internal static class RealSettings
{
    public const string Storage = "AzureWebJobsStorage";

    public const string AllowedHosts = $"{Five9ClientOptions.Section}:{nameof(Five9ClientOptions.AllowedHosts)}";

    private const string OwnAzurite = "UseDevelopmentStorage=true";

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["ImportSchedule"] = "0 */15 * * * *",
        [LiveOptions.Schedule] = "*/15 * * * * *",
        // Somebody sits in front of it: a corrected password is taken up soon after the next start. No call to Five9 is made to look.
        [$"{ImportOptions.Section}:CredentialCheck"] = "00:00:10",
    };

    private static readonly HashSet<string> Known =
        typeof(IntegrationSettings).GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static Dictionary<string, string?> From(IReadOnlyDictionary<string, string?> file)
    {
        var settings = new Dictionary<string, string?>(file, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in Defaults)
        {
            settings.TryAdd(key, value);
        }

        return settings;
    }

    /// <summary>The ids of the integrations that the settings name.</summary>
    public static IReadOnlyList<string> Integrations(IReadOnlyDictionary<string, string?> settings) =>
    [
        .. settings.Keys.Select(key => key.Split(':'))
            .Where(parts => parts.Length > 2 && parts[0].Equals(IntegrationSettings.Section, StringComparison.OrdinalIgnoreCase))
            .Select(parts => parts[1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>The vault in Azure that the settings name; null for the stand-in.</summary>
    public static string? KeyVault(IReadOnlyDictionary<string, string?> settings) =>
        settings.GetValueOrDefault($"{KeyVaultOptions.Section}:{nameof(KeyVaultOptions.Uri)}") is { Length: > 0 } address ? address : null;

    /// <summary>Whether storage is an account of the user's, or else an Azurite of ours.</summary>
    /// <exception cref="RunFailedException">The connection string cannot be read. It is not told: it holds a key.</exception>
    public static bool NamesAccount(IReadOnlyDictionary<string, string?> settings)
    {
        var connection = settings.GetValueOrDefault(Storage)?.Trim() ?? "";
        if (connection.Length == 0 && settings.Keys.FirstOrDefault(key => key.StartsWith($"{Storage}:", StringComparison.OrdinalIgnoreCase)) is { } identity)
        {
            throw new RunFailedException($"{identity} (storage with the app's identity) works in Azure only: here {Storage} is a connection string, or {OwnAzurite}.");
        }

        if (connection.Length == 0 || connection.TrimEnd(';').Equals(OwnAzurite, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            _ = new QueueServiceClient(connection);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new RunFailedException($"{Storage} is no connection string of a storage account; use {OwnAzurite} for storage on this machine.", e);
        }
    }

    /// <summary>Binds each integration on its own: as part of the whole, one with an unreadable value would be left out without a word.</summary>
    /// <exception cref="RunFailedException">A key is unknown, or a value cannot work; the message names the key.</exception>
    public static IntegrationSettings Require(IReadOnlyDictionary<string, string?> settings, string id)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection($"{IntegrationSettings.Section}:{id}");
        if (section["Password"] is not null)
        {
            throw new RunFailedException($"{section.Path}:Password is no setting: passwords are kept apart. Put it in with '{SecretCommand.Usage(id)}' and remove it from {LocalSettingsFile.Name}.");
        }

        if (section.GetChildren().FirstOrDefault(c => !Known.Contains(c.Key)) is { } unknown)
        {
            throw new RunFailedException($"{unknown.Path} is no setting; there are: {string.Join(", ", Known.Order(StringComparer.Ordinal))}.");
        }

        try
        {
            var integration = section.Get<IntegrationSettings>() ?? new IntegrationSettings();
            return integration.Problems(id).FirstOrDefault() is { } problem ? throw new RunFailedException(problem) : integration;
        }
        catch (InvalidOperationException e)
        {
            throw new RunFailedException(e.Message, e);
        }
    }
}
