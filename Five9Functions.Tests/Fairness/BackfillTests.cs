using Five9Functions.LocalHost.Simulator;
using Five9Functions.Runs;

namespace Five9Functions.Tests.Fairness;

/// <summary>A backfill of 1,095 days beside another integration.</summary>
[CancelAfter(240_000)]
public sealed class BackfillTests
{
    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    /// <summary>Each report takes ten minutes: two of the history fill the user's places for most of a cycle, again and again.</summary>
    [Test]
    public async Task SlowReportsOfAHistory_DelayNobodyOfTheSameUser()
    {
        await using var app = await FairnessApp.CreateAsync();
        var five9 = await app.SimulateAsync(Healthy.Rows, TimeSpan.FromMinutes(10), Token);
        await StartAsync(app, five9);

        for (var tick = 0; tick < Healthy.Ticks; tick++)
        {
            await Healthy.CycleAsync(app, tick, Token);
        }
    }

    /// <summary>Quick reports: what limits the history is the reserve of Five9's 120 reports an hour, here 96.</summary>
    [Test]
    public async Task AHistory_LeavesTheRestOfTheQuota_ToTheImportsOfToday_AndGoesOn()
    {
        await using var app = await FairnessApp.CreateAsync();
        var five9 = await app.SimulateAsync(Healthy.Rows, TimeSpan.FromSeconds(5), Token, limits: true);
        await StartAsync(app, five9, ("BackfillReservePercent", "80"));

        var reports = new List<int>();
        for (var tick = 0; tick < Healthy.Ticks; tick++)
        {
            await Healthy.CycleAsync(app, tick, Token);
            reports.Add(five9.Calls["runReport"]);
        }

        Assert.That(reports[0], Is.InRange(24, 27), "by 20:15: down to the reserve, and what was scheduled after that");
        Assert.That(reports[3] - reports[0], Is.EqualTo(6), "by 21:00: one for each integration and tick");
        Assert.That(reports[4] - reports[3], Is.InRange(20, 27), "by 21:15: the hour has turned");
        Assert.That(await BackfilledAsync(app), Is.InRange(30, 34));
        Assert.That(app.Log.Count("is used up"), Is.Zero, "nobody ran into a limit");
    }

    private static Task StartAsync(FairnessApp app, Five9Simulator five9, params (string Key, string Value)[] imports) => app.StartAsync(
        new Dictionary<string, (Five9Simulator, IReadOnlyDictionary<string, string>)>
        {
            ["backfilled"] = (five9, new Dictionary<string, string> { ["HistoryDays"] = "1095" }),
            [Healthy.Id] = (five9, new Dictionary<string, string>()),
        },
        Token,
        imports);

    private static async Task<int> BackfilledAsync(FairnessApp app)
    {
        var done = 0;
        await foreach (var run in app.Get<ImportRunTable>().ListAsync("backfilled", Token))
        {
            done += run.Kind == RunKind.Backfill ? (await app.SlicesAsync("backfilled", run.Id, Token)).Count(s => s.State == SliceState.Done) : 0;
        }

        return done;
    }
}
