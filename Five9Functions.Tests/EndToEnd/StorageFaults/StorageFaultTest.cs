using System.Text.RegularExpressions;
using Five9Functions.Runs;
using Five9Functions.Time;
using Five9Functions.Users;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>
/// Two days of two agents, imported while storage is at fault. Whatever the fault, the end is that of the same import undisturbed:
/// the same timelines and days, each step done once with Five9, nothing in a queue and nothing poisoned.
/// </summary>
public abstract partial class StorageFaultTest : EndToEndTest
{
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-04T08:00:00Z";

    private static readonly Lazy<Task<string[]>> Undisturbed = new(async () =>
    {
        await using var app = await TestApp.StartAsync(Setup, CancellationToken.None);
        await app.ImportAsync(From, To, CancellationToken.None);
        return await OutcomeAsync(app);
    });

    private protected static TestSetup Setup => new()
    {
        Now = "2026-11-04T12:00:00Z",
        Rows = new StateRows(
            new("anna", "Login", "2026-11-02T16:00:00Z", "2026-11-03T09:00:00Z"),
            new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:00:05Z"),
            new("anna", "Inbound", "2026-11-02T21:00:00Z", "2026-11-02T21:03:00Z", Call: "300000001"),
            new("ben", "Ready", "2026-11-03T17:00:00Z", "2026-11-03T18:00:00Z"),
            new("ben", "Ready", "2026-11-03T18:10:00Z", null) { Length = "a while" },
            new("ben", "Logout", "2026-11-03T18:30:00Z", "2026-11-03T18:30:00Z")),
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
    };

    private protected static Task<ImportRun> OpenAsync(TestApp app) => app.OpenAsync(From, To, Token);

    private protected static Task<RunSummary> ImportAsync(TestApp app) => app.ImportAsync(From, To, Token);

    /// <param name="late">Reports may have been run later than undisturbed ones, so their instants, and the versions that follow from them, are not compared.</param>
    private protected static async Task AssertAsUndisturbedAsync(TestApp app, int runs = 2, int downloads = 2, bool late = false)
    {
        Assert.That(app.Network.Happened, Is.Not.Empty, "the fault came");
        Assert.That((await OutcomeAsync(app)).Select(Compared), Is.EqualTo((await Undisturbed.Value).Select(Compared)));
        Assert.That((app.Five9.Calls["runReport"], app.Five9.Calls["getReportResultCsv"]), Is.EqualTo((runs, downloads)));
        var user = (await app.Get<Five9UserTable>().AllAsync(Token)).Single();
        Assert.That((user.OpenRuns.Count, user.UnderWay.Count, user.LeasedAt(app.Get<TimeProvider>().Now())), Is.EqualTo((0, 0, false)));

        if (!late)
        {
            // Only whoever had the turn while storage was away could not give it back: then it has ended by itself.
            Assert.That(user.LeaseOwner, Is.Empty);
        }

        Assert.That(await app.AnyPoisonAsync(Token), Is.False);

        string Compared(string row) => late ? Instants().Replace(row, "") : row;
    }

    private static async Task<string[]> OutcomeAsync(TestApp app) =>
    [
        .. await app.RowsAsync("AgentStates", CancellationToken.None),
        .. await app.RowsAsync("ReportDays", CancellationToken.None),
    ];

    [GeneratedRegex(@"(Inputs|LandedVersion|NormalizedVersion|Windows)=('[^']*'|\S+)")]
    private static partial Regex Instants();
}
