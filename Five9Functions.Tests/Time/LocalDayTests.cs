using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Tests.Time;

public sealed class LocalDayTests
{
    [TestCase("America/Los_Angeles", "2026-11-02", "2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z")]
    [TestCase("America/Los_Angeles", "2026-11-01", "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z", Description = "25 hours")]
    [TestCase("America/Los_Angeles", "2026-03-08", "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z", Description = "23 hours")]
    [TestCase("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", Description = "24.5 hours")]
    [TestCase("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z", Description = "begins at 01:00")]
    [TestCase("Asia/Beirut", "2022-10-29", "2022-10-28T21:00:00Z", "2022-10-29T22:00:00Z", Description = "the hour before midnight occurs twice")]
    [TestCase("America/Havana", "2020-11-01", "2020-11-01T04:00:00Z", "2020-11-02T05:00:00Z", Description = "midnight occurs twice: the earlier")]
    [TestCase("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z")]
    [TestCase("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z", Description = "was left out")]
    [TestCase("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z")]
    public void LocalDay_CoversItsLocalDate(string zone, string date, string start, string end)
    {
        var day = new LocalDay(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value, DateTimeZoneProviders.Tzdb[zone]);

        Assert.That(day.Start.ToString(), Is.EqualTo(start));
        Assert.That(day.End.ToString(), Is.EqualTo(end));
    }
}
