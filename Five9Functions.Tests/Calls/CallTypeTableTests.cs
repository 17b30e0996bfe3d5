using Five9Functions.Calls;
using static Five9Functions.Tests.Calls.CallText;

namespace Five9Functions.Tests.Calls;

/// <summary>A test for each row of the table by call type in docs/calls.md, in its order. Queues are skills.</summary>
public sealed class CallTypeTableTests
{
    [Test]
    public void Inbound_WhereNoLegOfTheCallQueued_IsIvrOnlyOnce_InTheIntervalOfTheFirst() => Is(
        """
        09:00:10 | Inbound | | | wait 0 flag 0
        09:16:00 | Inbound | | X | flag 0
        """,
        "X 16:00: ivrOnly 1",
        "ivrOnly ivrOnly");

    [Test]
    public void Inbound_ThatDidNotQueue_OfACallThatDid_CountsNowhere() => Is(
        """
        09:00:10 | Inbound | | Menu | wait 0 flag 0
        09:01:00 | Inbound | ann | X | wait 3 talk 60 flag 0
        """,
        "X 16:00: offered 1 answered 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 3",
        "contactLeg contactLeg");

    [Test]
    public void Inbound_OfWhichSomeLegWasWorked_IsAnsweredOnce_WithAllThatWasWorked() => Is(
        """
        09:00:10 | Inbound | ann | X | wait 10 ring 20 talk 0
        09:01:00 | Inbound | bob | X | wait 2 ring 3 talk 60 hold 20 acw 5
        09:20:00 | Inbound | cat | X | wait 7 talk 30 flag 0
        09:25:00 | Inbound | | X | wait 9 flag 1
        """,
        "X 16:00: offered 1 answered 1 talkSeconds 70 holdSeconds 20 afterCallWorkSeconds 5 handleSeconds 95 waitSecondsAnswered 35",
        "contactLeg contactLeg contactLeg contactLeg");

    [TestCase("wait 4", "abandonedShort 1 abandonedWithin 1 waitSecondsAbandoned 4")]
    [TestCase("wait 5", "abandonedShort 1 abandonedWithin 1 waitSecondsAbandoned 5")]
    [TestCase("wait 5.001", "abandonedWithin 1 waitSecondsAbandoned 5")]
    [TestCase("wait 20", "abandonedWithin 1 waitSecondsAbandoned 20")]
    [TestCase("wait 20.001", "waitSecondsAbandoned 20")]
    public void Inbound_NotWorked_WithTheFlag_IsAbandoned(string wait, string figures) => Is(
        $"09:00:10 | Inbound | | X | {wait} flag 1", $"X 16:00: offered 1 abandoned 1 {figures}", "contactLeg");

    [Test]
    public void Inbound_AnAgentWithAfterCallWorkButNoTalk_OnAnAbandonedLeg_DidNotWork() => Is(
        "09:00:10 | Inbound | ann | X | wait 30 acw 9 flag 1", "X 16:00: offered 1 abandoned 1 waitSecondsAbandoned 30", "contactLeg");

    [TestCase("flag 1", "wait 30", "abandoned 1 waitSecondsAbandoned 42")]
    [TestCase("", "wait 30 flag 1", "abandoned 1 waitSecondsAbandoned 42")]
    [TestCase("flag 1", "wait 30 flag 0", "diverted 1")]
    public void Inbound_TheLastLegOfTheContactDecides_AndAllItsWaitsCount(string first, string last, string figures) => Is(
        $"""
        09:00:10 | Inbound | | X | wait 12 {first}
        09:01:00 | Inbound | | X | {last}
        """,
        $"X 16:00: offered 1 {figures}",
        "contactLeg contactLeg");

    [Test]
    public void Inbound_AFlagThatSaysNothing_AndNoLaterLeg_IsAbandoned() => Is(
        "09:00:10 | Inbound | | X | wait 30", "X 16:00: offered 1 abandoned 1 waitSecondsAbandoned 30", "contactLeg");

    [TestCase("flag 0", "", "contactLeg")]
    [TestCase("", "\n09:05:00 | 3rd party transfer | | | ", "contactLeg thirdParty")]
    [TestCase("", "\n09:05:00 | Fax | | | ", "contactLeg unclassified")]
    public void Inbound_FlagZero_OrNothingWithALaterLeg_IsDiverted(string flag, string later, string classes) => Is(
        $"09:00:10 | Inbound | | X | wait 30 {flag}{later}", "X 16:00: offered 1 diverted 1", classes);

    [Test]
    public void QueueCallback_Worked_JoinsTheInboundContact_AndIsNeverInTime() => Is(
        """
        09:00:10 | Inbound | | X | wait 4 flag 0
        09:40:00 | Queue Callback | eve | X | ring 9 talk 60 acw 10 flag 0
        """,
        "X 16:00: offered 1 answered 1 talkSeconds 60 afterCallWorkSeconds 10 handleSeconds 70 waitSecondsAnswered 4",
        "contactLeg contactLeg");

    [Test]
    public void QueueCallback_Worked_WithoutAnInboundContactInItsQueue_IsAContactOfItsOwn() => Is(
        """
        09:00:10 | Inbound | | X | wait 4 flag 0
        09:40:00 | Queue Callback | eve | Y | ring 9 talk 60 flag 0
        """,
        "X 16:00: offered 1 diverted 1",
        "Y 16:30: offered 1 answered 1 transferredIn 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 9",
        "contactLeg contactLeg");

    [TestCase("")]
    [TestCase("eve")]
    public void QueueCallback_NotWorked_IsAnAttempt(string agent) => Is(
        $"09:40:00 | Queue Callback | {agent} | X | wait 5 flag 1", "callbackAttempt");

    [Test]
    public void InboundVoicemail_Worked_IsOtherHandleTime_InItsOwnInterval() => Is(
        """
        09:00:10 | Inbound | | X | wait 90 flag 0
        09:16:00 | Inbound Voicemail | eve | X | talk 40 acw 20
        """,
        "X 16:00: offered 1 diverted 1",
        "X 16:15: otherHandleSeconds 60",
        "contactLeg voicemail");

    [Test]
    public void InboundVoicemail_NotWorked_IsNothing() => Is("09:16:00 | Inbound Voicemail | | X | ", "voicemail");

    [TestCase("3rd party transfer", "ann")]
    [TestCase("3rd party conference", "ann")]
    [TestCase("3rd party transfer", "")]
    public void ThirdParty_OfAnAgentOnAnotherLeg_OrNobody_IsNothing(string type, string agent) => Is(
        $"""
        09:00:10 | Inbound | ann | X | wait 5 talk 60 flag 0
        09:01:00 | {type} | {agent} | X | talk 30
        """,
        "X 16:00: offered 1 answered 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 5",
        "contactLeg thirdParty");

    [TestCase("3rd party transfer")]
    [TestCase("3rd party conference")]
    public void ThirdParty_OfAnotherAgent_GoesToTheContactOfItsQueue(string type) => Is(
        $"""
        09:00:10 | Inbound | ann | X | wait 5 talk 60 flag 0
        09:10:00 | Inbound | bob | Y | wait 1 talk 60 flag 0
        09:20:00 | {type} | zoe | X | talk 30 hold 10 acw 3
        """,
        "X 16:00: offered 1 answered 1 answeredWithin 1 talkSeconds 80 holdSeconds 10 afterCallWorkSeconds 3 handleSeconds 93 waitSecondsAnswered 5",
        "Y 16:00: offered 1 answered 1 transferredIn 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 1",
        "contactLeg contactLeg thirdParty");

    [Test]
    public void ThirdParty_OfAnotherAgent_WithoutAContact_GoesToTheOutboundLeg() => Is(
        """
        09:00:10 | Outbound | ann | X | talk 60 flag 0
        09:20:00 | 3rd party transfer | zoe | Y | talk 30 acw 3
        """,
        "X 16:00: outbound 1 outboundHandleSeconds 93",
        "outbound thirdParty");

    [Test]
    public void ThirdParty_OfAnotherAgent_WithNeither_IsOtherHandleTime() => Is(
        """
        09:00:10 | Inbound | | X | wait 30 flag 0
        09:20:00 | 3rd party transfer | zoe | X | talk 30 acw 3
        """,
        "X 16:00: offered 1 diverted 1",
        "X 16:15: otherHandleSeconds 33",
        "contactLeg thirdParty");

    [TestCase("Outbound")]
    [TestCase("Manual")]
    [TestCase("Preview")]
    [TestCase("Autodial")]
    [TestCase(" AUTODIAL ")]
    [TestCase("Agent")]
    [TestCase("Outbound Preview")]
    [TestCase("OUTBOUND_PREVIEW")]
    [TestCase("Outbound Voicemail")]
    [TestCase("OUTBOUND_VOICEMAIL")]
    public void Outbound_Worked_IsOutboundWithItsHandleTime(string type) => Is(
        $"09:16:00 | {type} | ann | X | wait 3 talk 60 hold 10 acw 5", "X 16:15: outbound 1 outboundHandleSeconds 65", "outbound");

    [TestCase("Outbound", "")]
    [TestCase("Manual", "ann")]
    [TestCase("Preview", "")]
    [TestCase("Autodial", "ann")]
    [TestCase("AGENT", "")]
    [TestCase("Outbound  Preview", "ann")]
    [TestCase("Outbound Voicemail", "")]
    public void Outbound_NotWorked_IsAnAttempt_EvenAbandoned(string type, string agent) => Is(
        $"09:16:00 | {type} | {agent} | X | wait 3 flag 1", "X 16:15: outboundAttempts 1", "attempt");

    [TestCase("Internal")]
    [TestCase("Skill Call")]
    [TestCase("Test Manual")]
    [TestCase("Internal Voicemail")]
    [TestCase("INTERNAL_VOICEMAIL")]
    [TestCase("Test")]
    public void Internal_IsNothing(string type) => Is($"09:16:00 | {type} | ann | X | ring 3 talk 60", "internal");

    [Test]
    public void AnythingElse_IsUnclassified() => Is("09:16:00 | Fax | ann | X | wait 9 talk 60 flag 1", "unclassified");

    [TestCase("")]
    [TestCase("Eingehend")]
    [TestCase("Sortante")]
    [TestCase("Inbound Fax")]
    [TestCase("In bound")]
    public void ABlankOrTranslatedType_IsUnclassified(string type) => Is($"09:16:00 | {type} | ann | X | wait 9 talk 60 flag 1", "unclassified");

    [TestCase("Web Callback")]
    [TestCase("Inbound Callback")]
    [TestCase("QUEUE_CALLBACK")]
    public void ACallbackByAnyName_Worked_JoinsTheInboundContact(string type) => Is(
        $"""
        09:00:10 | Inbound | | X | wait 4 flag 0
        09:40:00 | {type} | eve | X | ring 9 talk 60 acw 10 flag 0
        """,
        "X 16:00: offered 1 answered 1 talkSeconds 60 afterCallWorkSeconds 10 handleSeconds 70 waitSecondsAnswered 4",
        "contactLeg contactLeg");

    [TestCase("INBOUND_VOICEMAIL", "Inbound Voicemail", CallType.InboundVoicemail)]
    [TestCase(" outbound_preview", "Outbound Preview", CallType.Outbound)]
    [TestCase("Web Callback", "Web Callback", CallType.QueueCallback)]
    [TestCase("3rd_party_transfer", "3rd party transfer", CallType.ThirdParty)]
    [TestCase(" My_Type ", "My_Type", CallType.Unclassified)]
    [TestCase("", "", CallType.Unclassified)]
    public void ATypeIsStored_InOneSpelling(string reported, string name, CallType type) => Assert.That(CallTypes.Read(reported), NUnit.Framework.Is.EqualTo((name, type)));

    private static void Is(string legs, params string[] expected) => Assert.That(Figures(legs), NUnit.Framework.Is.EqualTo(expected));
}
