using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class StaleNormalizationTests : EndToEndTest
{
    [TestCase("AgentStates")]
    [TestCase("ReportDays")]
    public async Task AStaleNormalizationThatFinishesLast_ChangesNothing(string heldBackBefore)
    {
        var rows = new StateRows(new StateRow("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T22:00:00Z"));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows });
        await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);

        // One normalization has read and derived; between that and its write a newer report is imported.
        var held = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        app.Traffic.Before = async request =>
        {
            if (request.Entities.Any(e => e.Table == heldBackBefore && e.RowKey is "manifest" or "2026-11-02") && held.TrySetResult())
            {
                await release.Task;
            }
        };
        app.Clock.Advance(Duration.FromHours(1));
        rows.Rows = [.. rows.Rows, new("anna", "Inbound", "2026-11-02T21:10:00Z", "2026-11-02T21:20:00Z")];
        var older = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        await held.Task.WaitAsync(Token);
        app.Clock.Advance(Duration.FromHours(1));
        rows.Rows = [.. rows.Rows, new("anna", "Inbound", "2026-11-02T21:30:00Z", "2026-11-02T21:40:00Z")];
        var newer = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        await app.WhenAsync(async () => (await app.FoldAsync(newer, Token)).Status == RunStatus.Succeeded, Token);
        var newest = await TablesAsync(app);

        release.SetResult();
        var stale = await app.FinishedAsync(older, Token);

        Assert.That(stale.Errors, Is.Empty);
        Assert.That(await TablesAsync(app), Is.EqualTo(newest));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[]
        {
            "anna Ready 21:00:00-21:10:00, adjusted",
            "anna Inbound 21:10:00-21:20:00",
            "anna Ready 21:20:00-21:30:00, adjusted",
            "anna Inbound 21:30:00-21:40:00",
            "anna Ready 21:40:00-22:00:00, adjusted",
        }));
    }

    /// <summary>With ETags: not even the same content was written again.</summary>
    private static async Task<IEnumerable<string>> TablesAsync(TestApp app) =>
        (await TableText.ReadAsync(app.ConnectionString, "AgentStates", _ => true, Token)).Concat(await TableText.ReadAsync(app.ConnectionString, "ReportDays", _ => true, Token));
}
