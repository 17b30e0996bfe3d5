using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.Fairness;

/// <summary>What an integration costs that is imported every quarter of an hour: docs/operations.md sizes by these numbers.</summary>
[CancelAfter(240_000)]
public sealed class ScheduledImportCostTests
{
    private const int Ticks = 4;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    /// <summary>Noon to one o'clock, both reports, 50 agents on the phone. It differs a little from run to run with how long each step waits for the user's turn.</summary>
    [Test]
    public async Task AnHour_CostsNoMoreThanTheDocumentSays()
    {
        var states = new GeneratedAgentStates(1, 50, DateTimeZoneProviders.Tzdb["America/Los_Angeles"]);
        await using var app = await FairnessApp.CreateAsync();
        var five9 = await app.SimulateAsync(states, TimeSpan.FromSeconds(20), Token, calls: new GeneratedCallLog(states));
        await app.StartAsync(
            new Dictionary<string, (Five9Simulator, IReadOnlyDictionary<string, string>)> { ["acme"] = (five9, new Dictionary<string, string> { ["Reports"] = "agent-states,calls" }) }, Token);
        await CycleAsync(app); // today so far
        app.Cost.Take();
        app.Cost.TakeKinds();
        var before = five9.Calls.ToDictionary();

        for (var tick = 0; tick < Ticks; tick++)
        {
            await CycleAsync(app);
        }

        var (requests, _, messages) = app.Cost.Take();
        var calls = five9.Calls.Sum(call => call.Value) - before.Sum(call => call.Value);
        var reports = five9.Calls["runReport"] - before["runReport"];
        await TestContext.Out.WriteLineAsync($"{reports} reports, {calls} calls, {requests} requests to storage ({string.Join(", ", app.Cost.TakeKinds().OrderBy(kind => kind.Key).Select(kind => $"{kind.Value} {kind.Key}"))}), {messages} messages");
        Assert.That((reports, calls), Is.EqualTo((8, 32)));
        Assert.That(messages, Is.InRange(80, 130));
        Assert.That(requests, Is.InRange(1_200, 2_000));
    }

    private static async Task CycleAsync(FairnessApp app)
    {
        await app.TickAsync(Token);
        await app.AdvanceAsync(FairnessApp.Cycle, Token);
    }
}
