using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Five9Functions.LocalHost.Vault;

/// <summary>The certificate of the stand-in, and a client that trusts it and no other. Neither touches a certificate store.</summary>
internal static class VaultCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Longer than anybody leaves it running; macOS takes none of more than 825 days.
    private const int DaysValid = 800;

    public static X509Certificate2 Create(string domain)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={domain}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName($"*.{domain}");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: true));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow(); // TLS knows no other clock
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(DaysValid));
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // SChannel cannot serve with a key that has no container; this one goes when the certificate is disposed.
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
        }
    }

    /// <summary>Connects to 127.0.0.1 whatever host is asked for, and only to whoever presents this very certificate for that host.</summary>
    public static SocketsHttpHandler HandlerThatTrusts(X509Certificate2 certificate, int port)
    {
        var trusted = certificate.RawData;
        return new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
            SslOptions =
            {
                // Self-signed, so its chain has an error; its name must be right.
                RemoteCertificateValidationCallback = (_, presented, _, errors) =>
                    (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
                    && presented is not null && presented.GetRawCertData().AsSpan().SequenceEqual(trusted),
            },
        };
    }
}
