namespace Five9Functions.LocalHost.Simulator;

/// <summary>Writes what is inside an operation's response element.</summary>
internal delegate Task WriteContent(SoapWriter writer, CancellationToken cancellationToken);

/// <summary>One of Five9's web services, without the HTTP around it.</summary>
internal interface ISoapService
{
    string Namespace { get; }

    /// <summary>The names of all operations.</summary>
    IEnumerable<string> OperationNames { get; }

    /// <summary>Whether the path of a request is the service's, in any version.</summary>
    bool IsAt(string path);

    /// <summary>The description of the service, with the address that it was asked for at.</summary>
    string Wsdl(string address);

    /// <summary>Does what is asked, up to the point where there is something to write.</summary>
    /// <param name="neverFinishes">A report that is started goes on running for ever.</param>
    /// <exception cref="SoapFaultException">The answer is a fault.</exception>
    Task<WriteContent> InvokeAsync(SoapRequest request, bool neverFinishes, CancellationToken cancellationToken);
}
