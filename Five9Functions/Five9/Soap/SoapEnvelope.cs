using System.Xml;

namespace Five9Functions.Five9.Soap;

/// <summary>Writes requests as Five9's WSDL has them: SOAP 1.1, document/literal; only the operation is in the service's namespace, its children are in none.</summary>
internal static class SoapEnvelope
{
    public const string Namespace = "http://schemas.xmlsoap.org/soap/envelope/";

    public static byte[] Write(SoapService service, string operation, Action<XmlWriter> arguments)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) }))
        {
            xml.WriteStartElement("soap", "Envelope", Namespace);
            xml.WriteStartElement("soap", "Body", Namespace);
            xml.WriteStartElement(service.Prefix, operation, service.Namespace);
            arguments(xml);
            xml.WriteEndDocument();
        }

        return buffer.ToArray();
    }
}
