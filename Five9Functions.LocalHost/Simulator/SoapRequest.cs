using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using NodaTime;
using NodaTime.TimeZones;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>A request as the service understands it: the operation is qualified, everything in it is not; prefixes and order do not matter.</summary>
/// <param name="Arguments">The operation's element, or one within it.</param>
internal sealed partial record SoapRequest(string Operation, XElement Arguments)
{
    private const string NextActor = "http://schemas.xmlsoap.org/soap/actor/next";

    private static readonly XNamespace Envelope = SoapWriter.EnvelopeNamespace;

    /// <exception cref="SoapFaultException">The document is not a SOAP 1.1 request for this service.</exception>
    public static SoapRequest Of(XDocument document, ISoapService service)
    {
        if (document.Root is not { Name.LocalName: "Envelope" } envelope)
        {
            throw SoapFault.NotUnderstood("The request is not a SOAP 1.1 envelope.");
        }

        if (envelope.Name.Namespace != Envelope)
        {
            throw SoapFault.NotUnderstood($"The envelope is not one of SOAP 1.1: its namespace is \"{envelope.Name.NamespaceName}\".", "VersionMismatch");
        }

        if (envelope.Element(Envelope + "Header")?.Elements().FirstOrDefault(MustBeUnderstood) is { } header)
        {
            throw SoapFault.NotUnderstood($"The header {header.Name} must be understood, and is not.", "MustUnderstand");
        }

        var operation = envelope.Element(Envelope + "Body")?.Elements().FirstOrDefault()
            ?? throw SoapFault.NotUnderstood("The envelope has no body, or nothing in it.");
        return operation.Name.Namespace == service.Namespace && service.OperationNames.Contains(operation.Name.LocalName, StringComparer.Ordinal)
            ? new SoapRequest(operation.Name.LocalName, operation)
            : throw SoapFault.NotUnderstood($"Cannot find dispatch method for {operation.Name}.");
    }

    /// <summary>The text at a path of element names, or null when it is missing or empty.</summary>
    public string? Text(params string[] path)
    {
        var element = path.Aggregate<string, XElement?>(Arguments, (at, name) => at?.Element(name));
        return string.IsNullOrWhiteSpace(element?.Value) ? null : element.Value.Trim();
    }

    /// <summary>The texts of all elements of a name, without those that are missing or empty.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. Arguments.Elements(name).Select(e => e.Value.Trim()).Where(t => t.Length > 0)];

    /// <summary>Each of the elements at a path of which the last may be there several times.</summary>
    public IEnumerable<SoapRequest> All(params ReadOnlySpan<string> path)
    {
        IEnumerable<XElement> at = [Arguments];
        foreach (var name in path)
        {
            at = at.Elements(name);
        }

        return at.Select(e => this with { Arguments = e });
    }

    /// <exception cref="SoapFaultException">It is missing.</exception>
    public string Required(params string[] path) =>
        Text(path) ?? throw SoapFault.Of("MissedArgument", $"Missed argument: {string.Join('.', path)}");

    /// <summary>An xs:dateTime; one without an offset is taken in <paramref name="zone"/>, as Five9 does.</summary>
    /// <exception cref="SoapFaultException">It is missing or no date and time.</exception>
    public Instant RequiredInstant(DateTimeZone zone, params string[] path)
    {
        var text = Required(path);
        try
        {
            return Offset().IsMatch(text)
                ? Instant.FromDateTimeOffset(XmlConvert.ToDateTimeOffset(text))
                : zone.ResolveLocal(LocalDateTime.FromDateTime(XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.Unspecified)), Resolvers.LenientResolver).ToInstant();
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            throw SoapFault.Of("IncorrectArgument", $"Incorrect argument: {string.Join('.', path)} is not a date and time");
        }
    }

    /// <summary>Of the headers that are for us, this service understands none.</summary>
    private static bool MustBeUnderstood(XElement header) =>
        (string?)header.Attribute(Envelope + "mustUnderstand") is "1" or "true" && (string?)header.Attribute(Envelope + "actor") is null or "" or NextActor;

    [GeneratedRegex(@"(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Offset();
}
