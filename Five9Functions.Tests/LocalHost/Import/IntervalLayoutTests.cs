using Five9Functions.Calls;
using Five9Functions.LocalHost.Import;
using Five9Functions.Tests.Calls;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class IntervalLayoutTests
{
    private static readonly DateTimeZone LosAngeles = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    [Test]
    public void TheWorkedExample_IsAsPlanningToolsTakeIt()
    {
        var intervals = CallDay.Of(CallText.Friday, CallText.Legs(WorkedExample.Csv), new CallRules(QueueGrouping.Campaign)).Day.Intervals;

        Assert.That(Lines(intervals, LosAngeles), Is.EqualTo(new[]
        {
            "Sales In;21/08/2026;09:00;9;6;375",
            "Sales In;21/08/2026;09:15;1;1;60",
            "Sales Out;21/08/2026;09:30;0;0;",
        }));
    }

    [TestCase(1, 2, "1", TestName = "HalfASecond_IsRoundedUp")]
    [TestCase(4, 3, "1", TestName = "AThird_IsRoundedDown")]
    [TestCase(0, 1, "0", TestName = "NoTime_IsZero")]
    [TestCase(0, 0, "", TestName = "NothingAnswered_IsEmpty")]
    public void AverageHandleTime(int handle, int answered, string expected) => Assert.That(
        Lines([Interval("A", "2026-08-21T16:00:00Z", 3, answered, handle)], LosAngeles),
        Is.EqualTo(new[] { $"A;21/08/2026;09:00;3;{answered};{expected}" }));

    [Test]
    public void TheHourThatTheClockShowsTwice_IsOne()
    {
        Assert.That(
            Lines(
                [
                    Interval("A", "2026-11-01T07:45:00Z", 1, 0, 0),
                    Interval("A", "2026-11-01T08:00:00Z", 2, 1, 100),
                    Interval("A", "2026-11-01T08:30:00Z", 5, 0, 0),
                    Interval("A", "2026-11-01T09:00:00Z", 3, 2, 50),
                    Interval("A", "2026-11-01T09:15:00Z", 4, 4, 40),
                    Interval("A", "2026-11-01T10:00:00Z", 6, 0, 0),
                    Interval("B", "2026-11-01T08:00:00Z", 7, 0, 0),
                ],
                LosAngeles),
            Is.EqualTo(new[]
            {
                "A;01/11/2026;00:45;1;0;",
                "A;01/11/2026;01:00;5;3;50",
                "A;01/11/2026;01:15;4;4;10",
                "A;01/11/2026;01:30;5;0;",
                "A;01/11/2026;02:00;6;0;",
                "B;01/11/2026;01:00;7;0;",
            }));
    }

    [Test]
    public void AZoneOfThreeQuartersOfAnHour_AndDaysFarApart_AreInOrder() => Assert.That(
        Lines(
            [Interval("A", "2026-08-21T18:00:00Z", 1, 0, 0), Interval("A", "2026-08-21T18:15:00Z", 1, 0, 0), Interval("A", "2026-12-21T18:15:00Z", 1, 0, 0)],
            DateTimeZoneProviders.Tzdb["Asia/Kathmandu"]),
        Is.EqualTo(new[] { "A;21/08/2026;23:45;1;0;", "A;22/08/2026;00:00;1;0;", "A;22/12/2026;00:00;1;0;" }));

    private static string[] Lines(IEnumerable<QueueInterval> intervals, DateTimeZone zone) =>
        [.. IntervalLayout.Of(intervals.Select(QueueIntervalFields.Of), zone).Select(fields => string.Join(';', fields))];

    private static QueueInterval Interval(string queue, string start, int offered, int answered, int handle) =>
        new(queue, InstantPattern.General.Parse(start).Value, new IntervalFigures { Offered = offered, Answered = answered, HandleSeconds = handle });
}
