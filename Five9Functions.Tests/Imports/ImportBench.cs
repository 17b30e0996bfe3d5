using System.Net;
using Azure.Core;
using Azure.Data.Tables;
using Five9Functions.Credentials;
using Five9Functions.Five9.Soap;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Storage.Tables;
using Five9Functions.Tests.Support;
using Five9Functions.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.Imports;

internal delegate ValueTask<Stream> ConnectToFive9(DnsEndPoint to, CancellationToken cancellationToken);

/// <summary>
/// The app as it is registered, at 2026-11-02T20:00:00Z, with a storage account of its own and a scripted Five9. Nothing runs by itself:
/// a test calls one type at a time and looks at the rows and messages.
/// </summary>
internal sealed class ImportBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ImportBench(string storage, IReadOnlyDictionary<string, string?> settings, ConnectToFive9? connect)
    {
        Storage = storage;
        Messages = new TestMessages(storage);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = storage,
                ["Integrations:acme:UserName"] = ImportData.Acme.UserName,
                ["Five9:AllowedHosts"] = "api.five9.test:443",
                [Vault.Setting.Key] = Vault.Setting.Value,
                // A test that lets hours pass at once does not mean the vault.
                [$"{KeyVaultOptions.Section}:{nameof(KeyVaultOptions.Timeout)}"] = "1.00:00:00",
            })
            .AddInMemoryCollection(settings)
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log.Provider()));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(Options(Tables));
        services.AddFive9Functions(configuration);
        Vault.Serve(services);
        var five9 = services.AddHttpClient(nameof(Five9AdminClient));
        _ = connect is null
            ? five9.ConfigurePrimaryHttpMessageHandler(() => Five9)
            : five9.ConfigurePrimaryHttpMessageHandler((handler, _) => ((SocketsHttpHandler)handler).ConnectCallback = (to, token) => connect(to.DnsEndPoint, token));
        _services = services.BuildServiceProvider();
    }

    public string Storage { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 2, 20, 0, 0, TimeSpan.Zero));

    public Five9Script Five9 { get; } = new();

    /// <summary>With a password for acme.</summary>
    public LocalVault Vault { get; } = TestVault.New().For(ImportData.Acme.Host);

    /// <summary>Of acme's secret.</summary>
    public string FirstVersion { get; private set; } = "";

    /// <summary>Every request to the tables.</summary>
    public TableTraffic Tables { get; } = new();

    public TestMessages Messages { get; }

    public TestLog Log { get; } = new();

    /// <param name="connect">Null: Five9 is scripted; else it is called over connections of this.</param>
    public static async Task<ImportBench> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, ConnectToFive9? connect = null)
    {
        var bench = new ImportBench(await TestStorage.NewAccountAsync(), settings ?? new Dictionary<string, string?>(), connect);
        bench.FirstVersion = await bench.SetPasswordAsync("secret 1");
        await bench._services.GetServices<IHostedService>().OfType<PrepareStorage>().Single().StartAsync(CancellationToken.None);
        return bench;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>As another instance of the app would be created.</summary>
    public T Create<T>(params object[] parameters) => ActivatorUtilities.CreateInstance<T>(_services, parameters);

    public TableClient Table(string name) => new(Storage, name);

    /// <summary>A new version of acme's secret. Gives its id.</summary>
    public Task<string> SetPasswordAsync(string password) => Vault.PutAsync("five9-acme", ImportData.Acme.UserName, password);

    /// <summary>Lets the app call a host besides the one of acme, and stores acme's password for it.</summary>
    public async Task AllowAsync(Uri host)
    {
        Get<Five9ClientOptions>().AllowedHosts += $",{Five9Host.WithPort(host)}";
        Vault.For(host);
        FirstVersion = await SetPasswordAsync("secret 1");
    }

    /// <summary>Five9 has taken acme's password before, as it has on any day but the first.</summary>
    public async Task ProveAsync(Integration integration) => await Get<Five9UserTable>().UpdateAsync(
        await Get<Five9UserTable>().EnsureAsync(integration, CancellationToken.None), user => user.WithAccepted(integration.SecretName, FirstVersion), CancellationToken.None);

    public Task SeedAsync(Integration integration) => Get<IntegrationTable>().SeedAsync(integration, CancellationToken.None);

    /// <summary>Writes a run and its slices, and lists it as open with the integration's user.</summary>
    public async Task OpenAsync(Integration integration, ImportRun run, params ImportSlice[] slices)
    {
        run = run.Planned is null ? run : run with { Planned = slices.Length };
        Assert.That(await Get<ImportRunTable>().TryAddAsync(run, CancellationToken.None), Is.True);
        foreach (var slice in slices)
        {
            await Get<ImportSliceTable>().AddIfAbsentAsync(slice, CancellationToken.None);
        }

        await Get<RunOpening>().RegisterOpenRunAsync(integration, run, CancellationToken.None);
    }

    public async Task<Five9User> UserAsync(Integration? integration = null) =>
        (await Get<Five9UserTable>().GetAsync(Five9UserTable.KeyOf(integration ?? ImportData.Acme), CancellationToken.None)).Value;

    public async Task<ImportRun> RunAsync(string run = ImportData.Run) => (await Get<ImportRunTable>().FindAsync("acme", run, CancellationToken.None))!.Value.Value;

    public async Task<ImportSlice> SliceAsync(ImportSlice like) =>
        (await Get<ImportSliceTable>().FindAsync(like.Integration, like.Run, ImportSliceTable.RowKey(like), CancellationToken.None))!.Value.Value;

    /// <summary>Changes a slice's row as a step of the import would.</summary>
    public async Task UpdateAsync(ImportSlice like, Func<ImportSlice, ImportSlice> change)
    {
        var stored = (await Get<ImportSliceTable>().FindAsync(like.Integration, like.Run, ImportSliceTable.RowKey(like), CancellationToken.None))!.Value;
        Assert.That(await Get<ImportSliceTable>().TryUpdateAsync(stored, change(stored.Value), CancellationToken.None), Is.True);
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private static TableClientOptions Options(TableTraffic traffic)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(traffic, HttpPipelinePosition.PerCall);
        return options;
    }
}
