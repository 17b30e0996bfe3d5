using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>Reads the XML of a request. The charset of the Content-Type counts before what the XML says of itself, a byte order mark before both.</summary>
internal static class SoapDocument
{
    private const int MaxCharacters = 1024 * 1024;

    /// <exception cref="SoapFaultException">It is not well-formed, has a DTD, or is larger than any request.</exception>
    public static async Task<XDocument> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MaxCharacters };
        try
        {
            using var text = Charset(request.ContentType) is { } encoding ? new StreamReader(request.Body, encoding, leaveOpen: true) : null;
            using var reader = text is null ? XmlReader.Create(request.Body, settings) : XmlReader.Create(text, settings);
            return await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken);
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            throw SoapFault.NotUnderstood($"The request is not well-formed XML: {e.Message}");
        }
    }

    private static Encoding? Charset(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || HeaderUtilities.RemoveQuotes(type.Charset) is not { Length: > 0 } name)
        {
            return null;
        }

        try
        {
            return Encoding.GetEncoding(name.Value!, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            throw SoapFault.NotUnderstood($"The charset {name} is not known.");
        }
    }
}
