using Five9Functions.Integrations;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Summary;

namespace Five9Functions.LocalHost.Run;

/// <summary>What the app needs around it, started if it is missing: storage, a Five9 to talk to, and the settings that lead to both.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private readonly AzuriteServer? _azurite;
    private readonly Five9Simulator? _simulator;

    private Surroundings(AzuriteServer? azurite, Five9Simulator? simulator, Dictionary<string, string?> settings, StoragePlace storage)
    {
        (_azurite, _simulator, Settings, Storage) = (azurite, simulator, settings, storage);
        Ports = [.. storage.Ports, .. simulator is null ? Array.Empty<int>() : [simulator.BaseAddress.Port]];
    }

    public IReadOnlyDictionary<string, string?> Settings { get; }

    public StoragePlace Storage { get; }

    /// <summary>Every port that something of ours listens on.</summary>
    public IReadOnlyList<int> Ports { get; }

    public static Task<Surroundings> StartAsync(RunRequest request, Screen screen, CancellationToken cancellationToken) =>
        File.Exists(request.SettingsFile) ? RealAsync(request, screen, cancellationToken) : DemoAsync(request, screen, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }

        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private static async Task<Surroundings> DemoAsync(RunRequest request, Screen screen, CancellationToken cancellationToken)
    {
        screen.Heading($"Five9Functions, with a simulated contact centre of {request.Demo.Agents} agents");
        var azurite = await AzuriteAsync(request, folder: null, screen, cancellationToken);
        try
        {
            var simulator = await Five9Simulator.StartAsync(DemoSettings.Simulator(request), cancellationToken);
            screen.Fact("Five9", $"simulator at {simulator.BaseAddress}, up to {DemoSettings.RowCap:N0} rows and {request.Demo.ReportDuration.TotalSeconds:0.#} s a report, Five9's quotas");
            var settings = DemoSettings.For(request, simulator.BaseAddress);
            settings[RealSettings.Storage] = azurite.ConnectionString;
            return new Surroundings(azurite, simulator, settings, StoragePlace.Azurite(azurite.ConnectionString, folder: null));
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    private static async Task<Surroundings> RealAsync(RunRequest request, Screen screen, CancellationToken cancellationToken)
    {
        var settings = RealSettings.From(LocalSettingsFile.Read(request.SettingsFile));
        var ids = RealSettings.Integrations(settings);
        if (ids.Count == 0)
        {
            throw new RunFailedException(
                $"{request.SettingsFile} names no integration: add {IntegrationSettings.Section}__acme__UserName and the other keys of local.settings.sample.json, or move the file away to see the simulated contact centre.");
        }

        foreach (var id in ids)
        {
            RealSettings.Require(settings, id);
        }

        screen.Heading($"Five9Functions, with the integrations of {Path.GetFileName(request.SettingsFile)}: {string.Join(", ", ids)}");
        if (RealSettings.NamesAccount(settings))
        {
            screen.Fact("Storage", "the account that AzureWebJobsStorage names");
            return new Surroundings(null, null, settings, StoragePlace.Account());
        }

        var folder = Path.Combine(request.Folder, "storage");
        Directory.CreateDirectory(folder);
        var azurite = await AzuriteAsync(request, folder, screen, cancellationToken);
        settings[RealSettings.Storage] = azurite.ConnectionString;
        return new Surroundings(azurite, null, settings, StoragePlace.Azurite(azurite.ConnectionString, folder));
    }

    private static async Task<AzuriteServer> AzuriteAsync(RunRequest request, string? folder, Screen screen, CancellationToken cancellationToken)
    {
        var options = request.Ports.Choose(folder, out var note);
        if (note is not null)
        {
            screen.Line(note);
        }

        var azurite = await AzuriteServer.StartAsync(options, screen.Line, cancellationToken);
        var place = StoragePlace.Azurite(azurite.ConnectionString, folder);
        screen.Fact("Storage", $"Azurite, {(folder is null ? "empty at each start" : $"kept in {folder}")}; ports {place.Ports[0]} (blobs), {place.Ports[1]} (queues), {place.Ports[2]} (tables)");
        return azurite;
    }
}
