using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Time;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>What is read next, as of 2026-11-10T12:00:00Z, in a zone without offset: the last 24 hours begin on the 9th, the last 8 days on the 2nd, at noon.</summary>
public sealed class PlannerTests
{
    private static readonly PlanInput Input = new(At("2026-11-10T12:00:00Z"), Utc, new LocalDate(2026, 9, 1), Duration.FromMinutes(5), [], null, []);

    private static readonly LedgerWindow Recent = Told("2026-11-02T00:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:45:00Z");

    [Test]
    public void Scheduled_TheFirstImport_ReadsTheLastEightDays() =>
        Assert.That(Scheduled(Input), Is.EqualTo(new[] { "2026-11-02T00:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_TheFirstImport_BeginsWithTheHistory() =>
        Assert.That(Scheduled(Input with { HistoryStart = new(2026, 11, 8) }), Is.EqualTo(new[] { "2026-11-08T00:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_AHistoryThatBeginsInTheFuture_ReadsNothing() =>
        Assert.That(Scheduled(Input with { HistoryStart = new(2026, 11, 11) }), Is.Empty);

    [Test]
    public void Scheduled_TheEightDaysAreLocal() => Assert.That(
        Scheduled(Input with { Zone = LosAngeles }), Is.EqualTo(new[] { "2026-11-02T08:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_EverythingCovered_ReadsTheLastTwoHoursAgain() =>
        Assert.That(Scheduled(Input with { Ledger = [Recent] }), Is.EqualTo(new[] { "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [TestCase("2026-11-10T11:30:00Z", "2026-11-10T10:00:00Z")]
    [TestCase("2026-11-10T08:30:00Z", "2026-11-10T08:30:00Z")]
    [TestCase("2026-11-08T01:00:00Z", "2026-11-09T12:00:00Z", Description = "24 hours at most.")]
    public void Scheduled_AnOpenState_IsReachedBackTo(string oldestOpen, string from) =>
        Assert.That(Scheduled(Input with { Ledger = [Recent], OldestOpen = At(oldestOpen) }), Is.EqualTo(new[] { $"{from}/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_AnOpenStateOfBeforeTheHistory_IsNotReachedBackTo() => Assert.That(
        Scheduled(Input with { HistoryStart = new(2026, 11, 10), Ledger = [Recent], OldestOpen = At("2026-11-09T15:00:00Z") }),
        Is.EqualTo(new[] { "2026-11-10T00:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_APartOfTodayReadAnHourAgo_ReadsTodayAgain() => Assert.That(
        Scheduled(Input with
        {
            Ledger =
            [
                Told("2026-11-02T00:00:00Z", "2026-11-10T03:00:00Z", "2026-11-10T11:45:00Z"),
                Told("2026-11-10T03:00:00Z", "2026-11-10T04:00:00Z", "2026-11-10T10:55:00Z"),
                Told("2026-11-10T04:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:45:00Z"),
            ],
        }),
        Is.EqualTo(new[] { "2026-11-10T00:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_APartOfYesterdayReadAnHourAgo_ReadsTheRestOfYesterdayAgain() => Assert.That(
        Scheduled(Input with
        {
            Ledger =
            [
                Told("2026-11-02T00:00:00Z", "2026-11-09T20:00:00Z", "2026-11-10T11:45:00Z"),
                Told("2026-11-09T20:00:00Z", "2026-11-09T21:00:00Z", "2026-11-10T10:00:00Z"),
                Told("2026-11-09T21:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:45:00Z"),
            ],
        }),
        Is.EqualTo(new[] { "2026-11-09T12:00:00Z/2026-11-10T00:00:00Z", "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [TestCase("2026-11-10T11:05:00Z", "2026-11-10T00:00:00Z", Description = "A tick that comes a moment early need not wait for the next.")]
    [TestCase("2026-11-10T11:05:01Z", "2026-11-10T10:00:00Z")]
    public void Scheduled_AnHourIsFiveMinutesShort(string readAt, string from) => Assert.That(
        Scheduled(Input with
        {
            Ledger = [Told("2026-11-02T00:00:00Z", "2026-11-10T00:00:00Z", "2026-11-10T11:45:00Z"), Told("2026-11-10T00:00:00Z", "2026-11-10T11:40:00Z", readAt)],
        }),
        Is.EqualTo(new[] { $"{from}/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_APartOfAnOlderDayReadADayAgo_ReadsThatLocalDayAgain() => Assert.That(
        Scheduled(Input with
        {
            Zone = LosAngeles,
            Ledger =
            [
                Told("2026-11-02T00:00:00Z", "2026-11-05T20:00:00Z", "2026-11-10T09:00:00Z"),
                Told("2026-11-05T20:00:00Z", "2026-11-05T21:00:00Z", "2026-11-09T11:00:00Z"),
                Told("2026-11-05T21:00:00Z", "2026-11-10T08:00:00Z", "2026-11-10T11:45:00Z"),
                Told("2026-11-10T08:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:45:00Z"),
            ],
        }),
        Is.EqualTo(new[] { "2026-11-05T08:00:00Z/2026-11-06T08:00:00Z", "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_TheTiersEndEightDaysAgo() => Assert.That(
        Scheduled(Input with
        {
            Ledger = [Told("2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z", "2026-11-03T01:00:00Z"), Recent with { From = At("2026-11-03T00:00:00Z") }],
        }),
        Is.EqualTo(new[] { "2026-11-02T12:00:00Z/2026-11-03T00:00:00Z", "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [TestCase("2026-11-10T10:30:00Z", "2026-11-10T00:00:00Z/2026-11-10T11:55:00Z", Description = "Within 12 hours, read 90 minutes ago.")]
    [TestCase("2026-11-10T10:45:00Z", "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z", Description = "75 minutes ago is not yet 85.")]
    public void Scheduled_OtherTiers_HaveTheirOwnReachAndAge(string readAt, string expected) => Assert.That(
        Scheduled(Input with
        {
            Tiers = RereadTiers.Parse("12:90"),
            Ledger = [Told("2026-11-02T00:00:00Z", "2026-11-10T00:00:00Z", "2026-11-03T00:00:00Z"), Told("2026-11-10T00:00:00Z", "2026-11-10T11:40:00Z", readAt)],
        }),
        Is.EqualTo(new[] { expected }));

    [Test]
    public void Scheduled_ThreeTiers_EachReadsWhatTheNearerDoesNot() => Assert.That(
        Scheduled(Input with
        {
            Tiers = RereadTiers.Parse("12:60,48:600,240:4320"),
            Ledger = [Told("2026-10-20T00:00:00Z", "2026-11-06T00:00:00Z", "2026-11-06T12:00:00Z"), Told("2026-11-06T00:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T01:00:00Z")],
        }),
        Is.EqualTo(new[] { "2026-10-31T12:00:00Z/2026-11-06T00:00:00Z", "2026-11-08T12:00:00Z/2026-11-10T11:55:00Z" }));

    [TestCase("24:60,192:1440", "2026-11-02")]
    [TestCase("24:60,744:1440", "2026-10-10")]
    [TestCase("3:60", "2026-11-08")]
    [TestCase("", "2026-11-08")]
    public void RecentSince_FollowsTheLongestTier_TwoDaysAtLeast(string tiers, string since) =>
        Assert.That(TableColumns.Text(Planner.RecentSince(Input.Now, Utc, RereadTiers.Parse(tiers))), Is.EqualTo(since));

    [Test]
    public void Scheduled_WithoutTiers_ReadsTheLastTwoHoursAgainAndWhatIsMissing() => Assert.That(
        Scheduled(Input with { Tiers = RereadTiers.Parse(""), Ledger = [Told("2026-11-09T00:00:00Z", "2026-11-10T11:40:00Z", "2026-11-09T00:00:00Z")] }),
        Is.EqualTo(new[] { "2026-11-08T00:00:00Z/2026-11-09T00:00:00Z", "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_ADoubtedEmptyResult_WasReadWhenItWasDoubted() => Assert.That(
        Scheduled(Input with { Ledger = [Recent with { AsOf = At("2026-11-10T08:00:00Z"), EmptyAsOf = At("2026-11-10T11:45:00Z") }] }),
        Is.EqualTo(new[] { "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_WhatIsUnderWay_IsLeftOut() => Assert.That(
        Scheduled(Input with { UnderWay = [Window("2026-11-04T00:00:00Z", "2026-11-05T00:00:00Z"), Window("2026-11-10T00:00:00Z", "2026-11-10T11:40:00Z")] }),
        Is.EqualTo(new[]
        {
            "2026-11-02T00:00:00Z/2026-11-04T00:00:00Z",
            "2026-11-05T00:00:00Z/2026-11-10T00:00:00Z",
            "2026-11-10T11:40:00Z/2026-11-10T11:55:00Z",
        }));

    [Test]
    public void Scheduled_AfterAPause_ReadsTheGap() => Assert.That(
        Scheduled(Input with
        {
            Ledger =
            [
                Told("2026-11-02T00:00:00Z", "2026-11-07T09:00:00Z", "2026-11-09T13:00:00Z"),
                Told("2026-11-08T18:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:45:00Z"),
            ],
        }),
        Is.EqualTo(new[] { "2026-11-07T09:00:00Z/2026-11-08T18:00:00Z", "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Scheduled_ATickBetweenTwoSeconds_PlansWholeSeconds() => Assert.That(
        Scheduled(Input with { Now = At("2026-11-10T12:00:00.987Z"), Ledger = [Recent] }),
        Is.EqualTo(new[] { "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [Test]
    public void Backfill_ReadsTheNewestMissingDays_NotMoreThanAsked() =>
        Assert.That(Backfill(Input, 31), Is.EqualTo(new[] { "2026-10-02T00:00:00Z/2026-11-02T00:00:00Z" }));

    [Test]
    public void Backfill_GoesOnWhereTheLastOneEnded() => Assert.That(
        Backfill(Input with { Ledger = [Told("2026-10-02T00:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:45:00Z")] }, 31),
        Is.EqualTo(new[] { "2026-09-01T00:00:00Z/2026-10-02T00:00:00Z" }));

    [Test]
    public void Backfill_ReadsAroundWhatIsCoveredOrUnderWay() => Assert.That(
        Backfill(
            Input with
            {
                Ledger = [Told("2026-10-30T06:00:00Z", "2026-10-30T18:00:00Z", "2026-11-01T00:00:00Z")],
                UnderWay = [Window("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")],
            },
            3),
        Is.EqualTo(new[]
        {
            "2026-10-29T00:00:00Z/2026-10-30T06:00:00Z",
            "2026-10-30T18:00:00Z/2026-11-01T00:00:00Z",
        }));

    [Test]
    public void Backfill_WithAllHistoryCovered_IsNothing() => Assert.That(
        Backfill(Input with { Ledger = [Told("2026-09-01T00:00:00Z", "2026-11-02T00:00:00Z", "2026-09-02T00:00:00Z")] }, 31), Is.Empty);

    [Test]
    public void Backfill_WithAHistoryOfEightDays_IsNothing() => Assert.That(Backfill(Input with { HistoryStart = new(2026, 11, 2) }, 31), Is.Empty);

    // what could not be read, and when | what is planned at noon of the 10th, all else being covered up to 11:40
    [TestCase("2026-11-10T10:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:15:00Z", "", TestName = "Tried less than an hour ago: it waits, and what follows it and was never read waits with it")]
    [TestCase("2026-11-10T10:00:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:05:00Z", "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z", TestName = "Tried an hour ago")]
    [TestCase("2026-11-10T10:00:00Z", "2026-11-10T11:00:00Z", "2026-11-10T11:15:00Z", "2026-11-10T11:00:00Z/2026-11-10T11:55:00Z", TestName = "What is newer and can be read goes on")]
    [TestCase("2026-11-05T00:00:00Z", "2026-11-06T00:00:00Z", "2026-11-09T12:30:00Z", "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z", TestName = "An older day that was tried less than a day ago waits")]
    [TestCase("2026-11-05T00:00:00Z", "2026-11-06T00:00:00Z", "2026-11-09T12:05:00Z", "2026-11-05T00:00:00Z/2026-11-06T00:00:00Z 2026-11-10T10:00:00Z/2026-11-10T11:55:00Z", TestName = "An older day that was tried a day ago")]
    public void Scheduled_AWindowThatCouldNotBeRead(string from, string to, string tried, string expected)
    {
        var failed = Window(from, to);
        var input = Input with
        {
            Ledger = [.. IntervalMath.Subtract([new Interval(Recent.From, Recent.To)], [failed]).Select(w => new LedgerWindow(w.Start, w.End, Recent.AsOf, 100))],
            FailedReads = [Failed(failed, tried, ImportProblem.RowsUnreadable)],
        };

        Assert.That(string.Join(' ', Scheduled(input)), Is.EqualTo(expected));
    }

    [TestCase(7, "")]
    [TestCase(8, "2026-11-10T11:30:00Z/2026-11-10T11:55:00Z")]
    public void Scheduled_AfterAWindowThatCouldNotBeRead_OnlyRowsThatCanBeReadShowThatItIsOver(int rows, string expected)
    {
        var failed = Window("2026-11-10T10:00:00Z", "2026-11-10T11:30:00Z");
        var input = Input with
        {
            Ledger =
            [
                Recent with { To = failed.Start },
                Told("2026-11-10T11:30:00Z", "2026-11-10T11:40:00Z", "2026-11-10T11:45:00Z") with { Rows = rows, Unreadable = new UnreadableRows(7, "line 2") },
            ],
            FailedReads = [Failed(failed, "2026-11-10T11:15:00Z", ImportProblem.RowsUnreadable)],
        };

        Assert.That(string.Join(' ', Scheduled(input)), Is.EqualTo(expected));
    }

    [Test]
    public void Scheduled_AFailureThatIsNotOfTheReport_IsAskedForAtOnce() => Assert.That(
        Scheduled(Input with { Ledger = [Recent], FailedReads = [Failed(Window("2026-11-10T10:00:00Z", "2026-11-10T11:40:00Z"), "2026-11-10T11:45:00Z", ImportProblem.Five9Failed)] }),
        Is.EqualTo(new[] { "2026-11-10T10:00:00Z/2026-11-10T11:55:00Z" }));

    [TestCase(ImportProblem.RowsUnreadable)]
    [TestCase(ImportProblem.TooManyRowsInAMinute)]
    [TestCase(ImportProblem.GivenUp)]
    public void Backfill_PassesOverWhatFailed_AndComesBackOnceADay(ImportProblem problem)
    {
        var failed = Failed(Window("2026-10-31T00:00:00Z", "2026-11-01T00:00:00Z"), "2026-11-10T01:00:00Z", problem);

        Assert.That(Backfill(Input with { FailedReads = [failed] }, 3), Is.EqualTo(new[] { "2026-10-30T00:00:00Z/2026-10-31T00:00:00Z", "2026-11-01T00:00:00Z/2026-11-02T00:00:00Z" }));
        Assert.That(Backfill(Input with { FailedReads = [failed with { AsOf = At("2026-11-09T23:59:59Z") }] }, 3), Is.EqualTo(new[] { "2026-10-30T00:00:00Z/2026-11-02T00:00:00Z" }));
    }

    [Test]
    public void FailedReads_EndWhereALaterReportWasRead()
    {
        var failed = Failed(Window("2026-11-02T08:00:00Z", "2026-11-02T12:00:00Z"), "2026-11-02T13:00:00Z", ImportProblem.RowsUnreadable);

        var left = FailedReads.Left([failed], [Told("2026-11-02T07:00:00Z", "2026-11-02T09:00:00Z", "2026-11-02T13:00:00Z"), Told("2026-11-02T09:00:00Z", "2026-11-02T10:00:00Z", "2026-11-02T12:59:59Z")]);

        Assert.That(left, Is.EqualTo(new[] { failed with { From = At("2026-11-02T09:00:00Z") } }));
    }

    private static FailedRead Failed(Interval window, string tried, ImportProblem problem) => new(window.Start, window.End, At(tried), new ImportError(problem, "It failed."));

    private static string[] Scheduled(PlanInput input) => Text(Planner.Scheduled(input));

    private static string[] Backfill(PlanInput input, int days) => Text(Planner.Backfill(input, days));
}
