using System.Text.RegularExpressions;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.RealTime;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>Some 200 generated agents and two workers, poll by poll, against what the simulator's day says of each moment.</summary>
[CancelAfter(240_000)]
public sealed partial class LiveTwoWorkersTests : EndToEndTest
{
    private const int Polls = 12;

    private readonly Dictionary<string, string> _loggedOut = new(StringComparer.Ordinal);

    // 13:10 in Los Angeles: of 360 agents 200 are there. Answers that tell of 15 agents at most split the changes of a poll.
    [TestCase("2026-08-20T20:10:00Z", 0)]
    [TestCase("2026-08-20T20:10:00Z", 15)]
    public async Task EveryChange_IsInTheTableAfterItsPoll_AndWrittenOnce_AndFive9SeesOneCallAtATime(string now, int batch)
    {
        var centre = new GeneratedAgentStates(seed: 11, agents: 360, DateTimeZoneProviders.Tzdb["America/Los_Angeles"]);
        var live = new GeneratedLive(centre);
        var app = await StartAsync(new TestSetup { Now = now, Rows = centre, Live = live, LiveBatch = batch });
        await app.StartAnotherInstanceAsync(Token);
        await PollWithBothAsync(app);
        var told = Told(live, app.Clock.Now);
        Assert.That(told, Has.Count.GreaterThanOrEqualTo(200));
        Assert.That(await StoredAsync(app), Is.EqualTo(Texts(told)));

        // An answer that comes slowly leaves room for a second call.
        app.Five9.FromNth("getStatisticsUpdate", 1, SimulatedAnswer.Delayed(TimeSpan.FromMilliseconds(20)));
        var changes = 0;
        for (var poll = 0; poll < Polls; poll++)
        {
            app.Clock.Advance(Duration.FromSeconds(15));
            app.Traffic.Clear();
            await PollWithBothAsync(app, twice: poll % 6 == 2);

            var next = Told(live, app.Clock.Now);
            var changed = next.Where(agent => told.GetValueOrDefault(agent.Key) != agent.Value).Select(agent => agent.Key).Concat(told.Keys.Except(next.Keys)).Order(StringComparer.Ordinal).ToList();
            Assert.That(AgentsWritten(app), Is.EqualTo(changed), $"poll {poll} at {app.Clock.Now}");
            foreach (var gone in told.Keys.Except(next.Keys))
            {
                _loggedOut[gone] = $"{gone} Logged Out || {app.Clock.Now}";
            }

            Assert.That(await StoredAsync(app), Is.EqualTo(Texts(next)));
            (told, changes) = (next, changes + changed.Count);
        }

        Assert.That(changes, Is.GreaterThan(200));
        Assert.That(app.Five9.MostSupervisorCallsAtOnce, Is.EqualTo(1));
        Assert.That(app.Five9.Calls["setSessionParameters"], Is.EqualTo(1));
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
    }

    /// <param name="twice">The message is delivered twice, so that both workers have it at once.</param>
    private static async Task PollWithBothAsync(TestApp app, bool twice = false)
    {
        await Task.WhenAll(app.Host.RunTimerAsync("PollAgentStates", Token), app.HostOf(1).RunTimerAsync("PollAgentStates", Token));
        if (twice)
        {
            await app.SendAsync(app.Traffic.Messages[^1], Token);
            app.HostOf(1).LookNow();
        }

        await Task.WhenAll(app.Host.WhenIdleAsync(Token), app.HostOf(1).WhenIdleAsync(Token));
    }

    private static Dictionary<string, string> Told(GeneratedLive live, Instant now) =>
        live.At(now).ToDictionary(agent => agent.Agent, agent => $"{agent.Agent} {agent.State} {agent.Reason}|{agent.CallType}|{agent.Campaign} {agent.Since}", StringComparer.Ordinal);

    private IEnumerable<string> Texts(Dictionary<string, string> told) =>
        told.Concat(_loggedOut.Where(agent => !told.ContainsKey(agent.Key))).Select(agent => agent.Value).Order(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> StoredAsync(TestApp app) => (await app.PictureAsync(Token)).Agents
        .Select(agent => $"{agent.Agent} {agent.State} {agent.Reason}|{agent.CallType}|{agent.Campaign} {agent.Since}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> AgentsWritten(TestApp app) =>
        app.Traffic.EntityWrites("LiveAgentStates").Where(write => !Session().IsMatch(write)).Select(write => write.Split(' ')[1]).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^[A-Z]+ \*session$")]
    private static partial Regex Session();
}
