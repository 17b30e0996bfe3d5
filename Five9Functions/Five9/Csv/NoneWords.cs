using System.Collections.Frozen;

namespace Five9Functions.Five9.Csv;

/// <summary>
/// Five9 writes [None] where there is nothing, and translates it. These are the words for it in the languages that Five9 and its agents
/// speak; each counts in square brackets alone. docs/formats.md lists them.
/// </summary>
internal static class NoneWords
{
    public const string English = "[None]";
    public const string Deleted = "[Deleted]";

    public static readonly IReadOnlyList<string> Words =
    [
        "None", // English
        "Nenhum", "Nenhuma", // Portuguese
        "Ninguno", "Ninguna", // Spanish
        "Aucun", "Aucune", // French
        "Keine", "Keiner", "Keines", "Keins", "Kein", // German
        "Nessuno", "Nessuna", // Italian
        "Geen", // Dutch
        "Ingen", "Inget", "Inga", // Swedish, Danish, Norwegian
        "Brak", // Polish
        "\u041D\u0435\u0442", // Russian
        "Yok", // Turkish
        "\u306A\u3057", // Japanese
        "\u65E0", "\u7121", // Chinese
        "\uC5C6\uC74C", // Korean
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Listed =
        Words.Select(word => $"[{word}]").ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether it stands in square brackets.</summary>
    /// <param name="value">Without blanks around it.</param>
    public static bool InBrackets(ReadOnlySpan<char> value) => value is ['[', .., ']'];

    /// <summary>[None] in any language that is listed.</summary>
    /// <inheritdoc cref="InBrackets" path="/param"/>
    public static bool IsNone(ReadOnlySpan<char> value) => InBrackets(value) && Listed.Contains(value);

    /// <summary>The value without blanks around it; empty when it is a listed word for none.</summary>
    public static string Named(string value) => value.Trim() is var name && IsNone(name) ? "" : name;

    public static bool IsDeleted(ReadOnlySpan<char> value) => value.Equals(Deleted, StringComparison.OrdinalIgnoreCase);
}
