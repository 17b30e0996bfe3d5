using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Builds a PartitionKey or RowKey from parts of any content. Parts are joined with <c>|</c>; a UTF-16 unit that Table Storage
/// forbids in keys, the separator, <c>%</c> and <c>*</c> are written as <c>*</c> and four upper case hex digits.
/// </summary>
/// <remarks>
/// A key has at most 511 units, shared equally by its parts. A longer part is cut and ends in <c>*~</c> and 32 hex digits of its
/// hash: different parts stay different, but what was cut is only in the entity's own column.
/// </remarks>
public static class TableKey
{
    public const char Separator = '|';

    internal const int MaxLength = 511;

    private const char Escape = '*';
    private const char Cut = '~';
    private const int EscapedLength = 5;
    private const int HashLength = 32;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEF");

    /// <exception cref="ArgumentException">No part was given.</exception>
    public static string Join(params ReadOnlySpan<string> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("A key has at least one part.", nameof(parts));
        }

        var limit = (MaxLength - (parts.Length - 1)) / parts.Length;
        var key = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            key.Append(i == 0 ? "" : "|").Append(Part(parts[i], limit));
        }

        return key.ToString();
    }

    /// <summary>The keys of more than one part whose first part is this: from (inclusive) to (exclusive). A longer first part is not among them.</summary>
    public static (string From, string To) Under(string first) => (EscapeAll(first) + Separator, EscapeAll(first) + (char)(Separator + 1));

    /// <summary>The parts that the key was joined from.</summary>
    /// <exception cref="FormatException">The key was not built by <see cref="Join"/>, or one of its parts was cut.</exception>
    public static string[] Split(string key) => Array.ConvertAll(key.Split(Separator), Unescape);

    /// <summary>One part as it stands in a key, in at most <paramref name="limit"/> units.</summary>
    internal static string Part(string part, int limit = MaxLength)
    {
        var escaped = EscapeAll(part);
        if (escaped.Length <= limit)
        {
            return escaped;
        }

        // The escaped form is valid UTF-16 whatever the part holds, so its UTF-8 tells any two parts apart.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(escaped)))[..HashLength];
        return $"{escaped.AsSpan(0, WholeUnits(escaped, limit - HashLength - 2))}{Escape}{Cut}{hash}";
    }

    private static string Unescape(string part)
    {
        var text = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != Escape)
            {
                text.Append(part[i]);
                continue;
            }

            if (part.AsSpan(i + 1) is [Cut, ..])
            {
                throw new FormatException("A part of this key was too long and was cut: read the entity's own column.");
            }

            var hex = part.AsSpan(i + 1, Math.Min(EscapedLength - 1, part.Length - i - 1));
            if (hex.Length < EscapedLength - 1 || hex.ContainsAnyExcept(HexDigits))
            {
                throw new FormatException($"'{Escape}' at {i} is not followed by four upper case hex digits: TableKey did not build this key.");
            }

            text.Append((char)ushort.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += EscapedLength - 1;
        }

        return text.ToString();
    }

    private static string EscapeAll(string part)
    {
        var text = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            if (char.IsHighSurrogate(part[i]) && i + 1 < part.Length && char.IsLowSurrogate(part[i + 1]))
            {
                text.Append(part[i]).Append(part[++i]);
            }
            else if (part[i] is '/' or '\\' or '#' or '?' or '%' or Separator or Escape || char.IsControl(part[i]) || char.IsSurrogate(part[i]))
            {
                text.Append(Escape).Append(((int)part[i]).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(part[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>The length of the longest start that ends neither inside an escape nor inside a surrogate pair.</summary>
    private static int WholeUnits(string escaped, int limit)
    {
        var length = 0;
        while (true)
        {
            var unit = escaped[length] == Escape ? EscapedLength : char.IsHighSurrogate(escaped[length]) ? 2 : 1;
            if (length + unit > limit)
            {
                return length;
            }

            length += unit;
        }
    }
}
