namespace Five9Functions.Five9;

/// <summary>A record that could not be read, as an example for people.</summary>
/// <param name="Line">The line of the report where it begins; the header is 1.</param>
/// <param name="Reason">In words, with the column.</param>
/// <param name="Value">What stands in the column; empty where the shape of the record is broken.</param>
/// <param name="Expected">What a value of the column must look like; empty where the shape of the record is broken.</param>
public sealed record UnreadableRecord(int Line, string Reason, string Value, string Expected)
{
    private const int LongestValue = 40;
    private const int LongestText = 10;
    private const int DigitsOfANumber = 7;

    /// <summary>Line 7: the start cannot be read (TIMESTAMP): '13/2/26', it must look like ...</summary>
    public override string ToString() =>
        Expected.Length == 0 ? $"line {Line}: {Reason}" : $"line {Line}: {Reason}: {(Value.Length == 0 ? "it is empty" : $"'{Value}'")}, must look like {Expected}";

    /// <summary>
    /// A value that a person may see: columns can be shifted, and then the name or the number of a customer stands where a time belongs.
    /// Digits of what may be a telephone number become #, and long texts without any digit are left out.
    /// </summary>
    public static string Safe(string value)
    {
        value = value.Trim();
        if (value.Length > LongestText && !value.Any(char.IsAsciiDigit))
        {
            return $"a text of {value.Length} characters";
        }

        var shown = new System.Text.StringBuilder(value.Length > LongestValue ? value[..LongestValue] + "..." : value);
        var digits = 0;
        for (var i = 0; i <= shown.Length; i++)
        {
            if (i < shown.Length && char.IsAsciiDigit(shown[i]))
            {
                digits++;
                continue;
            }

            for (var masked = i - digits; digits >= DigitsOfANumber && masked < i; masked++)
            {
                shown[masked] = '#';
            }

            digits = 0;
            if (i < shown.Length && (char.IsControl(shown[i]) || char.IsSurrogate(shown[i]) || char.GetUnicodeCategory(shown[i]) == System.Globalization.UnicodeCategory.Format))
            {
                shown[i] = '\uFFFD';
            }
        }

        return shown.ToString();
    }
}
