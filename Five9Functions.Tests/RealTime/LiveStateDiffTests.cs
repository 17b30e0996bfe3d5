using Five9Functions.AgentStates;
using Five9Functions.Five9.Soap;
using Five9Functions.RealTime;
using Five9Functions.Tests.Imports;
using NodaTime;

namespace Five9Functions.Tests.RealTime;

public sealed class LiveStateDiffTests
{
    private static readonly Instant Now = ImportData.At("2026-11-02T21:00:30.75Z");

    private static readonly Instant Seen = ImportData.At("2026-11-02T21:00:15Z");

    private static readonly string[] Columns = ["Username", "State", "State Since", "Reason Code", "Call Type", "Campaign Name"];

    private static readonly Dictionary<string, LiveAgent> Stored = new()
    {
        ["anna"] = Agent("anna", "Ready", StateKind.Ready, "20:50:00"),
        ["ben"] = Agent("ben", "On Call", StateKind.Call, "20:55:00", callType: "Inbound", campaign: "Sales") with { Other = """{"Media Availability":"Voice"}""" },
        ["cleo"] = Agent("cleo", "Logged Out", StateKind.LoggedOut, "20:00:00"),
    };

    [Test]
    public void AWholeAnswer_WritesWhatDiffers_AndLogsOutWhoIsMissing()
    {
        var all = new LiveStatistics(
            ["State Since", "username", "State", "State Duration", "Reason Code", "Moon Phase"],
            [["1793652600000", "anna", "Ready", "630000", "", ""], ["2026-11-02 12:59:00", "dora", "Not Ready", "1", "Lunch", "full"]],
            17);

        Assert.That(LiveStateDiff.Of(all, Stored, Seen, Now, ImportData.LosAngeles).Select(Text), Is.EqualTo(new[]
        {
            """anna Ready Ready - - - 20:50:00 {"Moon Phase":""}""",
            "ben Logged Out LoggedOut - - - 21:00:30 ",
            """dora Not Ready NotReady Lunch - - 20:59:00 {"Moon Phase":"full"}""",
        }));
    }

    [Test]
    public void TheSameAgain_WritesNothing()
    {
        var all = new LiveStatistics(["Username", "State", "State Since", "Call Type", "Campaign Name", "Media Availability"], [["ben", "On Call", "1793652900000", "Inbound", "Sales", "Voice"]], 17);
        var stored = new Dictionary<string, LiveAgent> { ["ben"] = Stored["ben"], ["cleo"] = Stored["cleo"] };

        Assert.That(LiveStateDiff.Of(all, stored, Seen, Now, ImportData.LosAngeles), Is.Empty);
    }

    [Test]
    public void SomeValues_ChangeThoseAlone()
    {
        var update = new LiveUpdate([], [new("ben", "State", "After Call Work"), new("ben", "State Since", "1793653225000"), new("ben", "Call Type", "")], [], 18);

        Assert.That(LiveStateDiff.Of(update, Columns, Stored, Seen, Now, ImportData.LosAngeles).Select(Text), Is.EqualTo(new[] { """ben After Call Work AfterCallWork - - Sales 21:00:25 {"Media Availability":"Voice"}""" }));
    }

    [TestCase("State,State Since", "On Call", "", "20:55:00", Description = "the same state goes on")]
    [TestCase("State,State Since", "Ready", "", "20:55:00", Description = "another state, and the time is none that changed")]
    [TestCase("State", "On Call", "", "20:55:00", Description = "Five9 tells no times, and the same state goes on")]
    [TestCase("State", "Ready", "", "21:00:30", Description = "Five9 tells no times: another state began when it was told")]
    [TestCase("State,State Since", "Ready", "soon", "21:00:30", Description = "a time that is none")]
    public void AStateWithoutATime_BeganWhenTheOneBeforeOrWhenItWasTold(string columns, string state, string since, string expected)
    {
        var update = new LiveUpdate([], [new("ben", "State", state), new("ben", "Reason Code", "x"), .. since.Length > 0 ? [new LiveValue("ben", "State Since", since)] : Array.Empty<LiveValue>()], [], 18);

        Assert.That(LiveStateDiff.Of(update, columns.Split(','), Stored, Seen, Now, ImportData.LosAngeles).Single().State.Since, Is.EqualTo(ImportData.At($"2026-11-02T{expected}Z")));
    }

    [TestCase("State", "Ready", "State Since", "1793653225000", "On Call 20:55:00-21:00:25", Description = "the state first")]
    [TestCase("State Since", "1793653225000", "State", "Ready", "On Call 21:00:25-21:00:25, On Call 20:55:00-21:00:25", Description = "its time first")]
    public void AStateAndItsTime_InTwoAnswers_AreOneChange(string column, string value, string nextColumn, string nextValue, string before)
    {
        var first = LiveStateDiff.Of(new LiveUpdate([], [new("ben", column, value)], [], 18), Columns, Stored, Seen, Now, ImportData.LosAngeles).Single();
        var second = LiveStateDiff.Of(new LiveUpdate([], [new("ben", nextColumn, nextValue)], [], 19), Columns, new Dictionary<string, LiveAgent> { ["ben"] = first }, Now, Now, ImportData.LosAngeles).Single();

        Assert.That(Text(second), Is.EqualTo("""ben Ready Ready - Inbound Sales 21:00:25 {"Media Availability":"Voice"}"""));
        Assert.That(LiveHistoryTests.Text(second.State), Is.EqualTo(before));
    }

    [Test]
    public void AddedAndDeleted_WhateverElseIsTold()
    {
        var update = new LiveUpdate(["cleo", "emil"], [new("cleo", "State", "Ready"), new("cleo", "State Since", "1793653225000")], ["anna", "cleo", "nobody"], 18);

        Assert.That(LiveStateDiff.Of(update, Columns, Stored, Seen, Now, ImportData.LosAngeles).Select(Text), Is.EqualTo(new[]
        {
            "anna Logged Out LoggedOut - - - 21:00:30 ",
            "cleo Ready Ready - - - 21:00:25 ",
            "emil  Unknown - - - 21:00:30 ",
        }));
    }

    [TestCase("1793653225000", "2026-11-02T21:00:25Z")]
    [TestCase(" 1793653225999 ", "2026-11-02T21:00:25Z")]
    [TestCase("2026-11-02 13:00:25", "2026-11-02T21:00:25Z")]
    [TestCase("2026-11-01 01:30:00", "2026-11-01T08:30:00Z", Description = "twice: the earlier one")]
    [TestCase("2026-03-08 02:30:00", "2026-03-08T10:30:00Z", Description = "skipped: shifted forward")]
    [TestCase("25000", null)]
    [TestCase("-1793653225000", null)]
    [TestCase("99999999999999999999", null)]
    [TestCase("2026-11-02T13:00:25", null)]
    [TestCase("2026-13-02 13:00:25", null)]
    [TestCase("", null)]
    public void ATime_IsMillisecondsOrLocal(string text, string? expected) =>
        Assert.That(LiveTime.Parse(text, ImportData.LosAngeles), Is.EqualTo(expected is null ? null : ImportData.At(expected)));

    private static LiveAgent Agent(string agent, string state, StateKind kind, string since, string? callType = null, string? campaign = null) =>
        new(new LiveAgentState(agent, state, kind, null, callType, campaign, ImportData.At($"2026-11-02T{since}Z"), ImportData.At("2026-11-02T20:59:00Z")));

    private static string Text(LiveAgent agent)
    {
        var s = agent.State;
        Assert.That(s.AsOf, Is.EqualTo(ImportData.At("2026-11-02T21:00:30Z")));
        return $"{s.Agent} {s.State} {s.Kind} {s.Reason ?? "-"} {s.CallType ?? "-"} {s.Campaign ?? "-"} {s.Since:HH:mm:ss} {agent.Other}";
    }
}
