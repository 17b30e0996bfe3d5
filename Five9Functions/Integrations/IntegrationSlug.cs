using System.Globalization;
using System.Text;

namespace Five9Functions.Integrations;

/// <summary>Ids that a name suggests: <c>acme-west</c> of Acme West, then <c>acme-west-2</c>, and so on. Only ASCII counts: what else there is depends on the machine.</summary>
internal static class IntegrationSlug
{
    public const int Max = 50;

    // With a number behind it, it is an id still.
    private const int MaxLength = 36;

    private const string Otherwise = "integration";

    public static IEnumerable<string> Of(string name)
    {
        var slug = Slug(name);
        return Enumerable.Range(1, Max).Select(number => number == 1 ? slug : string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}"));
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var unit in name)
        {
            if (char.IsAsciiLetterOrDigit(unit))
            {
                slug.Append(char.ToLowerInvariant(unit));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString(0, Math.Min(slug.Length, MaxLength)).TrimEnd('-');
        return text.Length == 0 ? Otherwise : char.IsAsciiLetter(text[0]) ? text : $"{Otherwise}-{text}"[..Math.Min(MaxLength, text.Length + Otherwise.Length + 1)].TrimEnd('-');
    }
}
