using Five9Functions.Integrations;
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
    /// <summary>Stores a new version of a secret, without a request. Gives the version's id.</summary>
    public static Task<string> PutAsync(this LocalVault vault, string secret, string userName, string password) => vault.PutAsync(secret, Five9Secret.Content(userName, password));

    public static async Task<string> PutAsync(this LocalVault vault, string secret, string content, SecretAttributes? attributes = null) =>
        (await vault.Secrets.AddAsync(secret, new SecretParameters { Value = content, Attributes = attributes }, CancellationToken.None)).Version.Id;
}
