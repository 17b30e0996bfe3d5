using Five9Functions.Calls;

namespace Five9Functions.Five9.Csv;

/// <summary>Reads a flag as reports and spreadsheets write it. Surrounding blanks and case do not count. docs/formats.md.</summary>
internal static class ReportFlag
{
    /// <summary>What it must look like, for a person.</summary>
    public const string Expected = "1 or 0, true or false, yes or no, Y or N; - or nothing where it is not known";

    /// <summary>Null when it cannot be read.</summary>
    public static AbandonedFlag? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text switch
        {
            "0" => AbandonedFlag.No,
            "1" => AbandonedFlag.Yes,
            "" or "-" => AbandonedFlag.Unsaid,
            ['0' or '1', '.' or ',', _, ..] when text[2..].ContainsAnyExcept('0') => null,
            ['0' or '1', '.' or ',', _, ..] => text[0] == '1' ? AbandonedFlag.Yes : AbandonedFlag.No,
            _ when Is(text, "true") || Is(text, "yes") || Is(text, "y") => AbandonedFlag.Yes,
            _ when Is(text, "false") || Is(text, "no") || Is(text, "n") => AbandonedFlag.No,
            _ when NoneWords.IsNone(text) => AbandonedFlag.Unsaid,
            _ => null,
        };
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
