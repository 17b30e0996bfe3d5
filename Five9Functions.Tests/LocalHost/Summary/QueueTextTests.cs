using Five9Functions.Calls;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.LocalHost.Summary;
using Five9Functions.Tests.Calls;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Summary;

public sealed class QueueTextTests
{
    [Test]
    public void TheWorkedExample_IsATableAndBars()
    {
        var intervals = CallDay.Of(CallText.Friday, CallText.Legs(WorkedExample.Csv), new CallRules(QueueGrouping.Campaign)).Day.Intervals;

        Assert.That(Text(Day(intervals), 100), Is.EqualTo(
            """

            Queues on Fri 2026-08-21, by campaign
                                              offered   answered  abandoned        AHT    in time   outbound
              Sales In                             10          7          2       5:30       22 %          0
              Sales Out                             0          0          0          -          -          1
              all                                  10          7          2       5:30       22 %          1

            Calls by time of arrival, or of being made
              Sales In
              █▁
              Sales Out
                ▁
              09
            """.ReplaceLineEndings("\n")));
    }

    [TestCase(98, "  ▁▄█                     ▁", "  09  10  11  12  13  14  15", TestName = "AColumn_IsAQuarterHour")]
    [TestCase(24, "  ▅█          ▁", "  09  11  13  15", TestName = "OnANarrowScreen_HalfAnHour")]
    [TestCase(12, "  █     ▁", "  09  13", TestName = "OnAVeryNarrowOne_AnHour")]
    public void Bars_AreOfTheHoursWithCalls_AndFitTheScreen(int columns, string bars, string axis)
    {
        var lines = Text(Day([At(9, 0, 1), At(9, 15, 4), At(9, 30, 8), At(15, 0, 1)]), columns).Split('\n')[^2..];

        Assert.That(lines[1], Is.EqualTo(axis));
        Assert.That(lines[0], Is.EqualTo(bars));
    }

    [Test]
    public void ManyQueues_AreTheBusiest_AndAllTogether()
    {
        var lines = Text(Day([.. Enumerable.Range(1, 14).Select(i => At(9, 0, i, $"A queue with quite a long name {i:00}"))]), 100).Split('\n');

        Assert.That(lines[3], Is.EqualTo("  A queue with quite a long …          14          0          0          -        0 %          0"));
        Assert.That(lines[15], Is.EqualTo("  all 14 queues                       105          0          0          -        0 %          0"));
        Assert.That(lines[18..], Has.Length.EqualTo(13));
    }

    [Test]
    public void WithoutACall_NothingIsSaid() => Assert.That(QueueText.Of(null, 100), Is.Empty);

    private static string Text(QueueDay day, int columns) => string.Join('\n', QueueText.Of(day, columns));

    private static QueueDay Day(IReadOnlyList<QueueInterval> intervals) => new(CallText.Friday, CallText.Zone, QueueGrouping.Campaign, intervals);

    private static QueueInterval At(int hour, int minute, int offered, string queue = "A") =>
        new(queue, (CallText.Friday + new LocalTime(hour, minute)).InZoneStrictly(CallText.Zone).ToInstant(), new IntervalFigures { Offered = offered });
}
