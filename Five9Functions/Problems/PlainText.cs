using System.Globalization;

namespace Five9Functions.Problems;

/// <summary>
/// Text that breaks no line and does not change the direction of what stands beside it. A name must be plain; what comes from a queue message or from
/// Five9 is escaped before it is logged or answered.
/// </summary>
internal static class PlainText
{
    /// <summary>What a plain text does not hold, for sentences.</summary>
    public const string Refused = "control characters, line breaks or marks that change the direction of text";

    public static bool IsPlain(string? text) => text?.Any(IsRefused) != true;

    /// <summary>Each refused character becomes its code, such as \u202E.</summary>
    public static string Escape(string? text) =>
        text is null ? "" : IsPlain(text) ? text : string.Concat(text.Select(unit => IsRefused(unit) ? Code(unit) : unit.ToString()));

    private static string Code(char unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");

    // U+2028 and U+2029 break lines; the others are Unicode's bidirectional marks, embeddings, overrides and isolates.
    private static bool IsRefused(char unit) =>
        char.IsControl(unit)
        || unit is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
