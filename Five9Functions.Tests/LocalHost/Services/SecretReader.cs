using System.Net;
using System.Net.Sockets;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace Five9Functions.Tests.LocalHost.Services;

/// <summary>
/// A process that reads a secret as the app does: the vault, the identity and the trusted certificate are what the environment says.
/// Only the lookup of the vault's name is replaced: not every machine leads a name below localhost to itself.
/// </summary>
internal static class SecretReader
{
    public static async Task<int> ReadAsync(string name)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        var vault = new Uri(Environment.GetEnvironmentVariable("KeyVault__Uri")!);
        var client = new SecretClient(vault, new DefaultAzureCredential(), new SecretClientOptions { Transport = new HttpClientTransport(http), Retry = { MaxRetries = 0 } });
        try
        {
            Console.WriteLine((await client.GetSecretAsync(name)).Value.Value);
            return 0;
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AuthenticationFailedException)
        {
            Console.WriteLine(e.GetType().Name);
            return 1;
        }
    }
}
