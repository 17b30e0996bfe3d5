using System.Buffers;
using System.Text;

namespace Five9Functions.LocalHost.Files;

/// <summary>Counts, of the bytes of a file, the characters that UTF-8 writes in several bytes, and the sequences that are none.</summary>
internal sealed class Utf8Count
{
    private const int MaxCharacter = 4;

    public long Characters { get; private set; }

    public long Broken { get; private set; }

    /// <param name="block">Its first bytes were read from the file already; it is used again.</param>
    public void AddAll(Stream file, byte[] block, int filled)
    {
        while (filled > 0)
        {
            var rest = Add(block.AsSpan(0, filled));
            block.AsSpan(filled - rest, rest).CopyTo(block);
            var read = file.Read(block, rest, block.Length - rest);
            if (read == 0)
            {
                Broken += rest > 0 ? 1 : 0;
                return;
            }

            filled = rest + read;
        }
    }

    /// <returns>How many bytes at the end are the beginning of a character whose rest was not read.</returns>
    private int Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is var at and >= 0)
        {
            bytes = bytes[at..];
            switch (Rune.DecodeFromUtf8(bytes, out _, out var length))
            {
                case OperationStatus.Done:
                    Characters++;
                    break;
                case OperationStatus.NeedMoreData when bytes.Length < MaxCharacter:
                    return bytes.Length;
                default:
                    Broken++;
                    break;
            }

            bytes = bytes[length..];
        }

        return 0;
    }
}
