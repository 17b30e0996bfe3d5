namespace Five9Functions.Integrations;

/// <summary>How a host is named in secrets and sentences: in lower case, with its port where that is not 443. Five9's own hosts count as one host.</summary>
public static class Five9Host
{
    private const int HttpsPort = 443;

    public static string NameOf(Uri address) => address.Port == HttpsPort ? Bare(address) : WithPort(address);

    /// <summary>As the setting Five9:AllowedHosts names it.</summary>
    public static string WithPort(Uri address) => $"{Bare(address)}:{address.Port}";

    /// <summary>The name of a host that is given as one, with or without a port, as an address, or as a region; null when it is none of them.</summary>
    public static string? TryParse(string text) => (Five9Region.TryParse(text) ?? TryRead(text)) is { } address ? NameOf(address) : null;

    /// <summary>Whether a password for the one may be sent to the other.</summary>
    public static bool AreSame(string one, string other) => one == other || (Five9Region.IsHost(one) && Five9Region.IsHost(other));

    /// <inheritdoc cref="AreSame(string, string)"/>
    public static bool AreSame(Uri one, Uri other) => AreSame(NameOf(one), NameOf(other));

    /// <summary>A host with or without a port, and nothing else.</summary>
    internal static Uri? TryRead(string text) =>
        Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var address) && address is { UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" }
            && address.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 && text.All(char.IsAscii) ? address : null;

    private static string Bare(Uri address) => address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost.ToLowerInvariant();
}
