using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

public sealed class LandingTallyTests
{
    // A row of 09:00 is read at 10:00 and again at 11:00.
    [TestCase("09:05", false, TestName = "A row that ended long ago says the same at any time")]
    [TestCase("10:00", true, TestName = "A row that ended when the first report was run was open")]
    [TestCase("10:30", true, TestName = "A row that was to end after the first report was run was open")]
    [TestCase("12:00", true, TestName = "A row that is to end after the second report was run is open")]
    [TestCase(null, true, TestName = "A row without an end is open")]
    public void TheSameRowReadLater_IsAChangeWhenItWasOpen(string? end, bool changed)
    {
        var day = MemoryDay.Empty.Land(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", end)));

        var again = day.Land(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", end)));

        Assert.That(again.Changed, Is.EqualTo(changed));
    }

    [Test]
    public void AnOpenRowOutsideTheLanding_IsNoChange()
    {
        var day = MemoryDay.Empty.Land(Landing("08:00", "10:00", "10:00", Row("Ann", "08:00", null)));

        var next = day.Land(Landing("09:00", "10:00", "11:00"));

        Assert.That(next.Changed, Is.False);
    }

    [Test]
    public void OneOfTwoEqualRowsGone_IsAChange()
    {
        var row = Row("Ann", "09:00", "09:05");
        var day = MemoryDay.Empty.Land(Landing("09:00", "10:00", "10:00", row, row));

        var next = day.Land(Landing("09:00", "10:00", "11:00", row));

        Assert.Multiple(() =>
        {
            Assert.That(next.Changed, Is.True);
            Assert.That(next.Rows.Select(Text), Is.EqualTo(new[] { "Ann 09:00-09:05 Ready" }));
            Assert.That(Text(next.Windows), Is.EqualTo(new[] { "09:00-10:00 @11:00 rows 1" }));
        });
    }
}
