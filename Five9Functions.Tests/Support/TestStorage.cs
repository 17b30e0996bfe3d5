using Five9Functions.LocalHost.Azurite;

namespace Five9Functions.Tests; // the root: a set-up fixture serves the tests below its namespace

/// <summary>
/// One Azurite for the whole test run, started before the first test and ended with the run.
/// Tests share it and stay apart by names of their own (<see cref="NewName"/>).
/// </summary>
[SetUpFixture]
public sealed class TestStorage
{
    private const int Accounts = 900;

    private static AzuriteServer? _azurite;

    private static int _accountsTaken;

    private static AzuriteServer Azurite => _azurite ?? throw new InvalidOperationException("Azurite is started before the first test and ended after the last one.");

    public static Task<string> ConnectionStringAsync() => Task.FromResult(Azurite.ConnectionString);

    /// <summary>A storage account that no other test uses, for what has fixed names or looks at everything there is.</summary>
    public static Task<string> NewAccountAsync()
    {
        var number = Interlocked.Increment(ref _accountsTaken);
        return number < Accounts
            ? Task.FromResult(Azurite.ConnectionStringOf(number))
            : throw new InvalidOperationException($"More than {Accounts - 1} tests want a storage account of their own: raise the number in {nameof(TestStorage)}.");
    }

    /// <summary>A name that no other test uses, valid for tables, queues and containers.</summary>
    public static string NewName(string prefix) => $"{prefix}{Guid.NewGuid():N}"[..Math.Min(60, prefix.Length + 32)];

    // Not by the first test that needs it: on a new machine it is installed first, and that must not count against a test's time.
    [OneTimeSetUp]
    public async Task StartAsync() => _azurite = await AzuriteServer.StartAsync(new AzuriteOptions(Accounts: Accounts));

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
