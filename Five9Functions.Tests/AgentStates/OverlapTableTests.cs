using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.Tests.AgentStates;

/// <summary>The table of cases in docs/overlap-rules.md, one test case for each row.</summary>
public sealed class OverlapTableTests
{
    [TestCase("Ready[0,5) Inbound[0,180)", "Ready[0,5) Inbound[5,180)", "2 visible", TestName = "Row01_StartOfTheLongerBecomesEndOfTheShorter")]
    [TestCase("Ready[0,180) Ringing[0,5) Inbound[0,60)", "Ringing[0,5) Inbound[5,60) Ready[60,180)", "3 visible", TestName = "Row02_ThreeWithOneStart")]
    [TestCase("Ready[0,10) Inbound[5,100)", "Ready[0,10) Inbound[10,100)", "2 visible", TestName = "Row03_ShorterFirst")]
    [TestCase("Inbound[0,100) Ready[95,110)", "Inbound[0,95) Ready[95,110)", "2 visible", TestName = "Row04_LongerFirst")]
    [TestCase("Inbound[0,100) Ready[40,50)", "Inbound[0,40) Ready[40,50) Inbound[50,100)", "2 visible", TestName = "Row05_Contained")]
    [TestCase("Inbound[0,100) Ready[90,100)", "Inbound[0,90) Ready[90,100)", "2 visible", TestName = "Row06_SameEnd")]
    [TestCase(
        "Login[0,100) Ready[10,20) Inbound[30,50)",
        "Login[0,10) Ready[10,20) Login[20,30) Inbound[30,50) Login[50,100)",
        "3 visible",
        TestName = "Row07_SeveralInside")]
    [TestCase(
        "Login[0,100) Ready[20,80) Inbound[40,60)",
        "Login[0,20) Ready[20,40) Inbound[40,60) Ready[60,80) Login[80,100)",
        "3 visible",
        TestName = "Row08_Nested")]
    [TestCase("Ringing[0,10) Inbound[5,25) Ready[20,60)", "Ringing[0,10) Inbound[10,25) Ready[25,60)", "3 visible", TestName = "Row09_ChainGrowing")]
    [TestCase("Inbound[0,40) Ready[30,50) ACW[45,55)", "Inbound[0,30) Ready[30,45) ACW[45,55)", "3 visible", TestName = "Row10_ChainShrinking")]
    [TestCase("Ready[0,10) Inbound[5,15)", "Ready[0,10) Inbound[10,15)", "2 visible", TestName = "Row11_EqualLengthShifted")]
    [TestCase("Ready[0,10) Inbound[0,10)", "Inbound[0,10)", "1 visible 1 absorbed", TestName = "Row12_SameStartAndEnd")]
    [TestCase("Ready[0,10)!b Ready[0,10)!a", "Ready[0,10)", "1 visible 1 duplicate", TestName = "Row13_OneRowTwice")]
    [TestCase("Login[0,10) Ready[0,6) Inbound[4,10)", "Ready[0,6) Inbound[6,10)", "2 visible 1 absorbed", TestName = "Row14_CoveredByShorterOnes")]
    [TestCase("Ready[0,10) Inbound[5,5)", "Ready[0,10)", "1 visible 1 marker", TestName = "Row15_ZeroLength")]
    [TestCase("Ready[0,5) Ready[5,9)", "Ready[0,5) Ready[5,9)", "2 visible", TestName = "Row16_Touching")]
    [TestCase("Login[-40000,50000)", "Login[-40000,M1)", "1 visible", TestName = "Row17_TwentyFiveHoursAreAValidLength")]
    [TestCase(
        "Ready[M0-3600,M0) Ready[M0,M0+1800) Inbound[M0-2000,M0+1000)",
        "Inbound[M0,-42200) Ready[-42200,-41400)",
        "1 visible",
        TestName = "Row18_CutAtMidnight_JoinedBeforeLengthsAreCompared")]
    [TestCase("Ready[M0-3600,M0+1800) Ready[M0,M0+1800)", "Ready[M0,-41400)", "1 duplicate", TestName = "Row18_ReopenedInsideAnUncutOne")]
    [TestCase("Ready[0,)@100 Inbound[20,30)@100", "Ready[0,20) Inbound[20,30) Ready[30,100)", "2 visible", TestName = "Row20_OpenUntilTheReportWasRun")]
    [TestCase("Ready[0,100)@100", "Ready[0,100)", "1 visible", TestName = "Row20_OpenWhenItEndsAsTheReportWasRun")]
    [TestCase("Ready[0,25)@200 Inbound[20,30)@200", "Ready[0,20) Inbound[20,30)", "2 visible", TestName = "Row20_ClosedByALaterImport")]
    [TestCase("Ready[0,)@100 Inbound[50,)@80", "Ready[0,50) Inbound[50,80) Ready[80,100)", "2 visible", TestName = "Row21_SeveralOpen_NewerShows_OlderResumes")]
    [TestCase("Ready[0,)@100 Logout[60,)@100", "Ready[0,60)", "1 visible 1 marker", TestName = "Row22_LogoutWithoutLength")]
    [TestCase("Ready[0,)@100 Logout[60,60)@100", "Ready[0,60)", "1 visible 1 marker", TestName = "Row22_LogoutOfNoLength")]
    [TestCase("Ready[0,)@100 Logout[60,90)@100", "Ready[0,60) Logout[60,90)", "2 visible", TestName = "Row22_LogoutWithLength")]
    [TestCase(
        "Login[0,1000) Ready[100,200) Not Ready[200,900)",
        "Login[0,100) Ready[100,200) Not Ready[200,900) Login[900,1000)",
        "3 visible",
        TestName = "Row23_LoginSpansTheShift")]
    [TestCase("Inbound#1[0,100) Inbound#2[20,40)", "Inbound#1[0,20) Inbound#2[20,40) Inbound#1[40,100)", "2 visible", TestName = "Row24_TwoCallsAtOnce")]
    [TestCase("On Call[0,100) On Hold[30,40)", "On Call[0,30) On Hold[30,40) On Call[40,100)", "2 visible", TestName = "Row25_HoldInsideCall")]
    public void Resolve(string rows, string segments, string accounting)
    {
        var text = new DayText();

        var day = text.Resolve(rows);

        Assert.That((text.Text(day), DayText.Text(day.Rows)), Is.EqualTo((segments, accounting)));
    }

    /// <summary>13:00:00 to 13:00:05 Ready, 13:00:00 to 13:03:00 Inbound: the example that the whole product is about.</summary>
    [Test]
    public void SeedExample_SaysWhatItDid()
    {
        var text = new DayText();

        var day = text.Resolve("Ready[3600,3605) Inbound[3600,3780)");

        Assert.That(text.Details(day), Is.EqualTo(
            """
            Ready[3600,3605) of [3600,3605) over Call
            Inbound[3605,3780) of [3600,3780) adjusted
            """));
    }

    [Test]
    public void OneRowTwice_TheSmallestCanonicalFormIsKept()
    {
        var day = new DayText().Resolve("Ready[0,10)!b Ready[0,10)!a Ready[0,10)!c");

        Assert.That(day.Segments.Single().AgentName, Is.EqualTo("Anna"));
    }

    [TestCase("Login[0,10) Ready[0,10) Unknown word[0,10)", "Unknown word[0,10)", TestName = "Tie_BetterRank")]
    [TestCase("Outbound[0,10) Inbound[0,10)", "Inbound[0,10)", TestName = "Tie_StateOrdinal")]
    [TestCase("Not Ready/b[0,10) Not Ready/B[0,10) Not Ready[0,10)", "Not Ready[0,10)", TestName = "Tie_ReasonOrdinal")]
    [TestCase("Inbound#10[0,10) Inbound#9[0,10)", "Inbound#10[0,10)", TestName = "Tie_CallOrdinal")]
    public void Resolve_Ties(string rows, string segments)
    {
        var text = new DayText();

        Assert.That(text.Text(text.Resolve(rows)), Is.EqualTo(segments));
    }

    [Test]
    public void AbsorbedStatesAndMarkers_DoNotSplitWhatIsVisible()
    {
        var text = new DayText();

        var day = text.Resolve("Ready[0,10) Login[2,40) Not Ready[4,40) Logout[6,6)");

        Assert.That(text.Details(day), Is.EqualTo(
            """
            Ready[0,10) of [0,10) over NotReady+Login
            Not Ready[10,40) of [4,40) adjusted over Login
            """));
    }

    [Test]
    public void AlsoActive_IsNeverTheOwnKind_AndOnlyWhatLiesUnderTheSegment()
    {
        var text = new DayText();

        var day = text.Resolve("Inbound[0,100) Outbound[10,20) Ready[15,60)");

        Assert.That(text.Details(day), Is.EqualTo(
            """
            Inbound[0,10) of [0,100) adjusted
            Outbound[10,20) of [10,20) over Ready
            Ready[20,60) of [15,60) adjusted over Call
            Inbound[60,100) of [0,100) adjusted
            """));
    }

    [Test]
    public void NoRows_NoTimeline()
    {
        var day = new DayText().Resolve("");

        Assert.That(day.Segments, Is.Empty);
        Assert.That(day.Rows.Rows, Is.Zero);
    }

    /// <summary>A state begins at every second and lasts to midnight: a pass that asked all active ones at every instant would take hours.</summary>
    [Test]
    public void ManyRowsOfOneAgent_AreResolvedInOnePass()
    {
        var text = new DayText();
        var login = text.Rows("Login[M0,M1)").Single();
        var ready = Enumerable.Range(0, 86_400).Select(second => login with
        {
            State = "Ready",
            Kind = StateKind.Ready,
            Start = login.Start + Duration.FromSeconds(second),
            Length = Duration.FromSeconds(86_400 - second),
        });
        var calls = Enumerable.Range(0, 43_200).Select(second => login with
        {
            State = "Inbound",
            Kind = StateKind.Call,
            Start = login.Start + Duration.FromSeconds(second * 2),
            Length = Duration.FromSeconds(1),
        }).ToList();

        var day = AgentTimeline.Resolve(text.Day, [login, .. ready, .. calls, .. calls]);

        Assert.That(DayText.Text(day.Rows), Is.EqualTo("86400 visible 43201 absorbed 43200 duplicate"));
        Assert.That(day.Segments, Has.Count.EqualTo(86_400));
    }

    [Test]
    public void RowsOfTwoAgents_AreRefused()
    {
        var text = new DayText();
        var rows = text.Rows("Ready[0,10) Inbound[5,20)").Select((row, i) => row with { Agent = i == 0 ? "ann" : "Ann" }).ToList();

        Assert.That(
            () => AgentTimeline.Resolve(text.Day, rows),
            Throws.ArgumentException.With.Message.Contains("of 'ann' and 'Ann': group them by agent first"));
    }
}
