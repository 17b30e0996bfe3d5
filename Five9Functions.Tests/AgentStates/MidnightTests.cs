using NodaTime;

namespace Five9Functions.Tests.AgentStates;

public sealed class MidnightTests
{
    private readonly DayText text = new();

    [Test]
    public void StateAcrossBothMidnights_IsCutAndSaysThatItContinues()
    {
        var day = text.Resolve("Login[M0-60,M1+60)");

        Assert.That(text.Details(day), Is.EqualTo("Login[M0,M1) of [M0-60,M1+60) from-previous-day on-next-day"));
    }

    [Test]
    public void PiecesOverBothMidnights_AreOneState()
    {
        var day = text.Resolve("Login[M0-60,M0) Login[M0,M1) Login[M1,M1+60)");

        Assert.That(text.Details(day), Is.EqualTo("Login[M0,M1) of [M0-60,M1+60) from-previous-day on-next-day"));
        Assert.That(DayText.Text(day.Rows), Is.EqualTo("1 visible"));
    }

    [Test]
    public void PiecesBeyondTheTwoMidnightsOfTheDay_StayApart()
    {
        // The two rows before the day would make a state of two days and an hour; only its last midnight is the day's business.
        var day = text.Resolve("Login[M0-90000,M0-86400) Login[M0-86400,M0) Login[M0,M0+60)");

        Assert.That(text.Details(day), Is.EqualTo("Login[M0,-43140) of [M0-86400,-43140) from-previous-day"));
    }

    [Test]
    public void JoinedLengthDecides()
    {
        // 60 s on this day, but 3,660 s in all: longer than the call.
        var day = text.Resolve("Ready[M0-3600,M0) Ready[M0,M0+60) Inbound[M0,M0+600)");

        Assert.That(text.Details(day), Is.EqualTo("Inbound[M0,-42600) of [M0,-42600) over Ready"));
        Assert.That(DayText.Text(day.Rows), Is.EqualTo("2 visible"), "The reopened row shows with its other piece, on the day before");
    }

    [Test]
    public void OpenLastPiece_MakesTheJoinedStateOpen()
    {
        // The call is longer than the piece that ends at midnight, but no closed state is longer than an open one.
        var day = text.Resolve("Ready[M1-60,M1) Ready[M1,)@M1+50 Inbound[M1-200,M1-30)");

        Assert.That(text.Details(day), Is.EqualTo(
            """
            Inbound[43000,43170) of [43000,43170) over Ready
            Ready[43170,M1) of [43140,) adjusted open on-next-day
            """));
    }

    [Test]
    public void FirstPieceReadBeforeMidnight_TheLastPieceKnowsBetter()
    {
        // Alone, the first piece would be open: its end is not before the instant at which its report was run.
        var day = text.Resolve("Ready[M1-3600,M1)@M1-10 Ready[M1,M1+20)");

        Assert.That(text.Details(day), Is.EqualTo("Ready[39600,M1) of [39600,M1+20) on-next-day"));
    }

    [Test]
    public void LastPieceFromTheFuture_DoesNotCarryTheStateBeyondTheInstantOfTheReport()
    {
        var day = text.Resolve("Ready[M0,M1)@100 Ready[M1,M1+50)@100");

        Assert.That(text.Details(day), Is.EqualTo("Ready[M0,100) of [M0,M1+50) adjusted open"));
    }

    [TestCase("Not Ready/a[M0-60,M0) Not Ready/b[M0,M0+60)", "Not Ready/b[M0,-43140) of [M0,-43140)", TestName = "OtherReason")]
    [TestCase("Inbound#1[M0-60,M0) Inbound#2[M0,M0+60)", "Inbound#2[M0,-43140) of [M0,-43140)", TestName = "OtherCall")]
    [TestCase("Ready[M0-60,M0) Inbound[M0,M0+60)", "Inbound[M0,-43140) of [M0,-43140)", TestName = "OtherState")]
    [TestCase("Ready[M0-60,M0-1) Ready[M0,M0+60)", "Ready[M0,-43140) of [M0,-43140)", TestName = "EndsASecondBefore")]
    [TestCase("Ready[M0-60,M0) Ready[M0+1,M0+60)", "Ready[-43199,-43140) of [-43199,-43140)", TestName = "StartsASecondAfter")]
    public void NotTheSameState_IsNotJoined(string rows, string details)
    {
        Assert.That(text.Details(text.Resolve(rows)), Is.EqualTo(details));
    }

    [Test]
    public void ZeroLengthPieces_NeverJoin()
    {
        var day = text.Resolve("Ready[M0-60,M0) Ready[M0,M0)");

        Assert.That(text.Details(day), Is.Empty);
        Assert.That(DayText.Text(day.Rows), Is.EqualTo("1 marker"));
    }

    [Test]
    public void LogoutWithoutLengthAtMidnight_IsAMarkerAndNoPiece()
    {
        var day = text.Resolve("Logout[M1-60,M1) Logout[M1,)");

        Assert.That(text.Details(day), Is.EqualTo("Logout[43140,M1) of [43140,M1)"));
    }

    [Test]
    public void SeveralCandidates_TheLongestOfBothSidesBelongTogether()
    {
        var day = text.Resolve("Inbound[M0-50,M0) Inbound[M0-10,M0) Inbound[M0,M0+5) Inbound[M0,M0+20)");

        Assert.That(text.Details(day), Is.EqualTo(
            """
            Inbound[M0,-43195) of [M0-10,-43195) from-previous-day
            Inbound[-43195,-43180) of [M0-50,-43180) adjusted
            """));
    }

    [Test]
    public void ReopenedInsideAnUncutOne_IsADuplicateOfAnyDay_BeforeAnythingIsJoined()
    {
        // The reopened piece may not be joined to the shorter one that ends at midnight, either.
        var day = text.Resolve("Login[M0-100000,M0+50) Login[M0-86400,M0+50) Login[M0-60,M0) Login[M0,M0+50)");

        Assert.That(text.Details(day), Is.EqualTo("Login[M0,-43150) of [M0-100000,-43150) from-previous-day"));
        Assert.That(DayText.Text(day.Rows), Is.EqualTo("1 duplicate"));
    }

    [Test]
    public void ReopenedWithAnotherEnd_IsNoDuplicate()
    {
        var day = text.Resolve("Ready[M0-60,M0+50) Ready[M0,M0+51)");

        Assert.That(text.Text(day), Is.EqualTo("Ready[M0,-43149)"));
        Assert.That(DayText.Text(day.Rows), Is.EqualTo("1 visible"));
    }

    [Test]
    public void OpenOnBothDays_TheReopenedPieceIsNoDuplicate()
    {
        // The older row was read before midnight: it runs to the end of its own day and cannot speak for the next.
        var day = text.Resolve("Ready[M0-60,)@M0-30 Ready[M0,)@M0+30");

        Assert.That(text.Details(day), Is.EqualTo("Ready[M0,-43170) of [M0,) open"));
    }

    [TestCase("2026-11-01", "Login[M0,M1)", "Login[M0,M1) of [M0,M1)", 90_000, TestName = "Row19_AutumnDayHas25Hours")]
    [TestCase("2026-03-08", "Login[M0,M1)", "Login[M0,M1) of [M0,M1)", 82_800, TestName = "Row19_SpringDayHas23Hours")]
    [TestCase("2026-11-01", "Ready[M0,)", "Ready[M0,M1) of [M0,) open", 90_000, TestName = "Row19_OpenRunsToTheEndOfTheAutumnDay")]
    [TestCase("2026-03-08", "Ready[M0,)", "Ready[M0,M1) of [M0,) open", 82_800, TestName = "Row19_OpenRunsToTheEndOfTheSpringDay")]
    [TestCase("2026-11-01", "Ready[M0-60,M0) Ready[M0,M1) Ready[M1,M1+60)", "Ready[M0,M1) of [M0-60,M1+60) from-previous-day on-next-day", 90_000, TestName = "Row19_JoinedOverTheAutumnDay")]
    public void DaysOfOtherLengths(string date, string rows, string details, int seconds)
    {
        var dst = new DayText(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value);

        var day = dst.Resolve(rows);

        Assert.That(dst.Details(day), Is.EqualTo(details));
        Assert.That((day.Segments[0].End - day.Segments[0].Start).TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public void Row19_HourThatOccursTwice_LengthsAreThoseOfTheClockOnTheWall()
    {
        // 01:30 PDT, the earlier, for 40 minutes, and 01:30 PST for 10: no overlap at all, though the local times say so.
        var autumn = new DayText(new LocalDate(2026, 11, 1));

        var day = autumn.Resolve("Inbound[-41400,-39000) Ready[-37800,-37200)");

        Assert.That(day.Segments.Select(segment => (segment.State, segment.Start, segment.End)), Is.EqualTo(new[]
        {
            ("Inbound", Instant.FromUtc(2026, 11, 1, 8, 30), Instant.FromUtc(2026, 11, 1, 9, 10)),
            ("Ready", Instant.FromUtc(2026, 11, 1, 9, 30), Instant.FromUtc(2026, 11, 1, 9, 40)),
        }));
    }

    [Test]
    public void RowsOutsideTheNineDays_ArePassedOver()
    {
        var day = text.Resolve("Login[M0-691201,M0-86400) Ready[0,10) Inbound[M1+86400,M1+86500)");

        Assert.That(text.Text(day), Is.EqualTo("Ready[0,10)"));
        Assert.That(DayText.Text(day.Rows), Is.EqualTo("1 visible"));
    }
}
