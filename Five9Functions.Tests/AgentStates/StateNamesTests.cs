using Five9Functions.AgentStates;

namespace Five9Functions.Tests.AgentStates;

public sealed class StateNamesTests
{
    [TestCase("On Call", "On Call", StateKind.Call)]
    [TestCase("inbound", "Inbound", StateKind.Call)]
    [TestCase("OUTBOUND", "Outbound", StateKind.Call)]
    [TestCase("Manual", "Manual", StateKind.Call)]
    [TestCase("Autodial", "Autodial", StateKind.Call)]
    [TestCase("Internal", "Internal", StateKind.Call)]
    [TestCase("queue-callback", "Queue Callback", StateKind.Call)]
    [TestCase("3RD_PARTY_TRANSFER", "3rd Party Transfer", StateKind.Call)]
    [TestCase("3rd party conference", "3rd Party Conference", StateKind.Call)]
    [TestCase("Skill Call", "Skill Call", StateKind.Call)]
    [TestCase("test manual", "Test Manual", StateKind.Call)]
    [TestCase("on hold", "On Hold", StateKind.Hold)]
    [TestCase("ON_PARK", "On Park", StateKind.Hold)]
    [TestCase("Ringing", "Ringing", StateKind.Ringing)]
    [TestCase("did ringing", "DID Ringing", StateKind.Ringing)]
    [TestCase("AFTER_CALL_WORK", "After Call Work", StateKind.AfterCallWork)]
    [TestCase("acw", "ACW", StateKind.AfterCallWork)]
    [TestCase("On Preview", "On Preview", StateKind.Preview)]
    [TestCase("PREVIEW", "Preview", StateKind.Preview)]
    [TestCase("on voicemail", "On Voicemail", StateKind.Voicemail)]
    [TestCase("inbound_voicemail", "Inbound Voicemail", StateKind.Voicemail)]
    [TestCase("voicemail", "Voicemail", StateKind.Voicemail)]
    [TestCase("on_chat", "On Chat", StateKind.OtherMedia)]
    [TestCase("chat", "Chat", StateKind.OtherMedia)]
    [TestCase("On Email", "On Email", StateKind.OtherMedia)]
    [TestCase("EMAIL", "Email", StateKind.OtherMedia)]
    [TestCase("on social", "On Social", StateKind.OtherMedia)]
    [TestCase("social", "Social", StateKind.OtherMedia)]
    [TestCase("on sms", "On SMS", StateKind.OtherMedia)]
    [TestCase("Sms", "SMS", StateKind.OtherMedia)]
    [TestCase("on-case", "On Case", StateKind.OtherMedia)]
    [TestCase("case", "Case", StateKind.OtherMedia)]
    [TestCase("ON VIDEO", "On Video", StateKind.OtherMedia)]
    [TestCase("video", "Video", StateKind.OtherMedia)]
    [TestCase("NOT_READY", "Not Ready", StateKind.NotReady)]
    [TestCase("ready", "Ready", StateKind.Ready)]
    [TestCase("LOGIN", "Login", StateKind.Login)]
    [TestCase("logout", "Logout", StateKind.LoggedOut)]
    [TestCase("logged_out", "Logged Out", StateKind.LoggedOut)]
    public void Read_KnownState(string reported, string name, StateKind kind)
    {
        Assert.That(StateNames.Read(reported), Is.EqualTo((name, kind)));
    }

    [TestCase("  not \t _- ready  ")]
    [TestCase("Not\u00A0Ready")]
    [TestCase("not--READY")]
    [TestCase("_Not Ready_")]
    public void Read_RunsOfBlanks_AreOneBlank(string reported)
    {
        Assert.That(StateNames.Read(reported), Is.EqualTo(("Not Ready", StateKind.NotReady)));
    }

    [TestCase("  Coaching_1:1 ", "Coaching_1:1")]
    [TestCase("NotReady", "NotReady")]
    [TestCase("", "")]
    [TestCase(" - ", "-")]
    public void Read_UnknownState_KeepsItsOwnName(string reported, string name)
    {
        Assert.That(StateNames.Read(reported), Is.EqualTo((name, StateKind.Unknown)));
    }

    [Test]
    public void Read_VeryLongWord_IsUnknown()
    {
        Assert.That(StateNames.Read(new string('x', 10_000)).Kind, Is.EqualTo(StateKind.Unknown));
    }

    [TestCase(StateKind.Call, "call", 1)]
    [TestCase(StateKind.Hold, "hold", 2)]
    [TestCase(StateKind.Ringing, "ringing", 3)]
    [TestCase(StateKind.AfterCallWork, "afterCallWork", 4)]
    [TestCase(StateKind.Preview, "preview", 5)]
    [TestCase(StateKind.Voicemail, "voicemail", 6)]
    [TestCase(StateKind.OtherMedia, "otherMedia", 7)]
    [TestCase(StateKind.Unknown, "unknown", 8)]
    [TestCase(StateKind.NotReady, "notReady", 9)]
    [TestCase(StateKind.Ready, "ready", 10)]
    [TestCase(StateKind.Login, "login", 11)]
    [TestCase(StateKind.LoggedOut, "loggedOut", 12)]
    public void Word_AndBack(StateKind kind, string word, int rank)
    {
        Assert.That(StateKinds.Word(kind), Is.EqualTo(word));
        Assert.That(StateKinds.Parse(word), Is.EqualTo(kind));
        Assert.That((int)kind, Is.EqualTo(rank));
    }

    [TestCase("Call")]
    [TestCase("1")]
    [TestCase("")]
    public void Parse_NoKind(string word)
    {
        Assert.That(() => StateKinds.Parse(word), Throws.InstanceOf<FormatException>().With.Message.Contains($"'{word}' is no kind"));
    }
}
