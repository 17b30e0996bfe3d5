using Five9Functions.Five9.Csv;

namespace Five9Functions.LocalHost.Files;

/// <summary>What was recognized in a file, in sentences for a person.</summary>
internal static class FileWords
{
    private const int MaxLines = 5;

    /// <summary>One line, without a full stop: what every file has.</summary>
    public static string Short(ExportedFile file) =>
        $"{file.Encoding.Name}, separated by {file.Header.SeparatorName}, header in line {file.Header.Line}";

    public static IEnumerable<string> Of(ExportedFile file)
    {
        if (file.Encoding.IsGuess)
        {
            yield return $"The file {(file.Encoding.Encoding.IsSingleByte ? "is not UTF-8" : "does not say its encoding")}, and was read as {file.Encoding.Name}. If names look wrong, give --encoding.";
        }

        if (file.Header.PassedOver.Count > 0)
        {
            yield return $"Passed over before the header: {Lines(file.Header.PassedOver)}.";
        }

        if (file.EmptyFields > 0)
        {
            yield return $"The rows have {(file.EmptyFields == 1 ? "1 empty field" : $"{file.EmptyFields} empty fields")} more than the header; left out.";
        }

        if (file.Dates is { } dates)
        {
            yield return $"Of the dates with the year last, {(dates == DateOrder.Dmy ? "the day" : "the month")} comes first, as {file.DatesProof?.ToString() ?? "--dates"} says.";
        }

        if (file.Totals.Count > 0)
        {
            yield return $"After the last row, and not a row: {Lines(file.Totals)}.";
        }
    }

    /// <summary>What a person should know because something is lost.</summary>
    public static IEnumerable<string> Warnings(ExportedFile file)
    {
        if (file.Encoding.Broken > 0)
        {
            yield return $"{file.Encoding.Broken} {(file.Encoding.Broken == 1 ? "character is" : "characters are")} not UTF-8 and became U+FFFD. Save the file as UTF-8, or give --encoding.";
        }
    }

    private static string Lines(IReadOnlyList<FileLine> lines) =>
        string.Join(", ", lines.Take(MaxLines)) + (lines.Count > MaxLines ? $" and {lines.Count - MaxLines} more" : "");
}
