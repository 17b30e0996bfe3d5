using Five9Functions.Integrations;
using NodaTime;

namespace Five9Functions.Tests.Integrations;

public sealed class RereadTiersTests
{
    [Test]
    public void Default_IsTheLastDayEveryHour_AndTheLastEightDaysEveryDay() => Assert.That(
        RereadTiers.Default.List,
        Is.EqualTo(new[] { new RereadTier(Duration.FromHours(24), Duration.FromHours(1)), new RereadTier(Duration.FromDays(8), Duration.FromDays(1)) }));

    [TestCase("", "")]
    [TestCase(" 24 : 060 , 192:1440 ,", "24:60,192:1440")]
    [TestCase("3:15,24:60,192:1440,744:10080", "3:15,24:60,192:1440,744:10080")]
    public void Parse_HasOneText(string text, string one) => Assert.That(RereadTiers.Parse(text).ToString(), Is.EqualTo(one));

    [Test]
    public void TiersOfOneText_AreEqual()
    {
        Assert.That(RereadTiers.Parse("24: 60,192:1440"), Is.EqualTo(RereadTiers.Default));
        Assert.That(RereadTiers.Parse("24:60"), Is.Not.EqualTo(RereadTiers.Default));
    }

    [TestCase("", 15)]
    [TestCase("3:15", 15)]
    [TestCase("744:10080", 15)]
    [TestCase("24:60,192:1440", 1440, Description = "whoever never set it may read as rarely as he likes")]
    public void IsValid_WhatCanBeRead(string text, int schedule) => Assert.That(RereadTiers.IsValid(text, schedule), Is.True);

    [TestCase("24", 15)]
    [TestCase("24:60:1", 15)]
    [TestCase("-24:60", 15)]
    [TestCase("2:15", 15, Description = "the last two hours are read each time anyway")]
    [TestCase("745:1440", 15)]
    [TestCase("24:14", 15)]
    [TestCase("24:60", 61)]
    [TestCase("24:10081", 15)]
    [TestCase("24:60,24:1440", 15)]
    [TestCase("192:60,24:1440", 15)]
    [TestCase("24:60,192:60", 15)]
    [TestCase("3:15,24:60,48:120,96:240,192:1440", 15)]
    public void IsValid_NotWhatCannotBe(string text, int schedule) => Assert.That(RereadTiers.IsValid(text, schedule), Is.False);

    [Test]
    public void Parse_OfSomethingElse_SaysWhatItWouldBe() =>
        Assert.That(() => RereadTiers.Parse("daily"), Throws.TypeOf<FormatException>().With.Message.EqualTo("'daily' are no tiers such as 24:60,192:1440."));
}
