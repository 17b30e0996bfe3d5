namespace Five9Functions.LocalHost.Simulator;

/// <summary>The descriptions of what the simulator can do, in our own words and with Five9's names, types and order.</summary>
internal static class Wsdl
{
    private static readonly Lazy<string> OfAdmin = new(() => Read("AdminWebService.wsdl"));
    private static readonly Lazy<string> OfSupervisor = new(() => Read("SupervisorWebService.wsdl"));

    /// <summary>The document, with the address that it was asked for at.</summary>
    public static string Admin(string address) => At(OfAdmin.Value, "http://127.0.0.1/wsadmin/v13/AdminWebService", address);

    /// <inheritdoc cref="Admin"/>
    public static string Supervisor(string address) => At(OfSupervisor.Value, "http://127.0.0.1/wssupervisor/v13/SupervisorWebService", address);

    private static string At(string document, string addressToReplace, string address) =>
        document.Replace(addressToReplace, System.Security.SecurityElement.Escape(address), StringComparison.Ordinal);

    private static string Read(string name)
    {
        using var resource = typeof(Wsdl).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
