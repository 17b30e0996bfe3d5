using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace Five9Functions.Five9.Soap;

/// <summary>
/// The text of the element that the XML reader stands on, a buffer at a time: a report of any size is never in memory as a whole.
/// To be read asynchronously; it ends at the element's end tag, and only there.
/// </summary>
internal sealed class ElementTextReader(XmlReader xml) : TextReader
{
    private readonly int _depth = xml.Depth;
    private bool _ended = xml.NodeType != XmlNodeType.Element || xml.IsEmptyElement;
    private bool _inText;

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (!MemoryMarshal.TryGetArray<char>(buffer, out var target))
        {
            var copy = new char[Math.Min(buffer.Length, 4096)];
            var copied = await ReadAsync(copy.AsMemory(), cancellationToken);
            copy.AsSpan(0, copied).CopyTo(buffer.Span);
            return copied;
        }

        while (!_ended && target.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_inText)
            {
                var read = await xml.ReadValueChunkAsync(target.Array!, target.Offset, target.Count);
                if (read > 0)
                {
                    return read;
                }
            }

            if (!await xml.ReadAsync())
            {
                throw new XmlException("The element is not closed.");
            }

            _inText = xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;
            _ended = xml.NodeType == XmlNodeType.EndElement && xml.Depth == _depth;
        }

        return 0;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await ReadAsync(buffer.AsMemory(), cancellationToken)) > 0)
        {
            text.Append(buffer, 0, read);
        }

        return text.ToString();
    }

    public override int Peek() => throw Synchronous();

    public override int Read() => throw Synchronous();

    public override int Read(char[] buffer, int index, int count) => throw Synchronous();

    private static NotSupportedException Synchronous() => new("The text of an answer is read asynchronously.");
}
