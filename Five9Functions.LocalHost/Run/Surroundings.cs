using Azure.Storage.Queues;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Summary;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.LocalHost.Run;

/// <summary>What the app needs around it, started if it is missing: storage, a Five9 to talk to, a vault for passwords, and the settings that lead to them.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private const string LocalVaultName = "local";

    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly List<int> _ports = [];
    private readonly RunRequest _request;
    private readonly Screen _screen;
    private LocalVault? _vault;

    private Surroundings(RunRequest request, Screen screen) => (_request, _screen) = (request, screen);

    public Dictionary<string, string?> Settings { get; private set; } = [];

    /// <summary>What the app needs to reach them beyond its settings.</summary>
    public Action<IServiceCollection> Services { get; private set; } = _ => { };

    /// <summary>The stand-in of the simulated centre.</summary>
    public VaultServer? Vaults { get; private set; }

    public StoragePlace Storage { get; private set; } = StoragePlace.Account();

    /// <summary>Every port that something of ours listens on.</summary>
    public IReadOnlyList<int> Ports => _ports;

    public static async Task<Surroundings> StartAsync(RunRequest request, Screen screen, CancellationToken cancellationToken)
    {
        var surroundings = new Surroundings(request, screen);
        try
        {
            await (File.Exists(request.SettingsFile) ? surroundings.RealAsync(cancellationToken) : surroundings.DemoAsync(cancellationToken));
            return surroundings;
        }
        catch
        {
            await surroundings.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the passwords of a real domain are kept, unless the settings name a vault in Azure.</summary>
    public static Task<VaultServer> VaultsAsync(string folder, CancellationToken cancellationToken) =>
        VaultServer.StartAsync(new VaultServerOptions(VaultFolder(folder)), cancellationToken);

    public static LocalVault VaultOf(VaultServer vaults) => vaults.Vault(LocalVaultName);

    public static string VaultFolder(string folder) => Path.Combine(folder, "vault");

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var started))
        {
            await started.DisposeAsync();
        }
    }

    private async Task DemoAsync(CancellationToken cancellationToken)
    {
        _screen.Heading($"Five9Functions, with a simulated contact centre of {_request.Demo.Agents} agents{(_request.Empty ? " that is not connected yet" : "")}");
        var azurite = await AzuriteAsync(folder: null, cancellationToken);
        var simulator = Started(await Five9Simulator.StartAsync(DemoSettings.Simulator(_request), cancellationToken), s => s.BaseAddress.Port);
        _screen.Fact("Five9", $"simulator at {simulator.BaseAddress}, up to {DemoSettings.RowCap:N0} rows and {_request.Demo.ReportDuration.TotalSeconds:0.#} s a report, Five9's quotas");
        Settings = DemoSettings.For(_request, simulator.BaseAddress);
        Settings[RealSettings.Storage] = azurite.ConnectionString;

        Vaults = Started(await VaultServer.StartAsync(cancellationToken: cancellationToken), v => v.Port);
        var vault = VaultOf(Vaults);
        Serve(vault);
        if (_request.Empty)
        {
            await SendEventsAsync(cancellationToken);
            _screen.Fact("Passwords", $"a key vault stand-in, empty at each start; the simulator takes the user {DemoSettings.Login.UserName} with the password {DemoSettings.Login.Password}");
            return;
        }

        await DemoSettings.StorePasswordAsync(vault.Client(), simulator.BaseAddress, cancellationToken);
        await SendEventsAsync(cancellationToken);
        _screen.Fact("Passwords", "a key vault stand-in, empty at each start; the simulator's is in it");
    }

    private async Task RealAsync(CancellationToken cancellationToken)
    {
        Settings = RealSettings.From(LocalSettingsFile.Read(_request.SettingsFile));
        var ids = RealSettings.Integrations(Settings);
        if (ids.Count == 0)
        {
            throw new RunFailedException(
                $"{_request.SettingsFile} names no integration: add {IntegrationSettings.Section}__acme__UserName and the other keys of local.settings.sample.json, or move the file away to see the simulated contact centre.");
        }

        var secrets = ids.ToDictionary(id => id, id => RealSettings.Require(Settings, id).SecretNameFor(id));
        _screen.Heading($"Five9Functions, with the integrations of {Path.GetFileName(_request.SettingsFile)}: {string.Join(", ", ids)}");
        await PasswordsAsync(secrets, cancellationToken);
        if (RealSettings.NamesAccount(Settings))
        {
            _screen.Fact("Storage", "the account that AzureWebJobsStorage names");
            await SendEventsAsync(cancellationToken);
            return;
        }

        var folder = Path.Combine(_request.Folder, "storage");
        Directory.CreateDirectory(folder);
        Settings[RealSettings.Storage] = (await AzuriteAsync(folder, cancellationToken)).ConnectionString;
        await SendEventsAsync(cancellationToken);
    }

    private async Task PasswordsAsync(IReadOnlyDictionary<string, string> secrets, CancellationToken cancellationToken)
    {
        if (RealSettings.KeyVault(Settings) is { } address)
        {
            _screen.Fact("Passwords", $"the key vault {address}, with the identity of whoever is logged in here");
            return;
        }

        var vault = VaultOf(Started(await VaultsAsync(_request.Folder, cancellationToken), v => v.Port));
        var held = await vault.Client().GetPropertiesOfSecretsAsync(cancellationToken).Select(s => s.Name).ToHashSetAsync(StringComparer.OrdinalIgnoreCase, cancellationToken);
        if (secrets.FirstOrDefault(s => !held.Contains(s.Value)).Key is { } id)
        {
            throw new RunFailedException($"There is no password for {id} yet: type '{SecretCommand.Usage(id)}', then start again.");
        }

        Serve(vault);
        _screen.Fact("Passwords", $"kept in {VaultFolder(_request.Folder)}, for you alone");
    }

    private void Serve(LocalVault vault)
    {
        Settings[vault.Setting.Key] = vault.Setting.Value;
        Services = vault.Serve;
        _vault = vault;
    }

    // A vault in Azure has Event Grid for that.
    private async Task SendEventsAsync(CancellationToken cancellationToken)
    {
        if (_vault is { } vault)
        {
            var queue = new QueueClient(Settings[RealSettings.Storage], StorageLayout.CredentialEvents, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            vault.SendEventsTo(queue);
        }
    }

    private async Task<AzuriteServer> AzuriteAsync(string? folder, CancellationToken cancellationToken)
    {
        var options = _request.Ports.Choose(folder, out var note);
        if (note is not null)
        {
            _screen.Line(note);
        }

        var azurite = Started(await AzuriteServer.StartAsync(options, _screen.Line, cancellationToken));
        Storage = StoragePlace.Azurite(azurite.ConnectionString, folder);
        _ports.AddRange(Storage.Ports);
        _screen.Fact("Storage", $"Azurite, {(folder is null ? "empty at each start" : $"kept in {folder}")}; ports {Storage.Ports[0]} (blobs), {Storage.Ports[1]} (queues), {Storage.Ports[2]} (tables)");
        return azurite;
    }

    private T Started<T>(T server, Func<T, int>? port = null)
        where T : IAsyncDisposable
    {
        _started.Push(server);
        if (port is not null)
        {
            _ports.Add(port(server));
        }

        return server;
    }
}
