using System.Text;

namespace Five9Functions.LocalHost.Files;

/// <summary>
/// In what encoding a file is written: what its byte order mark says, else what was asked for, else UTF-16 where every other byte is zero,
/// else UTF-8 where the bytes are, else Windows-1252. A file with a few bytes that are not UTF-8 among many characters that are stays UTF-8.
/// </summary>
/// <param name="Name">For people.</param>
/// <param name="BomLength">How many bytes of the file's start are the mark.</param>
/// <param name="IsGuess">The file does not say it, and its bytes do not prove it.</param>
/// <param name="Broken">How many sequences of bytes are no characters; counted in UTF-8 alone.</param>
internal sealed record FileEncoding(Encoding Encoding, string Name, int BomLength = 0, bool IsGuess = false, long Broken = 0)
{
    private const int WindowsCodePage = 1252;
    /// <summary>By chance, two or three bytes of Windows-1252 are a character of UTF-8: a few of them prove nothing.</summary>
    private const int CharactersToOneBroken = 10;

    private const int BlockSize = 64 * 1024;

    /// <summary>A longer one goes before one that it begins with.</summary>
    private static readonly (byte[] Bom, Encoding Encoding, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8, "UTF-8"),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32, "UTF-32"),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: false), "UTF-32 (big endian)"),
        ([0xFF, 0xFE], Encoding.Unicode, "UTF-16"),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode, "UTF-16 (big endian)"),
    ];

    static FileEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The bytes are UTF-8 as they stand.</summary>
    public bool IsUtf8 => Encoding.CodePage == Encoding.UTF8.CodePage && Broken == 0;

    /// <summary>Null when there is none of that name.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <param name="file">At its start; it is read to its end.</param>
    /// <param name="asked">What a person says that it is.</param>
    public static FileEncoding Of(Stream file, Encoding? asked)
    {
        var block = new byte[BlockSize];
        var start = block.AsSpan(0, file.ReadAtLeast(block, BlockSize, throwOnEndOfStream: false));
        foreach (var (bom, encoding, name) in Marks)
        {
            if (start.StartsWith(bom))
            {
                return encoding is UTF8Encoding ? Utf8(file, block, start.Length, bom.Length) : new FileEncoding(encoding, name, bom.Length);
            }
        }

        if (asked is not null)
        {
            return asked is UTF8Encoding ? Utf8(file, block, start.Length, 0) : new FileEncoding(asked, asked.WebName);
        }

        if (Utf16(start) is { } utf16)
        {
            return utf16;
        }

        var utf8 = new Utf8Count();
        utf8.AddAll(file, block, start.Length);
        return utf8.Broken * CharactersToOneBroken > utf8.Characters
            ? new FileEncoding(Encoding.GetEncoding(WindowsCodePage), "Windows-1252", IsGuess: true)
            : new FileEncoding(Encoding.UTF8, "UTF-8", Broken: utf8.Broken);
    }

    /// <summary>The file as UTF-8, without its mark.</summary>
    /// <param name="file">Is closed with what is returned.</param>
    public Stream Decode(Stream file)
    {
        file.Position = BomLength;
        return IsUtf8 ? file : Encoding.CreateTranscodingStream(file, Encoding, Encoding.UTF8);
    }

    private static FileEncoding Utf8(Stream file, byte[] block, int filled, int bomLength)
    {
        var count = new Utf8Count();
        count.AddAll(file, block, filled);
        return new FileEncoding(Encoding.UTF8, "UTF-8", bomLength, Broken: count.Broken);
    }

    /// <summary>Reports are written in Latin letters and digits for the most part, of which every other byte is zero.</summary>
    private static FileEncoding? Utf16(ReadOnlySpan<byte> start)
    {
        var (first, second) = (0, 0);
        for (var i = 0; i + 1 < start.Length; i += 2)
        {
            first += start[i] == 0 ? 1 : 0;
            second += start[i + 1] == 0 ? 1 : 0;
        }

        var half = start.Length / 4;
        return second > half && first <= half / 10 ? new FileEncoding(Encoding.Unicode, "UTF-16", IsGuess: true)
            : first > half && second <= half / 10 ? new FileEncoding(Encoding.BigEndianUnicode, "UTF-16 (big endian)", IsGuess: true)
            : null;
    }
}
