using System.CommandLine;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.Credentials;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace Five9Functions.LocalHost.Run;

/// <summary>What <c>secret set</c> was asked for. The password is not part of it: it is read when it is needed.</summary>
internal sealed record SecretRequest(string Integration, string? UserName, string Folder, string SettingsFile);

/// <summary><c>secret set</c>: puts the password of an integration's Five9 user into the vault, as a new version of its secret.</summary>
internal static class SecretCommand
{
    public static string Usage(string integration) => $"dotnet run --project Five9Functions.LocalHost -- secret set {integration}";

    public static Command Create()
    {
        var integration = new Argument<string>("integration") { Description = "The id of the integration." };
        var user = new Option<string?>("--user") { Description = $"Whose password it is. [default: UserName of the integration in {LocalSettingsFile.Name}]" };
        var folder = RunCommand.Folder("Keeps what outlives a run: the folder that the default command is started with.");
        var set = new Command("set", "Stores the password that is typed, or read from standard input, in the vault that the default command uses.") { integration, user, folder };
        set.SetAction((parsed, cancellationToken) => RunAsync(
            new SecretRequest(parsed.GetRequiredValue(integration), parsed.GetValue(user), parsed.GetRequiredValue(folder).FullName, Path.GetFullPath(LocalSettingsFile.Name)),
            Password,
            Screen.OfThisProcess(),
            cancellationToken));
        return new Command("secret", "Passwords of Five9 users.") { set };
    }

    internal static async Task<int> RunAsync(SecretRequest request, Func<string, string> password, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            screen.Line(await SetAsync(request, password, cancellationToken));
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            screen.Error("Nothing was stored.");
            return 1;
        }
        catch (RequestFailedException e)
        {
            // Its message holds the whole answer.
            screen.Error($"The key vault did not take the secret (HTTP {e.Status}, {e.ErrorCode ?? "no code"}); storing needs the role Key Vault Secrets Officer.");
            return 1;
        }
        catch (Exception e) // The end of the program: whatever it was becomes one line for the person in front of it.
        {
            screen.Error(OneLine.Of(e));
            return 1;
        }
    }

    private static async Task<string> SetAsync(SecretRequest request, Func<string, string> password, CancellationToken cancellationToken)
    {
        if (!IntegrationSettings.IsId(request.Integration))
        {
            throw new RunFailedException($"'{request.Integration}' is no id of an integration: it may hold lower-case letters, digits and hyphens, and begins with a letter.");
        }

        var settings = File.Exists(request.SettingsFile) ? LocalSettingsFile.Read(request.SettingsFile) : new Dictionary<string, string?>();
        var integration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection($"{IntegrationSettings.Section}:{request.Integration}").Get<IntegrationSettings>() ?? new IntegrationSettings();
        var user = User(request, integration);
        var host = Five9Region.TryParse(integration.Region) ?? throw new RunFailedException(
            $"The password would have no host: correct {IntegrationSettings.Section}__{request.Integration}__Region in {LocalSettingsFile.Name}; "
            + "it is us, uk, ca, eu, in or an https address.");
        var secret = integration.SecretNameFor(request.Integration);
        var typed = password(user);
        if (typed.Length == 0)
        {
            throw new RunFailedException("No password was given; nothing was stored.");
        }

        if (RealSettings.KeyVault(settings) is { } address)
        {
            var inAzure = new SecretClient(new Uri(address), new DefaultAzureCredential());
            var stored = await inAzure.StoreAsync(secret, request.Integration, user, typed, host, cancellationToken);
            return $"The password of {user} is version {stored} of the secret {secret} in {address}.";
        }

        await using var vaults = await Surroundings.VaultsAsync(request.Folder, cancellationToken);
        var version = await Surroundings.VaultOf(vaults).Client().StoreAsync(secret, request.Integration, user, typed, host, cancellationToken);
        return $"The password of {user} is version {version} of the secret {secret}, kept in {Surroundings.VaultFolder(request.Folder)} for you alone.";
    }

    private static string User(SecretRequest request, IntegrationSettings integration)
    {
        var (asked, known) = (request.UserName?.Trim() ?? "", integration.UserName.Trim());
        if (asked.Length == 0 && known.Length == 0)
        {
            throw new RunFailedException($"Whose password is it? Give --user NAME, or set {IntegrationSettings.Section}__{request.Integration}__UserName in {LocalSettingsFile.Name}.");
        }

        if (asked.Length > 0 && known.Length > 0 && !asked.Equals(known, StringComparison.OrdinalIgnoreCase))
        {
            throw new RunFailedException($"{request.Integration} logs in as {known}, not as {asked}: correct --user, or {IntegrationSettings.Section}__{request.Integration}__UserName in {LocalSettingsFile.Name}.");
        }

        var user = asked.Length > 0 ? asked : known;
        return PlainText.IsPlain(user) && !user.Contains(':', StringComparison.Ordinal)
            ? user : throw new RunFailedException($"'{PlainText.Escape(user)}' is no user name of Five9: it must not hold a colon, {PlainText.Refused}.");
    }

    // Never an argument: those are in the shell's history and in every list of processes.
    private static string Password(string user) => Console.IsInputRedirected
        ? Console.In.ReadToEnd().TrimEnd('\r', '\n')
        : AnsiConsole.Prompt(new TextPrompt<string>($"Password of {Markup.Escape(user)} (not shown):").Secret(null).AllowEmpty());
}
