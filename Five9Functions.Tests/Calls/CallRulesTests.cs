using System.Collections.Frozen;
using Five9Functions.Calls;
using NodaTime;
using static Five9Functions.Tests.Calls.CallText;

namespace Five9Functions.Tests.Calls;

/// <summary>What the settings change, whose queue a leg is in, and how lengths are read and rounded.</summary>
public sealed class CallRulesTests
{
    private static readonly CallRules BySkill = new(QueueGrouping.Skill);

    [TestCase(true, "talkSeconds 180 holdSeconds 60 afterCallWorkSeconds 30 handleSeconds 270")]
    [TestCase(false, "talkSeconds 240 holdSeconds 60 afterCallWorkSeconds 30 handleSeconds 330")]
    public void TalkIncludesHold_OrNot(bool includes, string figures) => Assert.That(
        Figures("09:00:10 | Outbound | ann | X | talk 240 hold 40 park 20 acw 30", BySkill with { TalkIncludesHold = includes })[0],
        Is.EqualTo($"X 16:00: outbound 1 outboundHandleSeconds {figures[^3..]}"));

    [TestCase(true, "answered 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 22")]
    [TestCase(false, "answered 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 18")]
    public void WaitIncludesRing_OrNot(bool includes, string figures) => Assert.That(
        Figures("09:00:10 | Inbound | ann | X | wait 18 ring 4 talk 60 flag 0", BySkill with { WaitIncludesRing = includes })[0],
        Is.EqualTo($"X 16:00: offered 1 {figures}"));

    [Test]
    public void Hold_LongerThanTalk_LeavesNoTalk() => Assert.That(
        Figures("09:00:10 | Inbound | ann | X | talk 20 hold 30 acw 1")[0],
        Is.EqualTo("X 16:00: offered 1 answered 1 answeredWithin 1 holdSeconds 30 afterCallWorkSeconds 1 handleSeconds 31"));

    [Test]
    public void Thresholds_OfAQueue_CountForItAlone()
    {
        const string Legs = """
            09:00:10 | Inbound | ann | X | call 1 wait 30 talk 1
            09:00:10 | Inbound | | X | call 2 wait 9 flag 1
            09:00:10 | Inbound | ann | Y | call 3 wait 30 talk 1
            09:00:10 | Inbound | | Y | call 4 wait 9 flag 1
            """;
        var own = new Dictionary<string, CallThresholds> { ["Y"] = new(Duration.FromSeconds(30), Duration.FromSeconds(9)) }.ToFrozenDictionary();

        Assert.That(Figures(Legs, BySkill with { ThresholdsOfQueues = own }).SkipLast(1), Is.EqualTo(new[]
        {
            "X 16:00: offered 2 answered 1 abandoned 1 abandonedWithin 1 talkSeconds 1 handleSeconds 1 waitSecondsAnswered 30 waitSecondsAbandoned 9",
            "Y 16:00: offered 2 answered 1 abandoned 1 abandonedShort 1 answeredWithin 1 abandonedWithin 1 talkSeconds 1 handleSeconds 1 waitSecondsAnswered 30 waitSecondsAbandoned 9",
        }));
        Assert.That(Figures(Legs, BySkill with { Thresholds = new(Duration.FromSeconds(30), Duration.FromSeconds(8)) })[0], Does.Contain("abandoned 1 answeredWithin 1 abandonedWithin 1"));
    }

    [TestCase("wait 20.4 talk 1.5 hold 0.5 acw 0.499", "answered 1 talkSeconds 1 holdSeconds 1 handleSeconds 2 waitSecondsAnswered 20")]
    [TestCase("wait 19.5 talk 0.1", "answered 1 answeredWithin 1 waitSecondsAnswered 20")]
    public void Lengths_AreRoundedOnceHalfUp_AndComparedInMilliseconds(string lengths, string figures) => Assert.That(
        Figures($"09:00:10 | Inbound | ann | X | {lengths}")[0], Is.EqualTo($"X 16:00: offered 1 {figures}"));

    [TestCase("wait 3 ring 4 talk 60 answer 6 abandon 9", "answered 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 6")]
    [TestCase("wait 3 ring 4 talk 60 abandon 9", "answered 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 7")]
    [TestCase("wait 30 ring 4 answer 0 abandon 9 flag 1", "abandoned 1 abandonedWithin 1 waitSecondsAbandoned 9")]
    [TestCase("wait 30 ring 4 answer 0 flag 1", "abandoned 1 waitSecondsAbandoned 34")]
    public void SpeedOfAnswerAndTimeToAbandon_AreTheWait_WhereGiven(string lengths, string figures) => Assert.That(
        Figures($"09:00:10 | Inbound | ann | X | {lengths}")[0], Is.EqualTo($"X 16:00: offered 1 {figures}"));

    [TestCase("talk 60 hold 10 acw 30 handle 91", 91, 0)]
    [TestCase("talk 60 hold 10 acw 30 handle 88.999", 89, 1)]
    [TestCase("talk 60 hold 10 acw 30 handle 91.001", 91, 1)]
    [TestCase("talk 60 hold 10 acw 30 handle 89", 89, 0)]
    public void HandleTime_IsTakenWhereGiven_AndCountedWhereItDiffers(string lengths, int handle, int differs)
    {
        var (day, _) = CallDay.Of(Friday, [Leg($"09:00:10 | Inbound | ann | X | {lengths}"), Leg("09:00:10 | Inbound | | X | call 2 wait 1 handle 9 flag 1")], BySkill);

        Assert.That(day.Intervals[0].Figures.HandleSeconds, Is.EqualTo(handle));
        Assert.That(day.HandleTimeDiffers, Is.EqualTo(differs));
    }

    [Test]
    public void Queue_OfALegWithoutOne_IsThatOfTheNearestEarlierLeg_ElseOfTheNext()
    {
        var legs = new[] { "09:01 | Inbound | | | ", "09:02 | Inbound | | X | ", "09:03 | Inbound | | | ", "09:04 | Inbound | | Y | ", "09:05 | Inbound | | | ", "09:06 | Inbound | | | call 2" };

        Assert.That(CallDay.Of(Friday, legs.Reverse().Select(Leg), BySkill).Legs.OrderBy(leg => leg.Leg.Start).Select(leg => leg.Queue), Is.EqualTo(new[] { "X", "X", "X", "Y", "Y", "(no skill)" }));
    }

    [TestCase(QueueGrouping.Campaign, "", "X", "(no campaign)")]
    [TestCase(QueueGrouping.Campaign, "[Deleted]", "X", "(deleted)")]
    [TestCase(QueueGrouping.Skill, "Sales", "[Deleted]", "(deleted)")]
    public void Queue_ThatIsGoneOrWasNeverThere_HasANameOfItsOwn(QueueGrouping grouping, string campaign, string skill, string queue)
    {
        var leg = Leg("09:01 | Inbound | [Deleted] | X | talk 1") with { Campaign = campaign, Skill = skill };

        var (day, legs) = CallDay.Of(Friday, [leg], new CallRules(grouping));

        Assert.That(legs.Single().Queue, Is.EqualTo(queue));
        Assert.That(day.Intervals.Single().Figures.Answered, Is.EqualTo(1), "A deleted agent is an agent.");
    }

    [Test]
    public void TransferredIn_IsEveryContactButTheFirst_AndComingBackIsNoContact() => Assert.That(
        Figures(
            """
            09:00:10 | Inbound | ann | X | wait 1 talk 1
            09:01:10 | Inbound | bob | Y | wait 1 talk 1
            09:02:10 | Inbound | cat | X | wait 1 talk 1
            """),
        Is.EqualTo(new[]
        {
            "X 16:00: offered 1 answered 1 answeredWithin 1 talkSeconds 2 handleSeconds 2 waitSecondsAnswered 1",
            "Y 16:00: offered 1 answered 1 transferredIn 1 answeredWithin 1 talkSeconds 1 handleSeconds 1 waitSecondsAnswered 1",
            "contactLeg contactLeg contactLeg",
        }));

    [Test]
    public void ThirdParty_InAQueueWithoutAnAnswer_GoesToTheNearestContactThatHasOne() => Assert.That(
        Figures(
            """
            09:00:10 | Inbound | | X | wait 1 flag 0
            09:01:10 | Inbound | ann | Y | wait 1 talk 1
            09:02:10 | 3rd party transfer | zoe | X | talk 9
            """),
        Is.EqualTo(new[]
        {
            "X 16:00: offered 1 diverted 1",
            "Y 16:00: offered 1 answered 1 transferredIn 1 answeredWithin 1 talkSeconds 10 handleSeconds 10 waitSecondsAnswered 1",
            "contactLeg contactLeg thirdParty",
        }));

    [Test]
    public void ReadAsNone_TellsTheWordsOfTheDay()
    {
        var legs = Enumerable.Range(0, 20).Select(i => Leg($"09:00 | Fax | | | call {i}") with { ReadAsNone = $"[word {i % 12:00}]" })
            .Append(Leg("22 09:00 | Fax | | | call 99") with { ReadAsNone = "[another day]" });

        Assert.That(CallDay.Of(Friday, legs, BySkill).Day.ReadAsNone, Is.EqualTo(new[]
        {
            "[word 00]", "[word 01]", "[word 02]", "[word 03]", "[word 04]", "[word 05]", "[word 06]", "[word 07]", "[word 08]", "[word 09]",
        }));
    }

    [Test]
    public void UnknownTypes_AreNamed_WithTheirRowsAndTheirWork()
    {
        var day = CallDay.Of(Friday, [Leg("09:00 | Fax | ann | | call 1 talk 60 acw 10"), Leg("09:01 | Fax | | | call 2"), Leg("09:02 | | bob | | call 3 talk 1.5"), Leg("22 09:00 | Telex | | | call 4")], BySkill).Day;

        Assert.That(day.UnknownTypes.Select(type => type.ToString()), Is.EqualTo(new[] { "blank (1 row, 2 s of work)", "Fax (2 rows, 70 s of work)" }));
    }

    [Test]
    public void Add_LegsOfTwoCalls_IsRefused() => Assert.That(
        () => new CallDay(Friday, BySkill).Add([Leg("09:00 | Fax | | | call 1"), Leg("09:00 | Fax | | | call 2")]),
        Throws.ArgumentException.With.Message.StartsWith("The legs added together are of one call, but these are of '1' and '2': group them by CALL ID first."));
}
