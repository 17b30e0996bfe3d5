using Five9Functions.LocalHost.Azurite;

namespace Five9Functions.Tests; // the root: a set-up fixture serves the tests below its namespace

/// <summary>
/// Two Azurites for the whole test run, started before the first test and ended with the run: each works on one thread, which is what
/// most tests wait for. Tests share them and stay apart by names of their own (<see cref="NewName"/>).
/// </summary>
[SetUpFixture]
public sealed class TestStorage
{
    private const int Emulators = 2;

    private const int AccountsOfEach = 700;

    private static AzuriteServer[] _azurites = [];

    private static int _accountsTaken;

    private static AzuriteServer[] Azurites => _azurites is [_, ..] ? _azurites : throw new InvalidOperationException("Azurite is started before the first test and ended after the last one.");

    public static Task<string> ConnectionStringAsync() => Task.FromResult(Azurites[0].ConnectionString);

    /// <summary>A storage account that no other test uses, for what has fixed names or looks at everything there is.</summary>
    public static Task<string> NewAccountAsync()
    {
        // Number 0 of each is the one that tests share.
        var (number, emulator) = Math.DivRem(Interlocked.Increment(ref _accountsTaken) - 1, Emulators);
        return number + 1 < AccountsOfEach
            ? Task.FromResult(Azurites[emulator].ConnectionStringOf(number + 1))
            : throw new InvalidOperationException($"More than {Emulators * (AccountsOfEach - 1)} tests want a storage account of their own: raise the number in {nameof(TestStorage)}.");
    }

    /// <summary>A name that no other test uses, valid for tables, queues and containers.</summary>
    public static string NewName(string prefix) => $"{prefix}{Guid.NewGuid():N}"[..Math.Min(60, prefix.Length + 32)];

    // Not by the first test that needs it: on a new machine it is installed first, and that must not count against a test's time.
    [OneTimeSetUp]
    public async Task StartAsync()
    {
        for (var i = 0; i < Emulators; i++)
        {
            _azurites = [.. _azurites, await AzuriteServer.StartAsync(new AzuriteOptions(Accounts: AccountsOfEach))];
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var azurite in _azurites)
        {
            await azurite.DisposeAsync();
        }
    }
}
