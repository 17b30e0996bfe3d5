using System.Text.Json;

namespace Five9Functions.Problems;

/// <summary>The members of our closed lists as tables, logs and docs/troubleshooting.md write them.</summary>
public static class KebabCase
{
    /// <summary>In lower case, with hyphens: report-not-found.</summary>
    public static string Code<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The member that <see cref="Code"/> wrote.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static T Parse<T>(string code)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.Code() == code)
            {
                return value;
            }
        }

        throw new FormatException($"'{code}' is no {typeof(T).Name}.");
    }
}
