using Five9Functions.LocalHost.Simulator;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Fairness;

/// <summary>Whatever is wrong with other integrations, all of it at once: each scheduled import of a healthy one is done before the next is due.</summary>
[CancelAfter(240_000)]
public sealed class FailingIntegrationsTests
{
    // Half an hour must pass until a report that never finishes is given up.
    private const int Ticks = 4;

    private static readonly IReadOnlyDictionary<string, string> Defaults = new Dictionary<string, string>();

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task WhoseFive9Fails_DelayNobody()
    {
        await using var app = await FairnessApp.CreateAsync();
        var integrations = new Dictionary<string, (Five9Simulator, IReadOnlyDictionary<string, string>)>
        {
            [Healthy.Id] = (await app.SimulateAsync(Healthy.Rows, TimeSpan.FromSeconds(20), Token), Defaults),
        };
        foreach (var failure in Failures.OfFive9)
        {
            var rows = Healthy.Rows;
            rows.HeaderText = failure.Header;
            var five9 = await app.SimulateAsync(rows, failure.ReportDuration, Token);
            failure.Five9(five9);
            integrations[failure.Integration] = (five9, failure.Settings);
        }

        await app.StartAsync(integrations, Token);

        await HealthyInEachCycleAsync(app, Failures.OfFive9);

        Assert.That(await app.MessagesAsync("agent-state-reports-poison", Token), Is.LessThanOrEqualTo(2), "what was under way when the rows became unreadable");
    }

    [Test]
    public async Task WhatIsStoredOfThemFails_DelayNobodyOfTheSameUser()
    {
        await using var app = await FairnessApp.CreateAsync();
        var five9 = await app.SimulateAsync(Healthy.Rows, TimeSpan.FromSeconds(20), Token);
        app.Cost.Refuses = request => Failures.OfStorage.Any(f => f.RefusedTable.Length > 0 && request.Contains($"{f.RefusedTable}(", StringComparison.Ordinal) && request.Contains($"{f.Integration}|", StringComparison.Ordinal));
        await app.StartAsync(Failures.OfStorage.Select(f => f.Integration).Append(Healthy.Id).ToDictionary(id => id, _ => (five9, Defaults)), Token);

        await HealthyInEachCycleAsync(app, Failures.OfStorage);

        Assert.That(await app.MessagesAsync("agent-state-reports-poison", Token), Is.EqualTo(6), "the nonsense that cannot be read and nothing else");
        Assert.That(await app.MessagesAsync("normalize-jobs-poison", Token), Is.EqualTo(6), "the nonsense that cannot be read and nothing else");
    }

    private static async Task HealthyInEachCycleAsync(FairnessApp app, IReadOnlyList<Failure> failures)
    {
        for (var tick = 0; tick < Ticks; tick++)
        {
            foreach (var failure in failures.Where(_ => tick > 0))
            {
                await failure.BeforeTick(app, failure.Integration, Token);
            }

            await Healthy.CycleAsync(app, tick, Token);
        }

        var said = app.Log.Lines.Concat(await TableText.ReadAsync(app.Storage, "ImportSlices", Token)).ToList();
        foreach (var failure in failures)
        {
            Assert.That(
                said.Any(line => line.Contains(failure.Says, StringComparison.Ordinal) && (failure.Nameless || line.Contains(failure.Integration, StringComparison.Ordinal))),
                $"{failure.Integration} did not fail as it should, but: {string.Join(Environment.NewLine, said.Where(line => line.Contains(failure.Integration, StringComparison.Ordinal)))}");
        }
    }
}
