using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class LostMessageTests : EndToEndTest
{
    private static StateRows Rows => new(new StateRow("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"));

    private static TestSetup Setup => new()
    {
        Now = "2026-11-03T12:00:00Z",
        Rows = Rows,
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
    };

    [TestCase("import-jobs", "run", SliceState.Planned, 0)]
    [TestCase("agent-state-reports", "\"step\":1", SliceState.Requesting, 1)]
    [TestCase("agent-state-reports", "\"step\":2", SliceState.Running, 1)]
    [TestCase("agent-state-reports", "\"step\":3", SliceState.Fetching, 1)]
    [TestCase("agent-state-reports", "\"step\":4", SliceState.Normalizing, 1)]
    [TestCase("normalize-jobs", "2026-11-02\"", SliceState.Normalizing, 1)]
    public async Task AMessageThatVanished_IsSentAgainAQuarterOfAnHourLater(string queue, string part, SliceState stuckIn, int slices)
    {
        var app = await StartAsync(Setup);
        app.Traffic.LoseNext(message => message.Queue == queue && message.Json.Contains(part, StringComparison.Ordinal));
        var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        await app.Host.WhenIdleAsync(Token);
        Assert.That((await app.SlicesAsync(run, Token)).Select(s => s.State), Is.EqualTo(Enumerable.Repeat(stuckIn, slices)));

        app.Clock.Advance(Duration.FromMinutes(14));
        await app.TickAsync(Token);
        Assert.That((await app.FoldAsync(run, Token)).Status, Is.Not.EqualTo(RunStatus.Succeeded));

        app.Clock.Advance(Duration.FromMinutes(1));
        await app.TickAsync(Token);

        Assert.That((await app.FoldAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(1));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Ready 21:00:00-21:10:00" }));
    }

    [Test]
    public async Task AScheduledRunThatWasKilledBeforePlanning_IsPlannedAQuarterOfAnHourLater_AndNoOtherIsOpenedMeanwhile()
    {
        var app = await StartAsync(Setup with { Now = "2026-11-02T22:00:00Z", Settings = new Dictionary<string, string?>() });
        app.Traffic.LoseNext(message => message.Queue == "import-jobs");
        await app.TickAsync(Token);
        Assert.That(await app.RowsAsync("ImportSlices", Token), Is.Empty);

        app.Clock.Advance(Duration.FromMinutes(15));
        await app.TickAsync(Token);

        Assert.That(await app.RowsAsync("ImportRuns", Token), Has.Count.EqualTo(1).And.One.Contains("Planned=1"));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Ready 21:00:00-21:10:00" }));
    }
}
