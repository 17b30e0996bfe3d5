using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Five9Functions.LocalHost.Run;
using Five9Functions.LocalHost.Vault;

namespace Five9Functions.LocalHost.Services;

/// <summary>What an app in another process is started with, in files that only the user reads. They end with the services: the next ones have others.</summary>
internal sealed class ServicesFiles : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _certificate;

    private ServicesFiles(string settings, string certificate, string shown) => (Settings, _certificate, Shown) = (settings, certificate, shown);

    /// <summary>The path of a whole local.settings.json.</summary>
    public string Settings { get; }

    /// <summary>The same text without the token, for a screen.</summary>
    public string Shown { get; }

    public static async Task<ServicesFiles> WriteAsync(string folder, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var vaults = surroundings.Vaults!;
        var (pem, token) = vaults.Admission;
        var certificate = Path.Combine(folder, "services", "certificate.pem");
        var settings = Path.Combine(folder, "services", "local.settings.json");
        using (await UserOnlyFile.LockAsync(settings, cancellationToken))
        {
            UserOnlyFile.Write(certificate, Encoding.UTF8.GetBytes(pem));
            UserOnlyFile.Write(settings, Encoding.UTF8.GetBytes(Text(token)));
        }

        return new ServicesFiles(settings, certificate, Text($"(in {settings})"));

        string Text(string header) => JsonSerializer.Serialize(new { IsEncrypted = false, Values = Values(surroundings, certificate, header) }, Json);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(Settings);
        File.Delete(_certificate);
        return ValueTask.CompletedTask;
    }

    private static Dictionary<string, string?> Values(Surroundings surroundings, string certificate, string header)
    {
        var values = new Dictionary<string, string?>
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsDisableHomepage"] = "true",
        };
        foreach (var (key, value) in surroundings.Settings)
        {
            values[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        values["IDENTITY_ENDPOINT"] = VaultIdentity.At(surroundings.Vaults!.Port).AbsoluteUri;
        values["IDENTITY_HEADER"] = header;
        values["SSL_CERT_FILE"] = certificate;
        return values;
    }
}
