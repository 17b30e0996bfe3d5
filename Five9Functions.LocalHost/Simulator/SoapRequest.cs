using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using NodaTime;
using NodaTime.TimeZones;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>A request as the service understands it: the operation is qualified, everything in it is not; prefixes and order do not matter.</summary>
internal sealed partial record SoapRequest(string Operation, XElement Arguments)
{
    private const int MaxCharacters = 1024 * 1024;

    private static readonly XNamespace Envelope = SoapWriter.EnvelopeNamespace;

    /// <exception cref="SoapFaultException">The body is not a SOAP 1.1 request for this service.</exception>
    public static async Task<SoapRequest> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(body, new XmlReaderSettings
            {
                Async = true,
                DtdProcessing = DtdProcessing.Prohibit,
                MaxCharactersInDocument = MaxCharacters,
            });
            var document = await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken);
            if (document.Root?.Name != Envelope + "Envelope")
            {
                throw SoapFault.NotUnderstood("The request is not a SOAP 1.1 envelope.");
            }

            var operation = document.Root.Element(Envelope + "Body")?.Elements().FirstOrDefault()
                ?? throw SoapFault.NotUnderstood("The envelope has no body, or nothing in it.");
            return operation.Name.Namespace == SoapWriter.ServiceNamespace
                ? new SoapRequest(operation.Name.LocalName, operation)
                : throw SoapFault.NotUnderstood($"Cannot find dispatch method for {operation.Name}.");
        }
        catch (XmlException e)
        {
            throw SoapFault.NotUnderstood($"The request is not well-formed XML: {e.Message}");
        }
    }

    /// <summary>The text at a path of element names, or null when it is missing or empty.</summary>
    public string? Text(params string[] path)
    {
        var element = path.Aggregate<string, XElement?>(Arguments, (at, name) => at?.Element(name));
        return string.IsNullOrWhiteSpace(element?.Value) ? null : element.Value.Trim();
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
        catch (FormatException)
        {
            throw SoapFault.Of("IncorrectArgument", $"Incorrect argument: {string.Join('.', path)} is not a date and time");
        }
    }

    [GeneratedRegex(@"(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Offset();
}
