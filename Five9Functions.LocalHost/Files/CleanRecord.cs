using System.Buffers;

namespace Five9Functions.LocalHost.Files;

/// <summary>
/// A record as Five9 writes it: separated by commas, without the empty fields that the file has more than its header. A field that holds a comma
/// gets quotes. What is broken stays broken in the same way, so that it is quarantined for what it is. No I/O.
/// </summary>
internal static class CleanRecord
{
    private const byte Comma = (byte)',';
    private const byte Quote = (byte)'"';

    /// <param name="raw">As it stands in the file.</param>
    /// <param name="separator">That of the file.</param>
    /// <param name="emptyFields">How many empty fields at its end are left out; they are empty.</param>
    public static void Write(ReadOnlySpan<byte> raw, byte separator, int emptyFields, IBufferWriter<byte> output)
    {
        raw = WithoutEmpty(raw, emptyFields);
        if (separator == Comma)
        {
            output.Write(raw);
            return;
        }

        while (true)
        {
            var length = FieldLength(raw, separator);
            WriteField(raw[..length], output);
            if (length == raw.Length)
            {
                return;
            }

            output.Write([Comma]);
            raw = raw[(length + 1)..];
        }
    }

    private static ReadOnlySpan<byte> WithoutEmpty(ReadOnlySpan<byte> raw, int emptyFields)
    {
        for (; emptyFields > 0; emptyFields--)
        {
            raw = raw.EndsWith("\"\""u8) ? raw[..^3] : raw[..^1];
        }

        return raw;
    }

    private static void WriteField(ReadOnlySpan<byte> field, IBufferWriter<byte> output)
    {
        var closed = field.StartsWith("\""u8) ? ClosedLength(field) : 0;
        var open = field[closed..];
        if (!open.Contains(Comma))
        {
            output.Write(field);
        }
        else if (closed == 0 && !open.Contains(Quote))
        {
            output.Write([Quote]);
            output.Write(field);
            output.Write([Quote]);
        }
        else
        {
            // Broken in any case, and a comma would make two fields of it.
            output.Write(field[..closed]);
            var text = open.ToArray();
            text.AsSpan().Replace(Comma, (byte)';');
            output.Write(text);
        }
    }

    /// <summary>Up to the next separator that stands outside quotes.</summary>
    private static int FieldLength(ReadOnlySpan<byte> raw, byte separator)
    {
        var from = raw.StartsWith("\""u8) ? ClosedLength(raw) : 0;
        return raw[from..].IndexOf(separator) is var at and >= 0 ? from + at : raw.Length;
    }

    /// <summary>Of what begins with a quote, up to and with the one that closes it; all when none does.</summary>
    private static int ClosedLength(ReadOnlySpan<byte> quoted)
    {
        var at = 1;
        while (quoted[at..].IndexOf(Quote) is var next and >= 0)
        {
            at += next + 1;
            if (at == quoted.Length || quoted[at] != Quote)
            {
                return at;
            }

            at++;
        }

        return quoted.Length;
    }
}
