using Five9Functions.Storage.Tables;
using FsCheck;
using FsCheck.Fluent;

namespace Five9Functions.Tests.Storage.Tables;

public sealed class TableKeyTests
{
    private static readonly TestCaseData<string, string>[] Parts =
    [
        new("", ""),
        new("anna@example.com", "anna@example.com"),
        new("a/b\\c#d?e", "a*002Fb*005Cc*0023d*003Fe"),
        new("a|b*c%d", "a*007Cb*002Ac*0025d"),
        new("\0\t\u001F \u007F\u0085\u009F\u00A0", "*0000*0009*001F *007F*0085*009F\u00A0"),
        new("\uD83D\uDE00", "\uD83D\uDE00"),
        new("\uD83D", "*D83D"),
        new("\uDE00\uD83D", "*DE00*D83D"),
        new("x\uD83Dy", "x*D83Dy"),
        new("O'Brien & Söhne+李 ", "O'Brien & Söhne+李 "),
        new("*002F", "*002A002F"),
        new("*~", "*002A~"),
    ];

    [TestCaseSource(nameof(Parts))]
    public void Join_OddCharacters_AreEscaped(string part, string key)
    {
        Assert.That(TableKey.Join(part), Is.EqualTo(key));
        Assert.That(TableKey.Split(key), Is.EqualTo(new[] { part }));
    }

    [TestCase("acme", "acme|", "acme}")]
    [TestCase("a/b", "a*002Fb|", "a*002Fb}")]
    public void Under_HoldsTheKeysOfThisFirstPart_AndNoLongerOnes(string first, string from, string to)
    {
        Assert.That(TableKey.Under(first), Is.EqualTo((from, to)));
        Assert.That(
            new[] { TableKey.Join(first), TableKey.Join(first, ""), TableKey.Join(first, "\uFFFF"), TableKey.Join($"{first}-2", "x"), TableKey.Join($"{first}|", "x"), TableKey.Join($"{first}}}", "x") }
                .Select(key => string.CompareOrdinal(key, from) >= 0 && string.CompareOrdinal(key, to) < 0),
            Is.EqualTo(new[] { false, true, true, false, false, false }));
    }

    [Test]
    public void Join_SeveralParts_ComeBackApart()
    {
        Assert.That(TableKey.Join("a|b", "", "c"), Is.EqualTo("a*007Cb||c"));
        Assert.That(TableKey.Split("a*007Cb||c"), Is.EqualTo(new[] { "a|b", "", "c" }));
        Assert.That(TableKey.Join("a", "b|c"), Is.Not.EqualTo(TableKey.Join("a|b", "c")));
        Assert.That(() => TableKey.Join(), Throws.ArgumentException);
    }

    [Test]
    public void Join_OnlyCaseOrBlanksDiffer_KeysDiffer() =>
        Assert.That(new[] { "anna", "Anna", "anna ", " anna" }.Select(part => TableKey.Join(part)), Is.Unique);

    [Test]
    public void Join_LongParts_AreCutAndStayDifferent()
    {
        Assert.That(TableKey.Join(new string('x', 511)), Is.EqualTo(new string('x', 511)));
        Assert.That(TableKey.Join(new string('x', 255), "2"), Is.EqualTo(new string('x', 255) + "|2"));
        Assert.That(TableKey.Join(new string('x', 300), "2"), Is.EqualTo(new string('x', 221) + "*~0d4e2ca9e9cbced7a7a5380eb29e1a37|2"));
        Assert.That(TableKey.Join(new string('x', 299) + "y", "2"), Is.EqualTo(new string('x', 221) + "*~d71979b42315c20d4d4fe73c97e87a45|2"));
    }

    [Test]
    public void Join_LongParts_AreNotCutInsideAnEscapeOrASurrogatePair()
    {
        Assert.That(
            TableKey.Join(new string('/', 200), "2"),
            Is.EqualTo(string.Concat(Enumerable.Repeat("*002F", 44)) + "*~51d6e4979e5a4327eb45c8d0ce3c1f28|2"));
        Assert.That(
            TableKey.Join(string.Concat(Enumerable.Repeat("\uD83D\uDE00", 300)), "2"),
            Is.EqualTo(string.Concat(Enumerable.Repeat("\uD83D\uDE00", 110)) + "*~3a49cf350579afd43144828ae3043b37|2"));
    }

    [Test]
    public void Join_ManyLongParts_StaysBelow512()
    {
        var part = new string('|', 1000);

        Assert.That(TableKey.Join(part), Has.Length.LessThan(512));
        Assert.That(TableKey.Join(part, part), Has.Length.LessThan(512));
        Assert.That(TableKey.Join(part, part, part, part), Has.Length.LessThan(512));
    }

    [Test]
    public void Join_AnyShortParts_ComeBackAndHoldNothingForbidden()
    {
        var part = Gen.Elements("/\\#?|*%~a0 \u0000\u001F\u007F\u009F\uD83D\uDE00\uFFFD".ToCharArray()).ArrayOf().Resize(30).Select(units => new string(units));
        var parts = Gen.NonEmptyListOf(part).Resize(3).Select(list => list.ToArray()).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(parts, given =>
        {
            var key = TableKey.Join(given);
            return key.Length < 512
                && !key.Any(unit => unit is '/' or '\\' or '#' or '?' or '%' || char.IsControl(unit))
                && (key.Contains("*~", StringComparison.Ordinal) || TableKey.Split(key).SequenceEqual(given));
        }));
    }

    [TestCase("a*~0d4e2ca9e9cbced7a7a5380eb29e1a37", "A part of this key was too long and was cut: read the entity's own column.")]
    [TestCase("a*", "'*' at 1 is not followed by four upper case hex digits: TableKey did not build this key.")]
    [TestCase("ab*002", "'*' at 2 is not followed by four upper case hex digits: TableKey did not build this key.")]
    [TestCase("*002f", "'*' at 0 is not followed by four upper case hex digits: TableKey did not build this key.")]
    public void Split_WhatCannotComeBack_IsRefused(string key, string message) =>
        Assert.That(() => TableKey.Split(key), Throws.TypeOf<FormatException>().With.Message.EqualTo(message));
}
