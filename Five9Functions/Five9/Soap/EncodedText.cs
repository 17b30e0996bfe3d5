using System.Text;
using System.Text.RegularExpressions;

namespace Five9Functions.Five9.Soap;

/// <summary>
/// The characters of an answer, in the encoding that it declares: by its first bytes, by the charset of its Content-Type, or in its XML
/// declaration; else UTF-8. Decoded here, because the XML reader gives up a whole report for one byte that is none: such a byte becomes U+FFFD.
/// To be read asynchronously.
/// </summary>
/// <param name="charset">That of the Content-Type; null for none.</param>
internal sealed partial class EncodedText(Stream body, string? charset) : TextReader
{
    /// <summary>An XML declaration is shorter.</summary>
    private const int MaxDeclaration = 256;

    private const int MaxName = 40;

    /// <summary>ASCII is a part of it.</summary>
    private static readonly string[] OfUtf8 = ["utf-8", "utf8", "us-ascii", "ascii"];

    private readonly byte[] _bytes = new byte[16 * 1024];
    private Decoder? _decoder;
    private int _from;
    private int _to;
    private bool _ended;

    /// <param name="buffer">Of 2 characters at least.</param>
    /// <exception cref="InvalidDataException">The encoding is not known here.</exception>
    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (_decoder is null)
        {
            await ReadBeginningAsync(cancellationToken);
            _decoder = FindEncoding().GetDecoder();
        }

        var characters = 0;
        while (characters == 0 && !_ended)
        {
            if (_from == _to)
            {
                (_from, _to) = (0, await body.ReadAsync(_bytes.AsMemory(), cancellationToken));
                _ended = _to == 0;
            }

            _decoder.Convert(_bytes.AsSpan(_from, _to - _from), buffer.Span, flush: _ended, out var used, out characters, out _);
            _from += used;
        }

        return characters;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override int Peek() => throw Synchronous();

    public override int Read() => throw Synchronous();

    public override int Read(char[] buffer, int index, int count) => throw Synchronous();

    private async Task ReadBeginningAsync(CancellationToken cancellationToken)
    {
        while (_to < MaxDeclaration && !(_to >= 4 && HasWholeDeclaration(_bytes.AsSpan(0, _to))))
        {
            var read = await body.ReadAsync(_bytes.AsMemory(_to, MaxDeclaration - _to), cancellationToken);
            if (read == 0)
            {
                return;
            }

            _to += read;
        }
    }

    private static bool HasWholeDeclaration(ReadOnlySpan<byte> beginning) => !beginning.StartsWith("<?xm"u8) || beginning.IndexOf("?>"u8) > 0;

    private Encoding FindEncoding()
    {
        var beginning = _bytes.AsSpan(0, _to);
        (Encoding? Encoding, int Mark) marked = beginning switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [(byte)'<', 0, ..] => (Encoding.Unicode, 0),
            [0, (byte)'<', ..] => (Encoding.BigEndianUnicode, 0),
            _ => (null, 0),
        };
        _from = marked.Mark;
        return marked.Encoding ?? Declared(charset) ?? Declared(Declaration().Match(Encoding.Latin1.GetString(beginning)).Groups["name"].Value) ?? Encoding.UTF8;
    }

    /// <returns>Null when none is declared, or one that the bytes contradict: these are single ones.</returns>
    private static Encoding? Declared(string? declared)
    {
        var name = declared?.Trim(' ', '"', '\'') ?? "";
        if (name.Length == 0 || name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (OfUtf8.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        try
        {
            var lost = new DecoderReplacementFallback("\uFFFD");
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, lost) ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, lost);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"text in {(name.Length <= MaxName ? name : "an encoding with a long name")}, an encoding that is not known here", e);
        }
    }

    private static NotSupportedException Synchronous() => new("An answer is read asynchronously.");

    [GeneratedRegex("""^<\?xml\s[^>]*?\bencoding\s*=\s*["'](?<name>[^"'<>]*)["']""")]
    private static partial Regex Declaration();
}
