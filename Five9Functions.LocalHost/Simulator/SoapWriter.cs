using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// Writes an answer as Five9 does (prefixes env: and ns2:), piece by piece, so that no report ever becomes one string.
/// Text may hold anything: what XML 1.0 forbids, and bytes that are not UTF-8, become U+FFFD.
/// </summary>
internal sealed class SoapWriter(PipeWriter output, string serviceNamespace)
{
    public const string AdminNamespace = "http://service.admin.ws.five9.com/";

    public const string EnvelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/";

    private const int FlushAt = 16 * 1024;

    // Every byte that cannot go out as it is: markup, controls other than tab and line feed, and whatever needs decoding.
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(b => b is '&' or '<' or '>' or >= 0x7F || (b < 0x20 && b is not ('\t' or '\n'))).Select(b => (byte)b)]);

    private int _unflushed;

    public void StartEnvelope() =>
        Markup($"<?xml version='1.0' encoding='UTF-8'?><env:Envelope xmlns:env=\"{EnvelopeNamespace}\"><env:Header/><env:Body>");

    public void EndEnvelope() => Markup("</env:Body></env:Envelope>");

    public void OpenService(string name) => Markup($"<ns2:{name} xmlns:ns2=\"{serviceNamespace}\">");

    public void Open(string name) => Markup($"<{name}>");

    public void Close(string name) => Markup($"</{name}>");

    public void Element(string name, string text)
    {
        Open(name);
        Text(Encoding.UTF8.GetBytes(text));
        Close(name);
    }

    public void Nil(string name) => Markup($"<{name} xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>");

    public void Text(ReadOnlySpan<byte> utf8)
    {
        while (utf8.Length > 0)
        {
            var plain = utf8.IndexOfAny(Special);
            Bytes(plain < 0 ? utf8 : utf8[..plain]);
            utf8 = plain < 0 ? default : utf8[(plain + Escape(utf8[plain..]))..];
        }
    }

    public async ValueTask FlushIfLargeAsync(CancellationToken cancellationToken)
    {
        if (_unflushed >= FlushAt)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _unflushed = 0;
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Writes the character that the text begins with, and says how many bytes it took there.</summary>
    private int Escape(ReadOnlySpan<byte> text)
    {
        var valid = Rune.DecodeFromUtf8(text, out var character, out var length) == OperationStatus.Done;
        switch (character.Value)
        {
            case '&':
                Bytes("&amp;"u8);
                break;
            case '<':
                Bytes("&lt;"u8);
                break;
            case '>':
                Bytes("&gt;"u8);
                break;
            case '\r':
                // As it is, a parser would turn it into a line feed.
                Bytes("&#xD;"u8);
                break;
            case < 0x20 or 0xFFFE or 0xFFFF:
                Bytes("\uFFFD"u8);
                break;
            default:
                Bytes(valid ? text[..length] : "\uFFFD"u8);
                break;
        }

        return length;
    }

    private void Markup(string text) => _unflushed += (int)Encoding.UTF8.GetBytes(text, output);

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _unflushed += bytes.Length;
    }
}
