using System.Globalization;
using System.Text.RegularExpressions;

namespace Five9Functions.Five9.Csv;

/// <summary>A record that could not be read, as an example for people.</summary>
/// <param name="Line">The line of the report where it begins; the header is 1.</param>
/// <param name="Reason">In words, with the column.</param>
/// <param name="Value">What stands in the column, in quotes, or what it is; empty where the shape of the record is broken, or the column is empty.</param>
/// <param name="Expected">What a value of the column must look like; empty where the shape of the record is broken.</param>
public sealed partial record UnreadableRecord(int Line, string Reason, string Value, string Expected)
{
    private const int MaxValue = 40;
    private const int MaxText = 4;
    private const int DigitsOfANumber = 7;

    /// <summary>Line 7: the start cannot be read (TIMESTAMP): '13/2/26', must look like ...</summary>
    public override string ToString() =>
        Expected.Length == 0 ? $"line {Line}: {Reason}" : $"line {Line}: {Reason}: {(Value.Length == 0 ? "it is empty" : Value)}, must look like {Expected}";

    /// <summary>
    /// A value that a person may see. Columns can be shifted, and then the name or the number of a customer stands where a time belongs:
    /// a text without any digit is left out, and digits that are no time and may be a telephone number become #.
    /// </summary>
    public static string Safe(string value)
    {
        value = value.Trim();
        if (value.Length > MaxText && !value.Any(char.IsAsciiDigit))
        {
            return $"a text of {value.Length} characters";
        }

        value = value.Length > MaxValue ? value[..MaxValue] + "..." : value;
        value = LongNumber().Replace(value, number => new string('#', number.Length));
        if (value.Count(char.IsAsciiDigit) >= DigitsOfANumber && !value.Contains(':', StringComparison.Ordinal) && !Year().IsMatch(value))
        {
            value = Digit().Replace(value, "#");
        }

        return value.Length == 0 ? "" : $"'{string.Concat(value.Select(c => char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '\uFFFD' : c))}'";
    }

    [GeneratedRegex("[0-9]{7,}")]
    private static partial Regex LongNumber();

    [GeneratedRegex("(?<![0-9])(19|20)[0-9]{2}(?![0-9])")]
    private static partial Regex Year();

    [GeneratedRegex("[0-9]")]
    private static partial Regex Digit();
}
