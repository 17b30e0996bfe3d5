using Five9Functions.Adherence;
using Five9Functions.AgentStates;
using Five9Functions.Queries;
using Five9Functions.RealTime;
using Five9Functions.Tests.Adherence;
using NodaTime;

namespace Five9Functions.Tests.Queries;

/// <summary>Adherence at one moment. Nobody's plan has a date: all of it is on 1 November 2026.</summary>
public sealed class CurrentAdherenceTests
{
    private static readonly ActivityRules Rules = AdherenceExample.Rules with { Tolerances = AdherenceText.Tolerate(notPresent: 120, wrong: 60, notScheduled: 30) };

    // The plan of the example; the state of now and since when; the moment; what comes out.
    [TestCase("Ready", "05:01:20", "06:00", "In since 05:01:20")]
    [TestCase("Ready", "04:50", "06:00", "In since 05:00:00")]
    [TestCase("Logged Out", "04:00", "05:00:00", "NotPresent since 05:00:00, buffer")]
    [TestCase("Logged Out", "04:00", "05:02:00", "NotPresent since 05:00:00, buffer")]
    [TestCase("Logged Out", "04:00", "05:02:01", "NotPresent since 05:00:00")]
    [TestCase("Not Ready/Lunch", "06:55", "06:56:00", "Wrong since 06:55:00, buffer")]
    [TestCase("Not Ready/Lunch", "06:55", "06:56:01", "Wrong since 06:55:00")]
    [TestCase("Not Ready/Lunch", "10:29:30", "10:40", "In since 10:30:00")]
    [TestCase("On Call", "10:20", "10:31", "Wrong since 10:30:00, buffer")]
    [TestCase("Dreaming", "04:59", "05:00:30", "Wrong since 05:00:00, buffer")]
    [TestCase("Ready", "13:50", "14:00:30", "NotScheduled since 14:00:00, buffer")]
    [TestCase("Ready", "13:50", "14:00:31", "NotScheduled since 14:00:00")]
    [TestCase("Logged Out", "13:50", "14:00:31", "Nothing since 14:00:00")]
    [TestCase("Ready", "06:00:02", "06:00", "In since 06:00:00")]
    [TestCase(null, "", "06:00", "NotPresent since 05:00:00")]
    public void AgentNow(string? state, string since, string now, string expected) => Assert.That(Text(Of(LiveFeed.Live, state, since, now)), Is.EqualTo(expected));

    // What was read of the past up to 06:58, of the state since 06:57; what comes out at 06:57:30.
    [TestCase("05:00-06:50 Ready, 06:50-06:57 Email", "00:00-06:58", "Wrong since 06:50:00")]
    [TestCase("06:50-06:57 Email", "00:00-06:58", "Wrong since 05:00:00")]
    [TestCase("05:00-06:50 Ready, 06:50-06:58 Not Ready/Lunch", "00:00-06:58", "Wrong since 06:50:00")]
    [TestCase("05:00-06:56:40 Ready", "00:00-06:58", "Wrong since 06:56:40, buffer")]
    [TestCase("05:00-06:57 Ready", "00:00-06:58", "Wrong since 06:57:00, buffer")]
    [TestCase("06:50-06:57 Email", "00:00-06:56:59", "Wrong since 06:57:00, buffer")]
    public void ARun_MayHaveBegunBeforeThePresentState(string before, string known, string expected)
    {
        var at = AdherenceText.At("06:57:30");
        var picture = new LiveSnapshot(at, LiveFeed.Live, null, [Live("ann", "Not Ready/Lunch", "06:57")]);
        var past = AdherenceText.Agent(AdherenceExample.Scheduled, before, known);
        var earlier = new EarlierStates(new Dictionary<string, IReadOnlyList<ActualState>> { ["ann"] = past.States }, past.Known);

        var first = CurrentAdherence.Of(picture, past.Scheduled, new ActivityMap(Rules), at, EarlierStates.None).Single();
        Assert.That((Text(first), CurrentAdherence.MayHaveBegunBefore(first, Rules.Tolerances)), Is.EqualTo(("Wrong since 06:57:00, buffer", true)));
        Assert.That(Text(CurrentAdherence.Of(picture, past.Scheduled, new ActivityMap(Rules), at, earlier).Single()), Is.EqualTo(expected));
    }

    // What the feed told before the present state, which began at 06:57, is read from nowhere else; what comes out at 06:57:30.
    [TestCase("06:56:20-06:57 Email", "Wrong since 06:56:20")]
    [TestCase("06:56:40-06:57 Email", "Wrong since 06:56:40, buffer")]
    [TestCase("06:56:40-06:57 Ready", "Wrong since 06:57:00, buffer")]
    [TestCase("06:56:20-06:56:40 Email, 06:56:40-06:57 Not Ready/Lunch", "Wrong since 06:56:20")]
    [TestCase("06:56:20-06:57 Email, 06:57-06:57 Ready", "Wrong since 06:56:20", Description = "a state that was left as it began")]
    [TestCase("06:56:20-06:56:40 Email", "Wrong since 06:57:00, buffer", Description = "what was between them nobody saw")]
    public void ARun_BeganWithWhatTheFeedToldBefore(string before, string expected)
    {
        var at = AdherenceText.At("06:57:30");
        var chain = AdherenceText.Agent(AdherenceExample.Scheduled, before).States.Aggregate(
            (EarlierLiveState?)null, (earlier, state) => new EarlierLiveState(state.State, state.Kind, state.Reason, state.Start, state.End, earlier));
        var picture = new LiveSnapshot(at, LiveFeed.Live, null, [Live("ann", "Not Ready/Lunch", "06:57") with { Before = chain }]);

        Assert.That(Text(CurrentAdherence.Of(picture, AdherenceText.Agent(AdherenceExample.Scheduled, "").Scheduled, new ActivityMap(Rules), at, EarlierStates.None).Single()), Is.EqualTo(expected));
    }

    [Test]
    public void AStaleFeed_StillTells_AndOneThatIsDown_DoesNot()
    {
        Assert.That(Text(Of(LiveFeed.Stale, "Ready", "05:01:20", "06:00")), Is.EqualTo("In since 05:01:20"));
        Assert.That(Text(Of(LiveFeed.Down, "Ready", "05:01:20", "06:00")), Is.EqualTo("Unknown"));
        Assert.That(Text(Of(LiveFeed.Down, null, "", "06:00")), Is.EqualTo("Unknown"));
        Assert.That(Text(Of(LiveFeed.Down, "Ready", "05:01:20", "15:00")), Is.EqualTo("Nothing"));
    }

    [Test]
    public void Everybody_IsThere_WhoIsToldOf_OrScheduledNow()
    {
        var at = AdherenceText.At("10:45");
        ScheduledActivity[] plans =
        [
            .. AdherenceText.Agent(AdherenceExample.Scheduled, "").Scheduled.Select(activity => activity with { Agent = "zoe" }),
            new("bob", "Phone", ActivityType.Work, AdherenceText.At("08:00"), AdherenceText.At("10:45")),
            new("cat", "Flu", ActivityType.Illness, AdherenceText.At("08:00"), AdherenceText.At("12:00")),
        ];
        var picture = new LiveSnapshot(at, LiveFeed.Live, null, [Live("ann", "Not Ready/Lunch", "10:00")]);

        var now = CurrentAdherence.Of(picture, plans, new ActivityMap(Rules), at, EarlierStates.None);

        Assert.That(
            now.Select(agent => $"{agent.Agent} {Text(agent)}: {agent.Scheduled?.Activity ?? "-"}, {agent.Activity ?? "-"}"),
            Is.EqualTo(new[] { "ann NotScheduled since 10:00:00: -, Break", "cat Nothing: Flu, -", "zoe NotPresent since 05:00:00: Break, -" }));
    }

    private static AgentNow Of(LiveFeed feed, string? state, string since, string now)
    {
        var at = AdherenceText.At(now);
        var picture = new LiveSnapshot(at, feed, null, state is null ? [] : [Live("ann", state, since)]);
        var agents = CurrentAdherence.Of(picture, AdherenceText.Agent(AdherenceExample.Scheduled, "").Scheduled, new ActivityMap(Rules), at, EarlierStates.None);
        return agents.Single();
    }

    private static LiveAgentState Live(string agent, string state, string since)
    {
        var parts = state.Split('/');
        return new(agent, parts[0], StateNames.Read(parts[0]).Kind, parts.ElementAtOrDefault(1), null, null, AdherenceText.At(since), AdherenceText.At(since) + Duration.FromHours(20));
    }

    private static string Text(AgentNow now) =>
        $"{now.Class}{(now.Since is { } since ? $" since {AdherenceText.Text(since)}" : "")}{(now.Buffer ? ", buffer" : "")}";
}
