namespace Five9Functions.LocalHost.Simulator;

/// <summary>The description of what the simulator can do, in our own words and with Five9's names, types and order.</summary>
internal static class Wsdl
{
    private const string AddressToReplace = "http://127.0.0.1/wsadmin/v13/AdminWebService";

    private static readonly Lazy<string> Text = new(() =>
    {
        using var resource = typeof(Wsdl).Assembly.GetManifestResourceStream("AdminWebService.wsdl")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    });

    /// <summary>The document, with the address that it was asked for at.</summary>
    public static string At(string address) =>
        Text.Value.Replace(AddressToReplace, System.Security.SecurityElement.Escape(address), StringComparison.Ordinal);
}
