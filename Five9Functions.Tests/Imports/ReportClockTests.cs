using Five9Functions.Five9.Reports;
using Five9Functions.Imports;
using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>Reports that were run at 20:00 and asked for 17:00 to 20:00.</summary>
public sealed class ReportClockTests
{
    private static readonly Instant Now = At("2026-11-02T20:00:00Z");

    [TestCase("20:06", 1, Description = "Clocks that differ would not make a row later than 5 minutes.")]
    [TestCase("20:55", 1)]
    [TestCase("22:54", 3)]
    [TestCase("23:10", 3)]
    public void HoursAhead_IsTheNearestWholeHour(string newest, int hours) =>
        Assert.That(ReportClock.HoursAhead(Told(newest) with { FromTheFuture = 1 }, Now), Is.EqualTo(hours));

    [Test]
    public void HoursAhead_WithoutRowsOfTheFuture_IsNothing() => Assert.That(ReportClock.HoursAhead(Told("19:54"), Now), Is.Null);

    [TestCase("19:54", null, Description = "The newest call of a busy hour.")]
    [TestCase("18:58", 1)]
    [TestCase("18:45", 1)]
    [TestCase("18:44", null, Description = "Calls of a quiet hour lie anywhere.")]
    [TestCase("16:55", 3)]
    [TestCase("19:00", 1)]
    public void HoursBehind_IsAWholeNumberOfHours(string newest, int? hours) =>
        Assert.That(ReportClock.HoursBehind(Told(newest), Hours("17:00-20:00"), Now), Is.EqualTo(hours));

    [Test]
    public void HoursBehind_OfAReportOfThePast_SaysNothing() => Assert.That(ReportClock.HoursBehind(Told("18:58"), Hours("17:00-19:30"), Now), Is.Null);

    [Test]
    public void KeepArriving_WhenFive9ToldCallsOfATimeThatItWasNotAskedFor() =>
        Assert.That(ReportClock.KeepArriving(Told("18:58") with { OutsideAsked = 3 }, Held("18:43", "19:45", 0), Now), Is.True);

    [TestCase("18:43", "19:45", true, Description = "A quarter of an hour ago the newest lay an hour back, too; and now there is a newer one.")]
    [TestCase("18:58", "19:45", false, Description = "It is still the same one: the centre has closed.")]
    [TestCase("18:43", "19:29", false, Description = "Too long ago to say that they kept arriving.")]
    [TestCase("18:50", "19:45", false, Description = "Then it lay minutes back, as it should.")]
    public void KeepArriving_WhenThereAreNewerOnesThanAMomentAgo(string latest, string read, bool arrive) =>
        Assert.That(ReportClock.KeepArriving(Told("18:58"), Held(latest, read, 5), Now), Is.EqualTo(arrive));

    private static ReportContent Told(string newest) => new(1, 0, 0, [], []) { Newest = At($"2026-11-02T{newest}:00Z") };

    private static RawDayHeader Held(string latest, string read, int rows) => new(
        new RawDayId("acme", "calls", new LocalDate(2026, 11, 2)), 1, At($"2026-11-02T{latest}:00Z"), rows, 0, [ImportData.Told("2026-11-02T08:00:00Z", "2026-11-02T19:00:00Z", $"2026-11-02T{read}:00Z")]);
}
