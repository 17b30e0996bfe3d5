using Five9Functions.RealTime;
using NodaTime;
using static Five9Functions.Tests.EndToEnd.Kills.KillStep;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>An instance that dies between any two steps of a poll. The next one goes on; nothing that was written in part passes for whole.</summary>
[CancelAfter(240_000)]
public sealed class LiveKillTests : EndToEndTest
{
    private const int Agents = 120; // two transactions
    private const string HalfWritten = "first transaction | second";

    private static readonly KillStep[] Opening =
    [
        After("the poll is asked for | its message", r => r.Adds("LiveAgentStates")),
        After("message | its answer", r => r.Sends("live-polls")),
        After("lease | calls are counted", r => r.Changes("Five9Users", "\"LiveLeaseUntil\":")),
        After("calls are counted | session", r => r.Changes("LiveAgentStates", "\"Openings\":\"2026")),
        After("session | all states", r => r.Call == "setSessionParameters"),
        After("all states | first transaction", r => r.Call == "getStatistics"),
        After(HalfWritten, r => r.Deals("LiveAgentStates", "\"Incomplete\":true")),
        After("second transaction | lease is released", r => r.Deals("LiveAgentStates", "\"Incomplete\":false")),
    ];

    private static readonly KillStep[] Updating =
    [
        After("the poll is asked for | its message", r => r.Changes("LiveAgentStates", "\"UnderWayUntil\":")),
        After("what changed | first transaction", r => r.Call == "getStatisticsUpdate"),
        After(HalfWritten, r => r.Deals("LiveAgentStates", "\"Incomplete\":true")),
        After("second transaction | message to go on", r => r.Deals("LiveAgentStates", "\"Incomplete\":false")),
        After("message to go on | settled", r => r.Sends("live-polls"), nth: 2),
    ];

    private readonly LiveCentre _centre = new();

    private static IEnumerable<object[]> Steps() => [.. Opening.Select(step => new object[] { step, true }), .. Updating.Select(step => new object[] { step, false })];

    [TestCaseSource(nameof(Steps))]
    public async Task AKill_LeavesNothingThatIsNotMadeGood(object at, bool opens)
    {
        Put("Ready", "20:50:00");
        var app = await StartAsync(new TestSetup { Now = "2026-11-02T21:00:00Z", Rows = new StateRows(), Live = _centre });
        if (!opens)
        {
            await app.PollAsync(Token);
            Put("Not Ready", "21:00:10");
        }

        app.KillAt = ((KillStep)at).Once();
        app.Clock.Advance(Duration.FromSeconds(15));
        await UnlessKilledAsync(() => app.Host.RunTimerAsync("PollAgentStates", Token));
        await Task.WhenAny(app.Killed, UnlessKilledAsync(() => app.Host.WhenIdleAsync(Token)));
        Assert.That(app.Killed.IsCompleted, Is.True, "The kill never came.");

        // What is written in part is not told as the present.
        await app.ReviveAsync(Token);
        if (((KillStep)at).Name == HalfWritten)
        {
            var half = await app.PictureAsync(Token);
            Assert.That(half.Feed, Is.EqualTo(opens ? LiveFeed.Down : LiveFeed.Stale));
            Assert.That(half.Agents.Count(agent => agent.State == "Not Ready"), Is.EqualTo(opens ? 0 : 99));
        }

        // Within a minute and a half another instance has asked anew; what the dead one had taken comes back later and changes nothing.
        app.Clock.Advance(Duration.FromSeconds(90));
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Down));
        await app.PollAsync(Token);
        await app.PollLaterAsync(Token);

        var picture = await app.PictureAsync(Token);
        var (state, since) = opens ? ("Ready", "20:50:00") : ("Not Ready", "21:00:10");
        Assert.That((picture.Feed, picture.Reason), Is.EqualTo((LiveFeed.Live, (string?)null)));
        Assert.That(picture.Agents.Select(agent => (agent.State, agent.Since)), Is.EqualTo(Enumerable.Repeat((state, LiveCentre.At(since)), Agents)));
        Assert.That(app.Five9.Calls["setSessionParameters"], Is.LessThanOrEqualTo(2));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    private void Put(string state, string since)
    {
        for (var i = 0; i < Agents; i++)
        {
            _centre.Put($"agent{i:000}", state, since);
        }
    }

    private static async Task UnlessKilledAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is InstanceKilledException or AggregateException)
        {
        }
    }
}
