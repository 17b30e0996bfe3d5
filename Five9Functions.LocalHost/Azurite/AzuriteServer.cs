using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Five9Functions.LocalHost.Azurite;

/// <summary>Where Azurite listens and keeps its data. Port 0 takes a free one; no folder keeps everything in memory.</summary>
/// <param name="Accounts">Storage accounts that share nothing but the process.</param>
public sealed record AzuriteOptions(int BlobPort = 0, int QueuePort = 0, int TablePort = 0, string? Folder = null, int Accounts = 1);

/// <summary>A running Azurite process on 127.0.0.1. It ends when disposed and when this process ends, however that ends; it writes down what it holds first.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    // The well-known key of every storage emulator, published with it: not a secret.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan TimeToSave = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private AzuriteServer(Process process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <param name="number">0 for the usual account, up to <see cref="AzuriteOptions.Accounts"/> - 1.</param>
    public string ConnectionStringOf(int number) => ConnectionString
        .Replace($"AccountName={Account};", $"AccountName={AccountName(number)};", StringComparison.Ordinal)
        .Replace($"/{Account};", $"/{AccountName(number)};", StringComparison.Ordinal);

    public int ProcessId => _process.Id;

    /// <exception cref="InvalidOperationException">Node.js is missing, or Azurite ended before it listened (its last words are in the message).</exception>
    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var script = await AzuriteInstallation.EnsureAsync(progress ?? (_ => { }), cancellationToken);
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments(script, options))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, options.Accounts).Select(number => $"{AccountName(number)}:{Key}"));
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("node was not found: install Node.js 20 or newer, then start again.");
        }

        try
        {
            return new AzuriteServer(process, await ListeningAsync(process, cancellationToken));
        }
        catch
        {
            Kill(process);
            throw;
        }
    }

    public static string ConnectionStringFor(string blob, string queue, string table) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={blob}/{Account};QueueEndpoint={queue}/{Account};TableEndpoint={table}/{Account};";

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close(); // attached.cjs takes it as the end: what a folder is to hold is saved
        using var over = new CancellationTokenSource(TimeToSave);
        await Task.WhenAny(_process.WaitForExitAsync(over.Token));
        Kill(_process);
    }

    private static string AccountName(int number) => number == 0 ? Account : $"{Account}x{number}";

    private static IEnumerable<string> Arguments(string script, AzuriteOptions options)
    {
        yield return "--require";
        yield return Path.Combine(AppContext.BaseDirectory, "Azurite", "attached.cjs");
        yield return script;
        yield return "--silent";
        yield return "--disableTelemetry";
        yield return "--skipApiVersionCheck";
        foreach (var (name, port) in new[] { ("blob", options.BlobPort), ("queue", options.QueuePort), ("table", options.TablePort) })
        {
            yield return $"--{name}Host";
            yield return "127.0.0.1";
            yield return $"--{name}Port";
            yield return port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (options.Folder is null)
        {
            yield return "--inMemoryPersistence";
        }
        else
        {
            yield return "--location";
            yield return options.Folder;
        }
    }

    private static async Task<string> ListeningAsync(Process process, CancellationToken cancellationToken)
    {
        var addresses = new Dictionary<string, string>();
        var said = new List<string>();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        while (addresses.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            if (line is null)
            {
                throw new InvalidOperationException($"Azurite ended before it listened; it said: {string.Join(' ', said.TakeLast(5))} {(await errors).Trim()}");
            }

            said.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            }
        }

        // Nobody reads what it says from here on, so a full pipe must not stop it.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return ConnectionStringFor(addresses["Blob"], addresses["Queue"], addresses["Table"]);
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>\S+)")]
    private static partial Regex Listening();
}
