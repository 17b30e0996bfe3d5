using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Users;

namespace Five9Functions.Tests.Imports;

/// <summary>A bench for each test, with the integration acme. An unexpected call, a call that did not come and an unexpected warning fail the test.</summary>
public abstract class ImportFixture
{
    private protected ImportBench Bench { get; private set; } = null!;

    private protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    [SetUp]
    public async Task StartAsync()
    {
        Bench = await ImportBench.StartAsync(Settings);
        await Bench.SeedAsync(ImportData.Acme);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Bench.DisposeAsync();
        Assert.That(Bench.Five9.Unplanned, Is.Empty, "calls to Five9 that nobody planned");
        Assert.That(Bench.Five9.NotCalled, Is.Empty, "planned calls to Five9 that did not come");
        Assert.That(Bench.Log.TakeWarnings(), Is.Empty, "unexpected warnings");
    }

    private protected T Get<T>() where T : notnull => Bench.Get<T>();

    /// <summary>One call for a slice, with the user's lease.</summary>
    private protected async Task<ImportSlice> NextAsync(ImportSlice slice, Integration? integration = null)
    {
        integration ??= ImportData.Acme;
        var users = Get<Five9UserTable>();
        await using var lease = await users.TryLeaseAsync(await users.EnsureAsync(integration, CancellationToken.None), CancellationToken.None);
        return await Get<SliceStepRunner>().NextAsync(integration, slice, lease!, CancellationToken.None);
    }
}
