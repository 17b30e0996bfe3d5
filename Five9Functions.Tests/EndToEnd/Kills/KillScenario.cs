using Five9Functions.Runs;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>
/// A manual import of two days, small, but with all that can happen on the way: the older day is cut at the row cap and split, so that
/// one half waits for a place, a state runs over midnight, one row is quarantined, and the newer day takes four transactions.
/// </summary>
internal static class KillScenario
{
    public const string Newer = "2026-11-05";

    private const string From = "2026-11-04T08:00:00Z";
    private const string To = "2026-11-06T08:00:00Z";

    private static readonly Lazy<Task<Outcome>> Undisturbed = new(UndisturbedAsync);

    public static TestSetup Setup => new()
    {
        Now = "2026-11-06T20:00:00Z",
        Rows = new StateRows(
        [
            new("night", "Ready", "2026-11-05T07:30:00Z", "2026-11-05T09:00:00Z"),
            .. Shift("2026-11-04T13:40:00Z", states: 76),
            .. Shift("2026-11-05T09:00:00Z", states: 60),
            new("anna", "Ready", "2026-11-05T20:00:00Z", "2026-11-05T20:10:00Z") { Length = "soon" },
        ]),
        Five9RowCap = 250,
        Settings = new Dictionary<string, string?> { ["Imports:RowCap"] = "250", ["Integrations:acme:Paused"] = "true", ["Integrations:acme:HistoryDays"] = "3" },
    };

    /// <summary>What the import leaves when nothing happens to it.</summary>
    public static Task<Outcome> UndisturbedOutcome => Undisturbed.Value;

    public static Task<ImportRun> OpenAsync(TestApp app, CancellationToken cancellationToken) => app.OpenAsync(From, To, cancellationToken);

    public static async Task<Outcome> OutcomeAsync(TestApp app, CancellationToken cancellationToken)
    {
        var run = await app.Get<ImportRunTable>().ListAsync("acme", cancellationToken).SingleAsync(cancellationToken);
        return new Outcome(
            await app.FoldAsync(run, cancellationToken),
            [.. (await app.SlicesAsync(run, cancellationToken)).Select(s => $"{s.Window} {s.State}: {s.Read} read, {s.Landed} landed, {s.Outside} outside, {s.Quarantined} quarantined")],
            await StorageSnapshot.TakeAsync(app.ConnectionString, cancellationToken));
    }

    private static async Task<Outcome> UndisturbedAsync()
    {
        await using var app = await TestApp.StartAsync(Setup, CancellationToken.None);
        await app.FinishedAsync(await OpenAsync(app, CancellationToken.None), CancellationToken.None);
        Assert.That(app.Log.Unexpected, Is.Empty);
        return (await OutcomeAsync(app, CancellationToken.None)) with { Calls = app.Five9.Calls };
    }

    // Four agents in states of ten minutes.
    private static IEnumerable<StateRow> Shift(string first, int states) =>
        from agent in new[] { "anna", "ben", "carla", "dora" }
        from i in Enumerable.Range(0, states)
        let start = InstantPattern.General.Parse(first).Value + i * Duration.FromMinutes(10)
        select new StateRow(agent, i % 2 == 0 ? "Ready" : "On Call", InstantPattern.General.Format(start), InstantPattern.General.Format(start + Duration.FromMinutes(10)));

    internal sealed record Outcome(RunSummary Fold, IReadOnlyList<string> Slices, IReadOnlyList<string> Storage)
    {
        public IReadOnlyDictionary<string, int> Calls { get; init; } = new Dictionary<string, int>();
    }
}
