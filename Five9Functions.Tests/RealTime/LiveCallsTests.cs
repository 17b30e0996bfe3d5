using Five9Functions.RealTime;
using Five9Functions.Tests.Imports;

namespace Five9Functions.Tests.RealTime;

public sealed class LiveCallsTests
{
    private static readonly CallLimits Limits = new(2, 5, 8);

    // Each call at its time of 2026-11-02, then when two more can be made.
    [TestCase("", "10:00:30", null)]
    [TestCase("10:00:10", "10:00:30", "2026-11-02T10:01:00Z")]
    [TestCase("10:00:10", "10:01:00", null)]
    [TestCase("10:00:10 10:01:10 10:02:10 10:03:10", "10:04:00", "2026-11-02T11:00:00Z")]
    [TestCase("10:00:10 10:01:10 10:02:10 10:03:10", "11:00:00", null)]
    [TestCase("10:00:10 10:59:59 11:00:00 11:01:00 12:00:00 13:00:00 14:00:00", "15:00:00", "2026-11-03T00:00:00Z")]
    public void ACall_CountsInItsMinuteItsHourAndItsDay(string calls, string now, string? until)
    {
        var counted = calls.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(LiveCalls.None, (sum, at) => sum.Counted(ImportData.At($"2026-11-02T{at}Z")));

        Assert.That(counted.FullUntil(ImportData.At($"2026-11-02T{now}Z"), 2, Limits), Is.EqualTo(until is null ? null : ImportData.At(until)));
    }

    [Test]
    public void AsText_ItReadsBack()
    {
        var counted = LiveCalls.None.Counted(ImportData.At("2026-11-02T10:00:10.5Z"), 2).Counted(ImportData.At("2026-11-02T10:01:10.5Z"));

        Assert.That(counted.ToString(), Is.EqualTo("2026-11-02T10:01:10.5Z 1 3 3"));
        Assert.That(LiveCalls.Parse(counted.ToString()), Is.EqualTo(counted));
        Assert.That(LiveCalls.Parse(""), Is.EqualTo(LiveCalls.None));
        Assert.That(() => LiveCalls.Parse("yesterday 1 2 3"), Throws.TypeOf<FormatException>());
    }
}
