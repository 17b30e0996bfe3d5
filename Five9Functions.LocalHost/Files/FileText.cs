using System.Globalization;
using System.Text;

namespace Five9Functions.LocalHost.Files;

/// <summary>Text of a file on the screen: short, on one line, and without characters that a terminal would obey.</summary>
internal static class FileText
{
    private const int MaxLength = 60;

    public static string Shown(ReadOnlySpan<byte> text) => Shown(Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxLength * 8)]));

    public static string Shown(string text)
    {
        var shown = new StringBuilder(MaxLength + 3);
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            if (shown.Length >= MaxLength)
            {
                return shown.Append("...").ToString();
            }

            shown.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? rune.Value == '\t' ? " " : "\uFFFD"
                : rune.ToString());
        }

        return shown.ToString();
    }
}
