using Five9Functions.Five9.Reports;
using NodaTime;

namespace Five9Functions.Tests.Five9.Reports;

public sealed class ReportWindowTests
{
    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private static readonly LocalDateTime TwiceInAutumn = new(2026, 11, 1, 1, 30);

    [Test]
    public void InstantOf_AnOrdinaryTime_IsThatOfTheZone()
    {
        var window = Window(Instant.FromUtc(2026, 8, 21, 7, 0), Instant.FromUtc(2026, 8, 22, 7, 0));

        Assert.That(window.InstantOf(new LocalDateTime(2026, 8, 21, 9, 0, 12)), Is.EqualTo(Instant.FromUtc(2026, 8, 21, 16, 0, 12)));
    }

    [Test]
    public void InstantOf_AnAmbiguousTime_IsTheEarlier()
    {
        var both = Window(Instant.FromUtc(2026, 11, 1, 7, 0), Instant.FromUtc(2026, 11, 2, 8, 0));
        var neither = Window(Instant.FromUtc(2026, 11, 3, 7, 0), Instant.FromUtc(2026, 11, 4, 8, 0));

        Assert.That(both.InstantOf(TwiceInAutumn), Is.EqualTo(Instant.FromUtc(2026, 11, 1, 8, 30)));
        Assert.That(neither.InstantOf(TwiceInAutumn), Is.EqualTo(Instant.FromUtc(2026, 11, 1, 8, 30)));
    }

    [Test]
    public void InstantOf_AnAmbiguousTime_IsTheOneThatWasAskedFor()
    {
        var first = Window(Instant.FromUtc(2026, 11, 1, 8, 0), Instant.FromUtc(2026, 11, 1, 9, 0));
        var second = Window(Instant.FromUtc(2026, 11, 1, 9, 0), Instant.FromUtc(2026, 11, 1, 10, 0));
        var upToTheSecond = Window(Instant.FromUtc(2026, 11, 1, 8, 0), Instant.FromUtc(2026, 11, 1, 9, 30)); // half-open

        Assert.That(first.InstantOf(TwiceInAutumn), Is.EqualTo(Instant.FromUtc(2026, 11, 1, 8, 30)));
        Assert.That(second.InstantOf(TwiceInAutumn), Is.EqualTo(Instant.FromUtc(2026, 11, 1, 9, 30)));
        Assert.That(upToTheSecond.InstantOf(TwiceInAutumn), Is.EqualTo(Instant.FromUtc(2026, 11, 1, 8, 30)));
    }

    [Test]
    public void InstantOf_ASkippedTime_IsShiftedForward()
    {
        var window = Window(Instant.FromUtc(2026, 3, 8, 8, 0), Instant.FromUtc(2026, 3, 9, 7, 0));

        Assert.That(window.InstantOf(new LocalDateTime(2026, 3, 8, 2, 30)), Is.EqualTo(Instant.FromUtc(2026, 3, 8, 10, 30))); // 03:30 PDT
    }

    private static ReportWindow Window(Instant from, Instant to) => new(new Interval(from, to), new Interval(from, to), Pacific);
}
