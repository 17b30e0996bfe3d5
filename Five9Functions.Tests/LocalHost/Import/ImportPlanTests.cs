using Five9Functions.LocalHost.Import;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.LocalHost.Import;

/// <summary>With reports of at most 3 rows and parts of at least 6, in Berlin, where 1 August 2026 begins at 22:00 of the day before.</summary>
public sealed class ImportPlanTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Test]
    public void ADay_IsOneReport()
    {
        Assert.That(Plan([1], "08-01 09:00", "08-01 09:00", "08-01 21:00"), Is.EqualTo(new[] { "07-31 22:00 to 08-01 22:00: 3" }));
    }

    [Test]
    public void ADayWithTooManyRows_IsCutAtMinutesIntoAboutEqualPieces()
    {
        Assert.That(
            Plan([1], "08-01 21:59:59", "07-31 22:00", "08-01 09:00:59", "08-01 09:01", "08-01 08:59"),
            Is.EqualTo(new[] { "07-31 22:00 to 08-01 09:01: 3", "08-01 09:01 to 08-01 22:00: 2" }));
    }

    [Test]
    public void AMinuteWithTooManyRows_IsAPieceOfItsOwn()
    {
        Assert.That(
            Plan([1], "08-01 09:00", "08-01 09:05", "08-01 09:05:10", "08-01 09:05:20", "08-01 09:05:30", "08-01 09:06"),
            Is.EqualTo(new[] { "07-31 22:00 to 08-01 09:05: 1", "08-01 09:05 to 08-01 09:06: 4", "08-01 09:06 to 08-01 22:00: 1" }));
    }

    [Test]
    public void ARowOfTheLastSecond_BelongsToTheDay_AndOneOfMidnightToTheNext()
    {
        Assert.That(Plan([1, 2], "08-01 21:59:59", "08-01 22:00"), Is.EqualTo(new[] { "07-31 22:00 to 08-01 22:00: 1", "08-01 22:00 to 08-02 22:00: 1" }));
    }

    [Test]
    public void Parts_EndWithADay_OnceTheyHoldEnough_AndWhatIsLeftIsEnoughForAnother()
    {
        string[] six(int day) => [.. Enumerable.Range(0, 6).Select(i => $"08-{day:00} {i:00}:00")];

        Assert.That(Plan([1, 2, 3, 4, 5], [.. six(1), .. six(2).Take(2), .. six(3), .. six(4), "08-05 09:00"]), Is.EqualTo(new[]
        {
            "07-31 22:00 to 08-01 03:00: 3", "08-01 03:00 to 08-01 22:00: 3", "final to 07-31",
            "08-01 22:00 to 08-02 22:00: 2", "08-02 22:00 to 08-03 03:00: 3", "08-03 03:00 to 08-03 22:00: 3", "final to 08-02",
            "08-03 22:00 to 08-04 03:00: 3", "08-04 03:00 to 08-04 22:00: 3", "08-04 22:00 to 08-05 22:00: 1",
        }));
    }

    [Test]
    public void ADayOnWhichTheClocksGoBack_IsCutThere_WhateverItHolds()
    {
        var plan = ImportPlan.Of([new FileRows("calls", [new LocalDate(2026, 10, 25)], [At("10-25 00:30"), At("10-25 01:30")])], Berlin, 3, 6);

        Assert.That(Text(plan), Is.EqualTo(new[] { "10-24 22:00 to 10-25 01:00: 1", "10-25 01:00 to 10-25 23:00: 1" }));
    }

    [Test]
    public void AFileWithoutReadableStarts_IsOneReport()
    {
        Assert.That(Plan([1]), Is.EqualTo(new[] { "07-31 22:00 to 08-01 22:00: 0" }));
    }

    [Test]
    public void TwoFiles_GoDayByDay_AndFillAPartTogether()
    {
        var plan = ImportPlan.Of(
            [
                File("states", [1, 3, 4], "08-01 01:00", "08-01 01:00", "08-01 02:00", "08-03 01:00", "08-03 01:00", "08-03 02:00"),
                File("calls", [1, 3], "08-01 01:00", "08-01 01:00", "08-01 02:00", "08-03 01:00", "08-03 01:00", "08-03 03:00"),
            ],
            Berlin,
            3,
            6);

        Assert.That(plan.Select(part => string.Join(", ", part.Reports.Select(r => $"{r.Report} {r.Date:dd} {r.Rows}"))), Is.EqualTo(new[]
        {
            "states 01 3, calls 01 3",
            "states 02 0, calls 02 0, states 03 3, calls 03 3, states 04 0",
        }));
        Assert.That(plan.Select(part => part.Final), Is.EqualTo(new LocalDate?[] { new LocalDate(2026, 7, 31), null }));
    }

    private static string[] Plan(int[] days, params string[] starts) =>
        Text(ImportPlan.Of([File("calls", days, starts)], Berlin, 3, 6));

    private static FileRows File(string report, int[] days, params string[] starts) => new(report, [.. days.Select(day => new LocalDate(2026, 8, day))], starts.Select(At));

    private static string[] Text(IReadOnlyList<PlannedPart> plan) =>
    [
        .. plan.SelectMany(part => part.Reports
            .Select(r => $"{Text(r.Window.Start)} to {Text(r.Window.End)}: {r.Rows}")
            .Concat(part.Final is { } final ? [$"final to {final:MM-dd}"] : [])),
    ];

    private static Instant At(string text) => InstantPattern.General.Parse($"2026-{text.Replace(' ', 'T')}{(text.Length == 11 ? ":00" : "")}Z").Value;

    private static string Text(Instant instant) => InstantPattern.CreateWithInvariantCulture("MM-dd HH:mm").Format(instant);
}
