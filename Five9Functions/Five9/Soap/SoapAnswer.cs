using System.Text;
using System.Xml;

namespace Five9Functions.Five9.Soap;

/// <summary>
/// Reads a SOAP answer forwards, as it arrives. Names are matched by namespace, never by prefix.
/// XML that is not well-formed or ends early is an <see cref="XmlException"/>; XML that is no SOAP answer, an <see cref="InvalidDataException"/>.
/// </summary>
internal static class SoapAnswer
{
    /// <summary>No text but the report itself is longer; what is beyond is passed over.</summary>
    private const int MaxText = 4096;

    private const int MaxName = 100;

    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false, // an agent's name with &#1; in it is Five9's business, and no reason to lose a report
    };

    /// <summary>A character that did not arrive, or that XML forbids, is U+FFFD in it: the rows that hold it are counted and warned about.</summary>
    public static XmlReader Open(AnswerText text) => XmlReader.Create(text, Settings);

    /// <summary>Moves to the response element of the call, and returns null; or reads the fault that is there instead.</summary>
    public static async Task<Five9Fault?> MoveToResponseAsync(XmlReader xml, Five9Call call)
    {
        await xml.MoveToContentAsync();
        if (!Is(xml, "Envelope", SoapEnvelope.Namespace))
        {
            throw new InvalidDataException("no SOAP envelope");
        }

        await foreach (var _ in ChildrenAsync(xml))
        {
            if (!Is(xml, "Body", SoapEnvelope.Namespace))
            {
                continue; // a header
            }

            await foreach (var name in ChildrenAsync(xml))
            {
                if (Is(xml, "Fault", SoapEnvelope.Namespace))
                {
                    return await Five9Fault.ReadAsync(xml);
                }

                return Is(xml, call.Operation + "Response", call.Service.Namespace)
                    ? null
                    : throw new InvalidDataException($"the answer of another operation, {(name.Length <= MaxName ? name : "with a long name")}");
            }
        }

        throw new InvalidDataException("an empty SOAP body");
    }

    /// <summary>Reads on to the end tag of the envelope: only then is an answer whole.</summary>
    public static async Task MoveToEndAsync(XmlReader xml)
    {
        while (xml.NodeType != XmlNodeType.EndElement || xml.Depth > 0)
        {
            if (!await xml.ReadAsync())
            {
                throw new XmlException("The envelope is not closed.");
            }
        }
    }

    /// <summary>Stands on each child element in turn and gives its local name; where the reader is left inside a child does not matter.</summary>
    public static async IAsyncEnumerable<string> ChildrenAsync(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            yield break;
        }

        var depth = xml.Depth;
        while (await xml.ReadAsync() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.Depth == depth + 1)
            {
                yield return xml.LocalName;
            }
        }
    }

    /// <summary>Moves to the first return element; without one, to the end of the response.</summary>
    /// <returns>Whether there is one.</returns>
    public static async Task<bool> MoveToReturnAsync(XmlReader xml)
    {
        await foreach (var name in ChildrenAsync(xml))
        {
            if (name == "return")
            {
                return true;
            }
        }

        return false;
    }

    public static async Task<string> ReadTextAsync(XmlReader xml)
    {
        using var text = new ElementTextReader(xml);
        var read = new StringBuilder();
        var buffer = new char[512];
        int n;
        while ((n = await text.ReadAsync(buffer.AsMemory(), CancellationToken.None)) > 0)
        {
            read.Append(buffer, 0, Math.Min(n, MaxText - read.Length));
        }

        return read.ToString();
    }

    private static bool Is(XmlReader xml, string name, string inNamespace) =>
        xml.NodeType == XmlNodeType.Element && xml.LocalName == name && xml.NamespaceURI == inNamespace;
}
