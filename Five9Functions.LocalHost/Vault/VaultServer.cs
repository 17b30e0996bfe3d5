using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Five9Functions.LocalHost.Vault;

/// <summary>Where the stand-in keeps its vaults. No folder: in memory.</summary>
internal sealed record VaultServerOptions(string? Folder = null, TimeProvider? Time = null);

/// <summary>
/// A stand-in for Azure Key Vault's secrets: its REST interface over HTTPS on 127.0.0.1, with a certificate that exists only in this
/// process. Like the real one it holds many vaults, each at a host name of its own, so that a client checks the challenge's resource
/// as it does in Azure. It logs nothing. What it knows of Key Vault is from its REST reference and from what its client expects.
/// </summary>
internal sealed class VaultServer : IAsyncDisposable
{
    /// <summary>Names below localhost never leave the machine (RFC 6761).</summary>
    public const string Domain = "vault.localhost";

    private readonly ConcurrentDictionary<string, LocalVault> _vaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _stopping = new();
    private readonly VaultServerOptions _options;
    private readonly X509Certificate2 _certificate = VaultCertificate.Create(Domain);
    private readonly VaultToken _token = new();
    private readonly WebApplication _web;
    private SocketsHttpHandler? _handler;

    private VaultServer(VaultServerOptions options)
    {
        _options = options;
        var endpoint = new VaultEndpoint(host => _vaults.GetValueOrDefault(host), _token, _stopping.Token);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, EndsWhenDisposed>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = _certificate });
            });
        });
        _web = builder.Build();
        _web.Run(endpoint.HandleAsync);
    }

    public int Port { get; private set; }

    /// <summary>What the vaults take for an identity: a token that was made at the start and is known to this process alone.</summary>
    public TokenCredential Credential => _token;

    public static async Task<VaultServer> StartAsync(VaultServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new VaultServer(options ?? new VaultServerOptions());
        try
        {
            await server._web.StartAsync(cancellationToken);
            server.Port = new Uri(server._web.Urls.Single()).Port;
            server._handler = VaultCertificate.HandlerThatTrusts(server._certificate, server.Port);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What another process needs to be let in: the certificate to trust, as PEM, and the token.</summary>
    public (string CertificatePem, string Token) Admission => (_certificate.ExportCertificatePem(), _token.Value);

    /// <summary>The vault of a name, created if need be; it is at https://name.vault.localhost:port/.</summary>
    /// <param name="time">Of a new vault, if not the server's.</param>
    public LocalVault Vault(string name, TimeProvider? time = null) => _vaults.GetOrAdd($"{name}.{Domain}", host => new LocalVault(
        new Uri($"https://{host}:{Port}/"),
        _handler!,
        _token,
        new VaultStore(_options.Folder is { } folder ? Path.Combine(folder, $"{name}.json") : null),
        time ?? _options.Time ?? TimeProvider.System));

    public async ValueTask DisposeAsync()
    {
        foreach (var vault in _vaults.Values)
        {
            await vault.EndEventsAsync();
        }

        await _stopping.CancelAsync();
        await _web.StopAsync();
        await _web.DisposeAsync();
        _handler?.Dispose();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    /// <summary>The stand-in is part of a larger process: Ctrl+C is not its business.</summary>
    private sealed class EndsWhenDisposed : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
