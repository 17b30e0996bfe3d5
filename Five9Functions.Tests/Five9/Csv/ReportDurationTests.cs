using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.Tests.Five9.Csv;

public sealed class ReportDurationTests
{
    [TestCase("00:00:00", 0)]
    [TestCase("00:03:45", 225)]
    [TestCase(" 00:03:45\t", 225)]
    [TestCase("0:00:59", 59)]
    [TestCase("25:00:00", 90_000)]
    [TestCase("168:00:01", 604_801)]
    [TestCase("9999:59:59", 35_999_999)]
    [TestCase("00:00:00.235", 0)]
    [TestCase("00:00:01.999999", 1)]
    [TestCase("10000:00:00", 36_000_000)]
    [TestCase("99999:59:59", 359_999_999)]
    [TestCase("0000000000000000000000001:00:00", 3_600)]
    [TestCase("00:00:01,5", 1)]
    [TestCase("225", 225)]
    [TestCase("0", 0)]
    [TestCase("0007", 7)]
    [TestCase("9999999", 9_999_999)]
    [TestCase("225.0", 225)]
    [TestCase("225,75", 225)]
    [TestCase("00:12.0", 12)]
    [TestCase("3:45.9", 225)]
    [TestCase("03:45,25", 225)]
    public void Read_ADuration_InWholeSeconds(string text, int seconds)
    {
        Assert.That(ReportDuration.Read(text, out var duration), Is.EqualTo(ReportDurationKind.Value));
        Assert.That(duration, Is.EqualTo(Duration.FromSeconds(seconds)));
    }

    [TestCase("00:00:00.235", 235)]
    [TestCase("00:00:20.4", 20_400)]
    [TestCase("00:00:01.9999", 1_999)]
    [TestCase("9999:59:59.001", 35_999_999_001)]
    [TestCase("00:03:45", 225_000)]
    [TestCase("00:00:00,5", 500)]
    [TestCase("12.235", 12_235)]
    [TestCase("0,235", 235)]
    [TestCase("12,5", 12_500)]
    [TestCase("59:59.999", 3_599_999)]
    [TestCase("99999:59:59.999", 359_999_999_999)]
    public void ReadMilliseconds_ADuration_WithItsFraction(string text, long expected)
    {
        Assert.That(ReportDuration.ReadMilliseconds(text, out var milliseconds), Is.EqualTo(ReportDurationKind.Value));
        Assert.That(milliseconds, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("  ")]
    public void Read_Nothing_IsNone(string text)
    {
        Assert.That(ReportDuration.Read(text, out _), Is.EqualTo(ReportDurationKind.None));
    }

    [TestCase("-00:00:01")]
    [TestCase("-1:00:00.5")]
    [TestCase("-5")]
    [TestCase("-00:12.0")]
    [TestCase("-100000:00:00")]
    public void Read_AMinusSign_IsNegative(string text)
    {
        Assert.That(ReportDuration.Read(text, out _), Is.EqualTo(ReportDurationKind.Negative));
    }

    [TestCase(":03:45")]
    [TestCase("10000000")]
    [TestCase("5550100001")]
    [TestCase("300000000000001")]
    [TestCase("300000000000001.0")]
    [TestCase("3E+14")]
    [TestCase("1e5")]
    [TestCase("5.")]
    [TestCase(".5")]
    [TestCase("5 s")]
    [TestCase("1.000.000")]
    [TestCase("60:00.0")]
    [TestCase("123:00.0")]
    [TestCase("00:60.0")]
    [TestCase("00:5")]
    [TestCase("0:0:5")]
    [TestCase("00:12.")]
    [TestCase("00:00:00:00")]
    [TestCase("00:00:00.5.5")]
    [TestCase("12:00:00 AM")]
    [TestCase("1899-12-30 00:03:45")]
    [TestCase("00:60:00")]
    [TestCase("00:00:60")]
    [TestCase("00:0:00")]
    [TestCase("00:00:0")]
    [TestCase("00:00:00.")]
    [TestCase("00:00:00.x")]
    [TestCase("00:00:00 h")]
    [TestCase("--00:00:01")]
    [TestCase("-")]
    [TestCase("- 00:00:01")]
    [TestCase("1d 00:00:00")]
    [TestCase("٠٠:00:00")]
    [TestCase("[None]")]
    public void Read_AnythingElse_IsUnreadable(string text)
    {
        Assert.That(ReportDuration.Read(text, out _), Is.EqualTo(ReportDurationKind.Unreadable));
    }

    [TestCase("03:45")]
    [TestCase("0:07")]
    [TestCase("1,234")]
    public void Read_WhatCanMeanTwoLengths_IsAmbiguous(string text)
    {
        Assert.That(ReportDuration.Read(text, out var duration), Is.EqualTo(ReportDurationKind.Ambiguous));
        Assert.That(duration, Is.EqualTo(Duration.Zero));
    }

    [TestCase("0.002604166666666667")]
    [TestCase("0,0026")]
    [TestCase("1.04166")]
    [TestCase("2.60416666666667E-03")]
    [TestCase("1E-05")]
    public void Read_ASpreadsheetsPartOfADay_IsNamed(string text) => Assert.That(ReportDuration.Read(text, out _), Is.EqualTo(ReportDurationKind.PartOfADay));

    [TestCase("100000:00:00")]
    [TestCase("99999999999999999999999999:00:00")]
    public void Read_MoreHoursThanAnyLengthHas_IsTooLong(string text) => Assert.That(ReportDuration.Read(text, out _), Is.EqualTo(ReportDurationKind.TooLong));
}
