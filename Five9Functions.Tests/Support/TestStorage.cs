using Five9Functions.LocalHost.Azurite;

namespace Five9Functions.Tests; // the root: a set-up fixture serves the tests below its namespace

/// <summary>
/// One Azurite for the whole test run, started by the first test that needs storage and ended with the run.
/// Tests share it and stay apart by names of their own (<see cref="NewName"/>).
/// </summary>
[SetUpFixture]
public sealed class TestStorage
{
    private static readonly Lazy<Task<AzuriteServer>> Azurite = new(() => AzuriteServer.StartAsync(new AzuriteOptions()));

    public static async Task<string> ConnectionStringAsync() => (await Azurite.Value).ConnectionString;

    /// <summary>A name that no other test uses, valid for tables, queues and containers.</summary>
    public static string NewName(string prefix) => $"{prefix}{Guid.NewGuid():N}"[..Math.Min(60, prefix.Length + 32)];

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Azurite.IsValueCreated)
        {
            await (await Azurite.Value).DisposeAsync();
        }
    }
}
