namespace Five9Functions.LocalHost.Simulator;

/// <summary>A fault of the service: one detail element in the service namespace, or none when the request was not understood at all.</summary>
/// <param name="Name">As in Five9's guide, without the word Fault; null for a fault of the SOAP layer (env:Client, no detail).</param>
internal sealed record SoapFault(string? Name, string Message, IReadOnlyList<(string Name, string Value)> Details)
{
    public static SoapFaultException NotUnderstood(string message) => new(new SoapFault(null, message, []));

    public static SoapFaultException Of(string name, string message, params (string Name, string Value)[] details) =>
        new(new SoapFault(name, message, details));

    public void WriteTo(SoapWriter writer)
    {
        writer.Open("env:Fault");
        writer.Element("faultcode", Name is null ? "env:Client" : "env:Server");
        writer.Element("faultstring", Message);
        if (Name is not null)
        {
            writer.Open("detail");
            writer.OpenService(Name + "Fault");

            // Five9's types list the elements of a fault in alphabetical order.
            foreach (var (name, value) in Details.Append(("message", Message)).OrderBy(d => d.Item1, StringComparer.Ordinal))
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
