namespace Five9Functions.Integrations;

/// <summary>
/// The data centres of Five9. Hosts of us, uk, ca and eu are in Five9's guide of February 2026; in is met in the field.
/// A login at the host of another region answers 401.
/// </summary>
public static class Five9Region
{
    private const int MaxAddress = 200;

    private static readonly Dictionary<string, string> Hosts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["us"] = "https://api.five9.com/",
        ["uk"] = "https://api.five9.eu/",
        ["ca"] = "https://api.five9.ca/",
        ["eu"] = "https://api.eu.five9.com/",
        ["in"] = "https://api.in.five9.com/",
    };

    private static readonly HashSet<string> Names = [.. Hosts.Values.Select(host => Five9Host.NameOf(new Uri(host)))];

    /// <summary>Whether a name, as <see cref="Five9Host"/> writes it, is that of a host of Five9's.</summary>
    public static bool IsHost(string name) => Names.Contains(name);

    /// <summary>
    /// The base address of a region, or of a host given as an absolute https address; null when it is neither. A password goes there, so
    /// http is for this machine alone.
    /// </summary>
    public static Uri? TryParse(string regionOrHost)
    {
        var address = Hosts.GetValueOrDefault(regionOrHost, regionOrHost).TrimEnd('/') + "/";
        return address.Length <= MaxAddress && Uri.TryCreate(address, UriKind.Absolute, out var host) && host is { UserInfo: "", Query: "", Fragment: "" }
            && (host.Scheme == Uri.UriSchemeHttps || (host.Scheme == Uri.UriSchemeHttp && host.IsLoopback)) ? host : null;
    }

    /// <summary>The region whose host it is, else the address.</summary>
    public static string NameOf(Uri host) => Hosts.FirstOrDefault(region => region.Value == host.AbsoluteUri).Key ?? host.AbsoluteUri;
}
