using Five9Functions.AgentStates;
using Five9Functions.RealTime;
using Five9Functions.Tests.Imports;
using NodaTime;

namespace Five9Functions.Tests.RealTime;

public sealed class LiveHistoryTests
{
    [Test]
    public void WhatAnAgentLeft_IsKept_UpToTheNext()
    {
        var call = LiveHistory.After(State("On Call", "20:50:00"), State("After Call Work", "20:59:00"), seen: At("20:58:50"));
        var lunch = LiveHistory.After(call, State("Not Ready", "21:00:00", "Lunch"), seen: At("20:59:55"));

        Assert.That(Text(lunch), Is.EqualTo("After Call Work 20:59:00-21:00:00, On Call 20:50:00-20:59:00"));
        Assert.That(Text(LiveHistory.After(lunch, State("Not Ready", "21:00:00", "Meeting"), At("21:05:00"))), Is.EqualTo(Text(lunch)), "the same state, told again");
    }

    [TestCase("20:59:00", "On Call 20:50:00-21:00:00")]
    [TestCase("20:58:59", "On Call 20:50:00-20:58:59", Description = "nobody saw what was in a longer gap")]
    [TestCase("20:40:00", "On Call 20:50:00-20:50:00")]
    public void AGap_IsKnownByNobody(string seen, string expected) =>
        Assert.That(Text(LiveHistory.After(State("On Call", "20:50:00"), State("Ready", "21:00:00"), At(seen))), Is.EqualTo(expected));

    [Test]
    public void OlderThanAnyTolerance_ItIsForgotten_AndItNeverGrowsLong()
    {
        var state = LiveHistory.After(State("Ready", "19:00:00"), State("On Call", "19:55:00"), seen: At("19:55:00"));
        Assert.That(Text(LiveHistory.After(state, State("Ready", "21:00:00"), At("21:00:00"))), Is.EqualTo("On Call 19:55:00-21:00:00"));

        for (var second = 1; second <= 40; second++)
        {
            state = LiveHistory.After(state, State("Ringing", "20:00:00") with { Since = At("20:00:00") + Duration.FromSeconds(second) }, At("20:00:00"));
        }

        Assert.That(Text(state).Split(", "), Has.Length.EqualTo(30));
    }

    [TestCase("20:59:40", "After Call Work 20:59:00-20:59:40, On Call 20:50:00-20:59:00")]
    [TestCase("20:58:30", "On Call 20:50:00-20:58:30", Description = "what was told between them never was")]
    public void AStateThatBeganEarlierThanItSeemed_EndsTheOnesBeforeEarlier(string since, string expected)
    {
        var work = LiveHistory.After(State("On Call", "20:50:00"), State("After Call Work", "20:59:00"), seen: At("20:58:50"));
        var ready = LiveHistory.After(work, State("Ready", "21:00:00"), seen: At("20:59:55"));

        Assert.That(Text(LiveHistory.After(ready, State("Ready", since), seen: At("21:00:00"))), Is.EqualTo(expected));
    }

    [TestCase("20:50:00", "On Call 20:50:00-20:50:25", Description = "the answer just before told the state")]
    [TestCase("20:50:15", "Ready 20:50:00-20:50:25, On Call 20:50:00-20:50:00", Description = "it was so for a while, and then began anew")]
    public void AStateThatIsToldWithTheTimeOfTheOneBefore_LeavesThatOneForWhenItsOwnIsTold(string seen, string expected)
    {
        var ready = LiveHistory.After(State("On Call", "20:50:00"), State("Ready", "20:50:00"), seen: At("20:49:50"));

        Assert.That(Text(ready), Is.EqualTo("On Call 20:50:00-20:50:00"));
        Assert.That(Text(LiveHistory.After(ready, State("Ready", "20:50:25"), At(seen))), Is.EqualTo(expected));
    }

    private static LiveAgentState State(string state, string since, string? reason = null) => new("anna", state, StateNames.Read(state).Kind, reason, null, null, At(since), At(since));

    private static Instant At(string time) => ImportData.At($"2026-11-02T{time}Z");

    internal static string Text(LiveAgentState state)
    {
        var texts = new List<string>();
        for (var before = state.Before; before is not null; before = before.Before)
        {
            texts.Add($"{before.State} {before.Since:HH:mm:ss}-{before.Until:HH:mm:ss}");
        }

        return string.Join(", ", texts);
    }
}
