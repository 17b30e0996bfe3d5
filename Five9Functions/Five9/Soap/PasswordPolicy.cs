using System.Globalization;
using System.Xml;

namespace Five9Functions.Five9.Soap;

/// <summary>What a Five9 domain asks of a password (passwordPolicies of getVCCConfiguration); 0 where it says nothing.</summary>
/// <param name="MinLength">Characters.</param>
/// <param name="MinCapitals">Capital letters among them.</param>
/// <param name="MinNumbers">Digits among them.</param>
/// <param name="MinSpecial">Characters that are neither.</param>
/// <param name="ExpiresDays">Days until a password expires; 0 for never, as far as is known.</param>
public sealed record PasswordPolicy(int MinLength, int MinCapitals, int MinNumbers, int MinSpecial, int ExpiresDays)
{
    public static PasswordPolicy Silent { get; } = new(0, 0, 0, 0, 0);
}

/// <summary>Reads the answer to getVCCConfiguration, of which only the policies matter here.</summary>
internal static class PasswordPolicyReader
{
    private const int MaxPolicies = 1_000;

    public static async Task<PasswordPolicy> ReadAsync(XmlReader xml)
    {
        var values = new Dictionary<string, int>();
        await foreach (var answer in SoapAnswer.ChildrenAsync(xml))
        {
            if (answer != "return")
            {
                continue;
            }

            await foreach (var part in SoapAnswer.ChildrenAsync(xml))
            {
                if (part != "passwordPolicies")
                {
                    continue;
                }

                await foreach (var policy in SoapAnswer.ChildrenAsync(xml))
                {
                    // What cannot be read counts as not said.
                    if (int.TryParse(await SoapAnswer.ReadTextAsync(xml), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value))
                    {
                        values[policy] = value;
                        AnswerTooLargeException.ThrowIfOver(values.Count, MaxPolicies, "password policies");
                    }
                }
            }
        }

        return new PasswordPolicy(Of("minPasswordLength"), Of("minCapitalCharacters"), Of("minNumberCharacters"), Of("minSpecialCharacters"), Of("passwordExpires"));

        int Of(string name) => values.GetValueOrDefault(name);
    }
}
