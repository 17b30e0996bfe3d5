using Five9Functions.Imports;
using NodaTime;
using static Five9Functions.Imports.Windows;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

public sealed class WindowsTests
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
}
