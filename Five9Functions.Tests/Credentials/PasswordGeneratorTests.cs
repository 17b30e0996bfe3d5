using Five9Functions.Credentials;
using Five9Functions.Five9.Soap;

namespace Five9Functions.Tests.Credentials;

public sealed class PasswordGeneratorTests
{
    private static readonly TestCaseData[] Policies =
    [
        new TestCaseData(PasswordPolicy.Silent, 20, 2, 2, 2).SetArgDisplayNames("silent"),
        new TestCaseData(new PasswordPolicy(8, 1, 1, 1, 90), 20, 2, 2, 2).SetArgDisplayNames("weak"),
        new TestCaseData(new PasswordPolicy(32, 5, 6, 7, 90), 32, 5, 6, 7).SetArgDisplayNames("strong"),
        new TestCaseData(new PasswordPolicy(8, 10, 10, 10, 90), 32, 10, 10, 10).SetArgDisplayNames("longer by its parts"),
        new TestCaseData(new PasswordPolicy(100_000, -1, 0, 5_000, 90), 128, 2, 2, 32).SetArgDisplayNames("absurd"),
    ];

    [TestCaseSource(nameof(Policies))]
    public void APassword_MeetsThePolicy_AndTheLeastThatIsSensible(PasswordPolicy policy, int length, int capitals, int digits, int special)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 200; i++)
        {
            var password = PasswordGenerator.For(policy);

            Assert.That(password, Has.Length.EqualTo(length));
            Assert.That(password.Count(char.IsAsciiLetterUpper), Is.AtLeast(capitals), password);
            Assert.That(password.Count(char.IsAsciiDigit), Is.AtLeast(digits), password);
            Assert.That(password.Count("!#$*-_.@".Contains), Is.AtLeast(special), password);
            Assert.That(password.Count(char.IsAsciiLetterLower), Is.AtLeast(2), password);
            Assert.That(seen.Add(password), Is.True, "one that was made before");
        }
    }

    [Test]
    public void WhereACharacterStands_IsAMatterOfChance()
    {
        var first = Enumerable.Range(0, 400).Select(_ => PasswordGenerator.For(PasswordPolicy.Silent)[0]).ToList();

        Assert.That(first.Any(char.IsAsciiLetterUpper) && first.Any(char.IsAsciiDigit) && first.Any(char.IsAsciiLetterLower) && first.Any("!#$*-_.@".Contains), Is.True);
    }
}
