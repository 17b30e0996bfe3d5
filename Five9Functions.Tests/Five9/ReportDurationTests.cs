using Five9Functions.Five9;
using NodaTime;

namespace Five9Functions.Tests.Five9;

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
    public void Read_AMinusSign_IsNegative(string text)
    {
        Assert.That(ReportDuration.Read(text, out _), Is.EqualTo(ReportDurationKind.Negative));
    }

    [TestCase("225")]
    [TestCase("03:45")]
    [TestCase(":03:45")]
    [TestCase("10000:00:00")]
    [TestCase("00:60:00")]
    [TestCase("00:00:60")]
    [TestCase("00:0:00")]
    [TestCase("00:00:0")]
    [TestCase("00:00:00.")]
    [TestCase("00:00:00.x")]
    [TestCase("00:00:00,5")]
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
}
