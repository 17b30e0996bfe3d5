using Five9Functions.AgentStates;
using Five9Functions.LocalHost.Live;
using Five9Functions.RealTime;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Live;

public sealed class LiveBoardTests
{
    private static readonly Instant Now = LiveCentre.At("21:00:18");

    private static readonly LiveSnapshot Picture = new(LiveCentre.At("21:00:15"), LiveFeed.Live, null,
    [
        Agent("anna", "Ready", StateKind.Ready, "20:59:11"),
        Agent("ben.with-a-long-name", "On Call", StateKind.Call, "19:58:18", callType: "Inbound", campaign: "Sales"),
        Agent("cleo", "Logged Out", StateKind.LoggedOut, "20:00:00"),
        Agent("dora", "Not Ready", StateKind.NotReady, "20:55:18", reason: "Lunch"),
        Agent("emil", "On Call", StateKind.Call, "20:58:18", callType: "Outbound"),
    ]);

    [Test]
    public void Board_HasTheFeed_TheCounts_AndEachAgentWhoIsThere_TheLongestInEachKindFirst() => Assert.That(
        LiveBoard.Lines("Acme", Picture, Now, DateTimeZone.Utc, columns: 98, rows: 24).Select(line => line.ToString()),
        Is.EqualTo(new[]
        {
            "Acme  live, as of 21:00:15 (3 s ago)",
            "",
            new string('█', 49) + new string('─', 24) + new string('░', 25),
            "█ 2 on a call   ─ 1 ready   ░ 1 not ready",
            "",
            "█ ben.with-a-long-n… On Call, Sales      1:02:00  ─ anna               Ready                  1:07",
            "█ emil               On Call, Outbound      2:00  ░ dora               Not Ready, Lunch       5:00",
        }));

    [Test]
    public void Board_OfASmallWindow_SaysHowManyItLeavesOut() => Assert.That(
        LiveBoard.Lines("Acme", Picture, Now, DateTimeZone.Utc, columns: 50, rows: 8).Select(line => line.ToString()).TakeLast(3),
        Is.EqualTo(new[] { "█ ben.with-a-long-n… On Call, Sales      1:02:00", "█ emil               On Call, Outbound      2:00", "and 2 more: a larger window shows them" }));

    [Test]
    public void Board_WithoutAnybody_AndWithAFeedThatIsDown_SaysSo() => Assert.That(
        LiveBoard.Lines("Acme", new LiveSnapshot(null, LiveFeed.Down, "Five9 was not asked.", []), Now, DateTimeZone.Utc, columns: 98, rows: 24).Select(line => line.ToString()),
        Is.EqualTo(new[] { "Acme  down", "Five9 was not asked.", "", "Nobody is logged in.", "" }));

    [Test]
    public void Lines_TellHowItIs_ThenWhatChanges()
    {
        var lines = new LiveLines("acme", DateTimeZone.Utc);

        Assert.That(lines.Of(Picture), Is.EqualTo(new[] { "acme: live, as of 21:00:15", "acme: 2 on a call, 1 ready, 1 not ready" }));
        Assert.That(lines.Of(Picture with { AsOf = LiveCentre.At("21:00:30") }), Is.Empty);
        Assert.That(
            lines.Of(Picture with { Agents = [.. Picture.Agents.Skip(1), Agent("anna", "On Call", StateKind.Call, "21:00:31", callType: "Inbound", campaign: "Sales")] }),
            Is.EqualTo(new[] { "acme: 21:00:31  anna: On Call, Inbound, Sales", "acme: 3 on a call, 1 not ready" }));
        Assert.That(
            lines.Of(new LiveSnapshot(Picture.AsOf, LiveFeed.Down, "Gone.", [.. Picture.Agents.Select(agent => agent with { Kind = StateKind.Unknown, State = "Unknown" })])),
            Is.EqualTo(new[] { "acme: down, as of 21:00:15. Gone.", "acme: 5 unknown" }));
        Assert.That(
            lines.Of(Picture with { AsOf = LiveCentre.At("21:02:00") }), Is.EqualTo(new[] { "acme: live, as of 21:02:00", "acme: 2 on a call, 1 ready, 1 not ready" }), "known again, which is no change of anybody");
    }

    private static LiveAgentState Agent(string agent, string state, StateKind kind, string since, string? reason = null, string? callType = null, string? campaign = null) =>
        new(agent, state, kind, reason, callType, campaign, LiveCentre.At(since), LiveCentre.At("21:00:00"));
}
