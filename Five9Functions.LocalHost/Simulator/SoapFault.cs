namespace Five9Functions.LocalHost.Simulator;

/// <summary>A fault of the service: one detail element in the service namespace, or none when the request was not understood at all.</summary>
/// <param name="Name">As in Five9's guide, without the word Fault; null for a fault of the SOAP layer, which has no detail.</param>
/// <param name="Code">The faultcode of a fault of the SOAP layer.</param>
internal sealed record SoapFault(string? Name, string Message, IReadOnlyList<(string Name, string Value)> Details, string Code = "Client")
{
    /// <summary>The elements of the detail: Five9's types list those of a fault in alphabetical order.</summary>
    public IEnumerable<(string Name, string Value)> Fields => Details.Append(("message", Message)).OrderBy(d => d.Item1, StringComparer.Ordinal);

    /// <param name="code">Client, MustUnderstand or VersionMismatch.</param>
    public static SoapFaultException NotUnderstood(string message, string code = "Client") => new(new SoapFault(null, message, [], code));

    public static SoapFaultException Of(string name, string message, params (string Name, string Value)[] details) =>
        new(new SoapFault(name, message, details));

    public void WriteTo(SoapWriter writer)
    {
        writer.Open("env:Fault");
        writer.Element("faultcode", Name is null ? $"env:{Code}" : "env:Server");
        writer.Element("faultstring", Message);
        if (Name is not null)
        {
            writer.Open("detail");
            writer.OpenService(Name + "Fault");
            foreach (var (name, value) in Fields)
            {
                writer.Element(name, value);
            }

            writer.Close($"ns2:{Name}Fault");
            writer.Close("detail");
        }

        writer.Close("env:Fault");
    }
}

/// <summary>Ends an operation with a fault.</summary>
internal sealed class SoapFaultException(SoapFault fault, int status = 500) : Exception(fault.Message)
{
    public SoapFault Fault { get; } = fault;

    public int Status { get; } = status;
}
