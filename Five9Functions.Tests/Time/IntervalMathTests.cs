using Five9Functions.Imports;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;
using static Five9Functions.Time.IntervalMath;

namespace Five9Functions.Tests.Time;

public sealed class IntervalMathTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Test]
    public void Merge_JoinsWhatOverlapsOrTouches_AndDropsWhatIsEmpty() => Assert.That(
        Text(Merge([Hours("14:00-15:00"), Hours("08:00-10:00"), Hours("09:00-09:30"), Hours("10:00-11:00"), Hours("12:00-12:00")])),
        Is.EqualTo(new[] { "2026-11-02T08:00:00Z/2026-11-02T11:00:00Z", "2026-11-02T14:00:00Z/2026-11-02T15:00:00Z" }));

    [Test]
    public void Subtract_LeavesWhatNoHoleCovers() => Assert.That(
        Text(Subtract([Hours("08:00-12:00"), Hours("13:00-14:00")], [Hours("07:00-09:00"), Hours("10:00-10:30"), Hours("10:15-11:00"), Hours("11:59-13:30")])),
        Is.EqualTo(new[]
        {
            "2026-11-02T09:00:00Z/2026-11-02T10:00:00Z",
            "2026-11-02T11:00:00Z/2026-11-02T11:59:00Z",
            "2026-11-02T13:30:00Z/2026-11-02T14:00:00Z",
        }));

    [Test]
    public void Subtract_AHoleThatOnlyTouches_TakesNothing() => Assert.That(
        Text(Subtract([Hours("08:00-12:00")], [Hours("07:00-08:00"), Hours("12:00-13:00")])),
        Is.EqualTo(new[] { "2026-11-02T08:00:00Z/2026-11-02T12:00:00Z" }));

    [Test]
    public void Subtract_AWindowThatIsCovered_IsGone() =>
        Assert.That(Subtract([Hours("08:00-12:00")], [Hours("08:00-10:00"), Hours("10:00-12:00")]), Is.Empty);

    [Test]
    public void Intersect_IsNullWithoutACommonInstant()
    {
        Assert.That(Intersect(Hours("08:00-10:00"), Hours("09:00-11:00")), Is.EqualTo(Hours("09:00-10:00")));
        Assert.That(Intersect(Hours("08:00-10:00"), Hours("10:00-11:00")), Is.Null);
    }

    [TestCase(
        "a normal day", "2026-11-02T20:00:00Z", "2026-11-04T09:00:00Z",
        "2026-11-02 2026-11-02T20:00:00Z/2026-11-03T08:00:00Z",
        "2026-11-03 2026-11-03T08:00:00Z/2026-11-04T08:00:00Z",
        "2026-11-04 2026-11-04T08:00:00Z/2026-11-04T09:00:00Z")]
    [TestCase(
        "a day of 23 hours, cut where the clocks go forward", "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z",
        "2026-03-08 2026-03-08T08:00:00Z/2026-03-08T10:00:00Z",
        "2026-03-08 2026-03-08T10:00:00Z/2026-03-09T07:00:00Z")]
    [TestCase(
        "a day of 25 hours, cut where the clocks go back", "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z",
        "2026-11-01 2026-11-01T07:00:00Z/2026-11-01T09:00:00Z",
        "2026-11-01 2026-11-01T09:00:00Z/2026-11-02T08:00:00Z")]
    public void CutByLocalDay_CutsAtMidnightAndAtTheTransition(string situation, string from, string to, params string[] expected) => Assert.That(
        CutByLocalDay(Window(from, to), LosAngeles).Select(part => $"{part.Date:uuuu-MM-dd} {part.Window}"), Is.EqualTo(expected), situation);

    [TestCase("10:00-12:00", "20:00", "2026-11-02T09:00:00Z/2026-11-02T13:00:00Z", Description = "An hour on either side.")]
    [TestCase("10:00-10:20", "20:00", "2026-11-02T09:40:00Z/2026-11-02T10:40:00Z", Description = "Never longer than the window.")]
    [TestCase("10:00-12:00", "12:05", "2026-11-02T09:00:00Z/2026-11-02T12:05:00Z", Description = "Never beyond now.")]
    [TestCase("10:00-12:00", "11:50", "2026-11-02T09:00:00Z/2026-11-02T12:00:00Z", Description = "But all of the window.")]
    public void Asked_IsTheWindowAndItsPadding(string window, string now, string expected) =>
        Assert.That(Asked(Hours(window), Hour, At($"2026-11-02T{now}:00Z"), LosAngeles).ToString(), Is.EqualTo(expected));

    [Test]
    public void Asked_WithoutPadding_IsTheWindow() =>
        Assert.That(Asked(Hours("10:00-12:00"), Duration.Zero, At("2026-11-02T20:00:00Z"), LosAngeles), Is.EqualTo(Hours("10:00-12:00")));

    [Test]
    public void Asked_EndsWhereTheClocksGoBack_AndBeginsThere()
    {
        var later = At("2026-11-02T20:00:00Z");
        var before = Asked(Window("2026-11-01T07:00:00Z", "2026-11-01T09:00:00Z"), Hour, later, LosAngeles);
        var after = Asked(Window("2026-11-01T09:00:00Z", "2026-11-02T08:00:00Z"), Hour, later, LosAngeles);

        Assert.That(before.ToString(), Is.EqualTo("2026-11-01T06:00:00Z/2026-11-01T09:00:00Z"));
        Assert.That(after.ToString(), Is.EqualTo("2026-11-01T09:00:00Z/2026-11-02T09:00:00Z"));
    }

    [Test]
    public void Asked_GoesAcrossTheSpringTransition_WhereNoLocalTimeMeansTwoThings()
    {
        var asked = Asked(Window("2026-03-08T08:00:00Z", "2026-03-08T10:00:00Z"), Hour, At("2026-03-10T00:00:00Z"), LosAngeles);

        Assert.That(asked.ToString(), Is.EqualTo("2026-03-08T07:00:00Z/2026-03-08T11:00:00Z"));
    }

    [Test]
    public void Asked_InAZoneWithoutTransitions_IsPadded() =>
        Assert.That(Asked(Hours("10:00-12:00"), Hour, At("2026-11-02T20:00:00Z"), Utc), Is.EqualTo(Hours("09:00-13:00")));

    [TestCase("2026-11-02T10:00:00Z", "2026-11-02T12:00:00Z", "2026-11-02T11:00:00Z")]
    [TestCase("2026-11-02T10:00:00Z", "2026-11-02T10:01:01Z", "2026-11-02T10:00:30Z", Description = "On a whole second.")]
    public void Halve_MeetsInTheMiddle(string from, string to, string middle)
    {
        var halves = Halve(Window(from, to))!.Value;

        Assert.That(halves.First, Is.EqualTo(Window(from, middle)));
        Assert.That(halves.Second, Is.EqualTo(Window(middle, to)));
    }

    [Test]
    public void Halve_OfAMinute_IsNotPossible() => Assert.That(Halve(Window("2026-11-02T10:00:00Z", "2026-11-02T10:01:00Z")), Is.Null);

    [TestCase("10:00-12:00", "10:00-13:00", Description = "No longer than the padding.")]
    [TestCase("10:00-10:30", "10:00-10:45", Description = "No longer than half of the window.")]
    [TestCase("19:30-20:30", "19:30-20:30", Description = "Never beyond now.")]
    public void Asked_OfAHalf_IsNothingBefore_AndLessBehind(string half, string asked) =>
        Assert.That(Asked(Hours(half), Hour, At("2026-11-02T20:00:00Z"), Utc, isHalf: true), Is.EqualTo(Hours(asked)));

    /// <summary>Five9 gives 50,000 rows at most, and each report asks for some time more than it keeps. The days before and after are alike.</summary>
    [TestCase("evenly", 63)]
    [TestCase("from 08:00 to 20:00", 71)]
    [TestCase("most around noon", 81)]
    [TestCase("in two peaks", 81)]
    public void ADayOfAMillionRows_TakesFewerReportsThanTheLimit(string spread, int reports)
    {
        const int seconds = 86_400;
        double[] weights = [.. Enumerable.Range(0, seconds).Select(second => second / 60.0).Select(minute => spread switch
        {
            "evenly" => 1,
            "from 08:00 to 20:00" => minute is >= 480 and < 1200 ? 1 : 0,
            "most around noon" => Peak(minute, 720, 200),
            _ => Peak(minute, 600, 90) + Peak(minute, 900, 90) + 0.05,
        })];
        var sum = weights.Sum();
        var day = Window("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z");

        Assert.That(Reports(day, isHalf: false), Is.EqualTo(reports).And.LessThanOrEqualTo(ReportLanding.MaxReportsOfDay));

        int Reports(Interval window, bool isHalf)
        {
            var asked = Asked(window, Hour, At("2026-08-23T00:00:00Z"), Utc, isHalf);
            var (from, to) = ((int)(asked.Start - day.Start).TotalSeconds, (int)(asked.End - day.Start).TotalSeconds);
            var rows = Enumerable.Range(from, to - from).Sum(second => weights[(second + seconds) % seconds]) / sum * 1_000_000;
            return rows < 50_000 ? 1
                : Halve(window) is { } halves ? 1 + Reports(halves.First, isHalf: true) + Reports(halves.Second, isHalf: true)
                : throw new AssertionException($"{window} cannot be halved");
        }

        static double Peak(double minute, double at, double width) => Math.Exp(-Math.Pow((minute - at) / width, 2));
    }
}
