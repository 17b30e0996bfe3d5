using Five9Functions.Five9;
using NodaTime;

namespace Five9Functions.Tests.Five9;

public sealed class ReportTimeTests
{
    [TestCase("2026/08/21", "09:00:12")]
    [TestCase(" 2026/08/21 ", "\t09:00:12 ")]
    public void DateAndTime_AsFive9WritesThem(string date, string time)
    {
        Assert.That(ReportTime.TryParse(date, time, null, out var reported), Is.True);
        Assert.That(reported, Is.EqualTo(new ReportedTime(new LocalDateTime(2026, 8, 21, 9, 0, 12))));
    }

    [TestCase("", "09:00:12")]
    [TestCase("2026/08/21", "")]
    [TestCase("2026-08-21", "09:00:12")]
    [TestCase("08/21/2026", "09:00:12")]
    [TestCase("2026/8/21", "09:00:12")]
    [TestCase("2026/02/29", "09:00:12")]
    [TestCase("2026/04/31", "09:00:12")]
    [TestCase("2026/13/01", "09:00:12")]
    [TestCase("2026/00/01", "09:00:12")]
    [TestCase("2026/01/00", "09:00:12")]
    [TestCase("0000/01/01", "09:00:12")]
    [TestCase("0001/01/01", "09:00:12")]
    [TestCase("1899/12/31", "09:00:12")]
    [TestCase("9001/01/01", "09:00:12")]
    [TestCase("9999/12/31", "23:59:59")]
    [TestCase("2026/08/21", "24:00:00")]
    [TestCase("2026/08/21", "09:60:00")]
    [TestCase("2026/08/21", "09:00:60")]
    [TestCase("2026/08/21", "9:00:12")]
    [TestCase("2026/08/21", "09:00:12.5")]
    [TestCase("2026/08/21", "09:00:12 PM")]
    [TestCase("2026/08/21", "09 00 12")]
    [TestCase("+026/08/21", "09:00:12")]
    [TestCase("٢٠٢٦/08/21", "09:00:12")]
    public void DateAndTime_AnythingElse_IsNoTime(string date, string time)
    {
        Assert.That(ReportTime.TryParse(date, time, null, out _), Is.False);
    }

    [TestCase("Fri, 21 Aug 2026 09:00:12", 2026, 8, 21, 9, 0, 12)]
    [TestCase(" Fri, 21 Aug 2026 09:00:12 ", 2026, 8, 21, 9, 0, 12)]
    [TestCase("FRI, 21 AUG 2026 00:00:00", 2026, 8, 21, 0, 0, 0)]
    [TestCase("Mon, 01 Jan 2024 23:59:59", 2024, 1, 1, 23, 59, 59)]
    [TestCase("Thu, 29 Feb 2024 12:00:00", 2024, 2, 29, 12, 0, 0)]
    [TestCase("Sun, 01 Mar 2026 12:00:00", 2026, 3, 1, 12, 0, 0)]
    [TestCase("Tue, 29 Dec 2026 12:00:00", 2026, 12, 29, 12, 0, 0)]
    public void Timestamp_AsFive9WritesIt(string text, int year, int month, int day, int hour, int minute, int second)
    {
        Assert.That(ReportTime.TryParse(text, null, out var reported), Is.True);
        Assert.That(reported, Is.EqualTo(new ReportedTime(new LocalDateTime(year, month, day, hour, minute, second))));
    }

    [TestCase("")]
    [TestCase("Sat, 21 Aug 2026 09:00:12")] // it was a Friday
    [TestCase("Fre, 21 Aug 2026 09:00:12")]
    [TestCase("Fri, 21 Okt 2026 09:00:12")]
    [TestCase("Fri, 21 anF 2026 09:00:12")]
    [TestCase("Fri, 1 Aug 2026 09:00:12")]
    [TestCase("Fri, 32 Aug 2026 09:00:12")]
    [TestCase("Fri, 21 Aug 2026 09:00:12 PDT")]
    [TestCase("Fri 21 Aug 2026 09:00:12")]
    [TestCase("Fri, 21 Aug 2026 09:00:1x")]
    [TestCase("Fri, 21-Aug-2026 09:00:12")]
    [TestCase("2026-08-21T09:00:12")]
    public void Timestamp_AnythingElse_IsNoTime(string text)
    {
        Assert.That(ReportTime.TryParse(text, null, out _), Is.False);
    }
}
