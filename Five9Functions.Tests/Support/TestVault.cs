using System.Runtime.CompilerServices;
using System.Text.Json;
using Five9Functions.Credentials;
using Five9Functions.LocalHost.Vault;

namespace Five9Functions.Tests; // the root: a set-up fixture serves the tests below its namespace

/// <summary>One vault stand-in for the whole test run. Each test has a vault of its own in it, so that it may count requests and let it fail.</summary>
[SetUpFixture]
public sealed class TestVault
{
    private static VaultServer? _server;

    /// <param name="time">Its clock; null for the system's.</param>
    internal static LocalVault New(TimeProvider? time = null) =>
        (_server ?? throw new InvalidOperationException("The vault stand-in is started before the first test and ended after the last one.")).Vault($"t{Guid.NewGuid():N}", time);

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await VaultServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}

internal static class TestSecrets
{
    private static readonly ConditionalWeakTable<LocalVault, Uri> Hosts = [];

    /// <summary>Passwords that are put into this vault are for this host.</summary>
    public static LocalVault For(this LocalVault vault, Uri host)
    {
        Hosts.AddOrUpdate(vault, host);
        return vault;
    }

    /// <summary>A secret's content that names the host of the vault; without one, as versions before the host was named.</summary>
    public static string Content(this LocalVault vault, string userName, string password) => Hosts.TryGetValue(vault, out var host)
        ? Five9Secret.Content(userName, password, host) : JsonSerializer.Serialize(new { userName, password });

    /// <summary>Stores a new version of a secret, without a request. Gives the version's id.</summary>
    public static Task<string> PutAsync(this LocalVault vault, string secret, string userName, string password) => vault.PutAsync(secret, vault.Content(userName, password));

    public static async Task<string> PutAsync(this LocalVault vault, string secret, string content, SecretAttributes? attributes = null) =>
        (await vault.Secrets.AddAsync(secret, new SecretParameters { Value = content, Attributes = attributes }, CancellationToken.None)).Version.Id;
}
