namespace Five9Functions.Tests.AgentStates;

public sealed class OpenStateTests
{
    private readonly DayText text = new();

    [TestCase("Ready[0,)@100", "Ready[0,100) of [0,) open", TestName = "NoEnd_RunsToTheInstantTheReportWasRun")]
    [TestCase("Ready[0,)@100.9", "Ready[0,100) of [0,) open", TestName = "FractionsOfThatInstantAreDropped")]
    [TestCase("Ready[0,)@M1+5", "Ready[0,M1) of [0,) open", TestName = "NoEnd_RunsToTheEndOfItsDayAtMost")]
    [TestCase("Ready[M0-60,)", "", TestName = "NoEnd_OfTheDayBefore_DoesNotReachThisDay")]
    [TestCase("Ready[0,120)@100", "Ready[0,100) of [0,120) adjusted open", TestName = "EndsAfterTheReportWasRun")]
    [TestCase("Ready[0,100)@100", "Ready[0,100) of [0,100) open", TestName = "EndsAsTheReportWasRun")]
    [TestCase("Ready[0,99)@100", "Ready[0,99) of [0,99)", TestName = "EndsBeforeTheReportWasRun_IsClosed")]
    [TestCase("Ready[0,100)@100.5", "Ready[0,100) of [0,100)", TestName = "EndsHalfASecondBefore_IsClosed")]
    public void OneOpenState(string rows, string details)
    {
        Assert.That(text.Details(text.Resolve(rows)), Is.EqualTo(details));
    }

    [Test]
    public void StartsAfterTheReportWasRun_IsAMarker()
    {
        Assert.That(DayText.Text(text.Resolve("Ready[5,)@3").Rows), Is.EqualTo("1 marker"));
    }

    [Test]
    public void AnyClosedState_IsShorterThanAnyOpenOne()
    {
        var day = text.Resolve("Login[-1000,1000)@2000 Inbound[-10,)@500");

        Assert.That(text.Details(day), Is.EqualTo("Login[-1000,1000) of [-1000,1000) over Call"));
        Assert.That(DayText.Text(day.Rows), Is.EqualTo("1 visible 1 absorbed"));
    }

    [Test]
    public void OpenWithOneStart_TheRankDecides()
    {
        Assert.That(text.Text(text.Resolve("Ready[0,)@100 Inbound[0,)@50")), Is.EqualTo("Inbound[0,50) Ready[50,100)"));
    }

    [Test]
    public void Logout_ClosesEveryOpenState_AndTheyTakeTheirOrdinaryLength()
    {
        // Open, the newer Inbound would show; closed at 60, it is also the shorter one. Not Ready began later and stays open.
        var day = text.Resolve("Ready[0,)@100 Inbound[50,)@100 Logout[60,)@100 Not Ready[70,)@100");

        Assert.That(text.Details(day), Is.EqualTo(
            """
            Ready[0,50) of [0,) adjusted
            Inbound[50,60) of [50,) over Ready
            Not Ready[70,100) of [70,) open
            """));
    }

    [TestCase("Ready[60,)@100 Logout[60,)@100", "", "2 marker", TestName = "StateOfTheSameInstant_IsAMarker")]
    [TestCase("Ready[0,90)@100 Logout[60,)@100", "Ready[0,90) of [0,90)", "1 visible 1 marker", TestName = "ClosedStates_AreLeftAlone")]
    [TestCase("Ready[0,)@60 Logout[60,)@60.5", "Ready[0,60) of [0,)", "1 visible 1 marker", TestName = "AtTheInstantTheReportWasRun_EndsTheState")]
    [TestCase("Ready[0,)@M1+100 Logout[M1,)@M1+100", "Ready[0,M1) of [0,)", "1 visible", TestName = "AtTheEndOfTheDay_EndsTheState")]
    [TestCase("Ready[0,)@60 Logout[61,)@100", "Ready[0,60) of [0,) open", "1 visible 1 marker", TestName = "StateThatWasNotSeenThatLong_StaysOpen")]
    [TestCase("Ready[0,120)@100 Logout[60,)@100", "Ready[0,60) of [0,120) adjusted", "1 visible 1 marker", TestName = "EndAfterTheReportWasRun_IsClosedToo")]
    [TestCase("Ready[0,)@100 Logout[70,)@100 Logout[40,)@100", "Ready[0,40) of [0,)", "1 visible 2 marker", TestName = "TheFirstOneCounts")]
    [TestCase("Logged Out[0,200)@100 Logout[60,)@100", "Logged Out[0,60) of [0,200) adjusted", "1 visible 1 marker", TestName = "LoggedOutItself_IsClosedByALaterOne")]
    [TestCase("Logged Out[0,200)@100 Logout[0,)@100", "Logged Out[0,100) of [0,200) adjusted open", "1 visible 1 marker", TestName = "LoggedOutItself_NotByOneOfTheSameInstant")]
    [TestCase("Logout[0,)@100", "", "1 marker", TestName = "AloneIsAMarker")]
    public void Logout(string rows, string details, string accounting)
    {
        var day = text.Resolve(rows);

        Assert.That((text.Details(day), DayText.Text(day.Rows)), Is.EqualTo((details, accounting)));
    }

    [Test]
    public void LaterImportClosesTheState_AllIsResolvedAnew()
    {
        Assert.That(text.Text(text.Resolve("Ready[0,)@100 Login[0,90)@100")), Is.EqualTo("Login[0,90) Ready[90,100)"));
        Assert.That(text.Text(text.Resolve("Ready[0,70)@200 Login[0,90)@200")), Is.EqualTo("Ready[0,70) Login[70,90)"));
    }
}
