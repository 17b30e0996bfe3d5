using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.Storage;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>The blob of a raw day is damaged: what is stored of the day stays until Five9 was asked for all of it again, and then it is as before.</summary>
[CancelAfter(240_000)]
public sealed class DamagedDayTests : EndToEndTest
{
    private const string DayStart = "2026-08-21T07:00:00Z";
    private const string DayEnd = "2026-08-22T07:00:00Z";

    private static readonly string[] Derived = ["AgentStates", "QueueIntervals", "Calls", "Queues"];

    private readonly StateRows _states = new(
        new("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:10Z"),
        new("bob", "Login", "2026-08-21T16:30:00Z", "2026-08-22T16:00:00Z"),
        new("ann", "Ready", "2026-08-22T17:00:00Z", "2026-08-22T17:10:00Z"));

    private readonly CallRows _calls = new(CallRows.WithoutSkill(WorkedExample.Csv));

    private TestSetup Setup => new()
    {
        Now = "2026-08-23T12:00:00Z",
        Rows = _states,
        Calls = _calls,
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
    };

    [Test]
    public async Task ADamagedDay_StaysAsItIsStored_UntilAllOfItWasReadAgain(
        [Values("agent-states", "calls")] string report,
        [Values(RawDayDamage.FlippedInHeader, RawDayDamage.FlippedInRows, RawDayDamage.Truncated, RawDayDamage.WithoutMetadata, RawDayDamage.Empty)] RawDayDamage damage)
    {
        var app = await ImportedAsync();
        var before = await DerivedAsync(app);
        app.Log.Expect("was begun anew");
        app.Log.Expect("stays as it is stored");
        await DamageAsync(app, report, damage);

        app.Clock.Advance(Duration.FromHours(1));
        var partly = await app.ImportAsync("2026-08-21T15:00:00Z", "2026-08-21T16:20:00Z", Token);

        Assert.That((partly.Status, partly.Errors.Count), Is.EqualTo((RunStatus.Succeeded, 0)));
        Assert.That(await DerivedAsync(app), Is.EqualTo(before), "rows stay as they were, byte for byte");
        var day = await DayAsync(app, report);
        Assert.That(day.Windows.Select(Text), Is.EqualTo(new[] { "2026-08-21T15:00:00Z-2026-08-21T16:20:00Z" }));
        Assert.That(day.Awaited.Select(Text), Is.EqualTo(new[] { "2026-08-21T07:00:00Z-2026-08-21T15:00:00Z", "2026-08-21T16:20:00Z-2026-08-22T07:00:00Z" }));
        Assert.That(day.Warnings, Has.Some.Contains("what is stored of this day stays until Five9 has been asked for that again"));
        Assert.That((await BlobsAsync(app)).Count(name => name.StartsWith($"acme/{report}/2026-08-21.damaged-", StringComparison.Ordinal)), Is.EqualTo(1));

        app.Clock.Advance(Duration.FromHours(1));
        var whole = await app.ImportAsync(DayStart, DayEnd, Token);

        Assert.That((whole.Status, whole.Errors.Count), Is.EqualTo((RunStatus.Succeeded, 0)));
        day = await DayAsync(app, report);
        Assert.That((day.IsHeld, day.NormalizedVersion == day.LandedVersion, day.Warnings.Count(line => line.Contains("Held", StringComparison.Ordinal))), Is.EqualTo((false, true, 0)));
        Assert.That(await DerivedAsync(app), Is.EqualTo(before));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task AfterItWasReadAgain_ADamagedDayFollowsFromWhatFive9SaysNow()
    {
        var app = await ImportedAsync();
        app.Log.Expect("was begun anew");
        await DamageAsync(app, "agent-states", RawDayDamage.FlippedInRows);
        _states.Rows = [.. _states.Rows.Skip(1), new("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:20Z")];

        app.Clock.Advance(Duration.FromHours(1));
        await app.ImportAsync(DayStart, DayEnd, Token);

        Assert.That(await app.TimelineAsync("2026-08-21", Token), Has.Some.EqualTo("ann Ready 16:00:00-16:00:20"));
    }

    [Test]
    public async Task ANeighbour_WithOtherRowsOfItsOwn_IsDerivedWithoutTheDamagedDay_AndSaysSo([Values(RawDayDamage.FlippedInHeader, RawDayDamage.FlippedInRows)] RawDayDamage damage)
    {
        var app = await ImportedAsync();
        app.Log.Expect("stays as it is stored");
        app.Log.Expect("The day 2026-08-21 of acme is not derived. The blob reports/acme/agent-states/2026-08-21.gz cannot be read: ");
        var before = await app.TimelineAsync("2026-08-21", Token);
        await DamageAsync(app, "agent-states", damage);
        _states.Rows = [.. _states.Rows.SkipLast(1), new("ann", "Ready", "2026-08-22T17:00:00Z", "2026-08-22T17:20:00Z")];

        app.Clock.Advance(Duration.FromHours(1));
        var run = await app.ImportAsync(DayEnd, "2026-08-23T07:00:00Z", Token);

        Assert.That((run.Status, run.Errors.Count), Is.EqualTo((RunStatus.Succeeded, 0)));
        Assert.That(await app.TimelineAsync("2026-08-22", Token), Has.Some.EqualTo("ann Ready 17:00:00-17:20:00"));
        Assert.That(await app.TimelineAsync("2026-08-21", Token), Is.EqualTo(before), "its own day stays");
        Assert.That((await DayAsync(app, "agent-states", 22)).Warnings, Has.Some.EqualTo(
            "Derived without 2026-08-21, whose raw day cannot be read or is being read again: what reaches from there into this day is missing until then."));
        Assert.That((await DayAsync(app, "agent-states")).Windows, Is.Empty, "so it is planned again");

        // Read again: the neighbour has all of it again, and says nothing any more.
        app.Log.Expect("was begun anew");
        app.Clock.Advance(Duration.FromHours(1));
        await app.ImportAsync(DayStart, DayEnd, Token);
        Assert.That((await DayAsync(app, "agent-states", 22)).Warnings, Is.Empty);
        Assert.That((await DayAsync(app, "agent-states")).IsHeld, Is.False);
        Assert.That(await app.TimelineAsync("2026-08-21", Token), Is.EqualTo(before));
    }

    [Test]
    public async Task ANeighbour_WithTheSameRows_Stays([Values(RawDayDamage.FlippedInHeader, RawDayDamage.WithoutMetadata)] RawDayDamage damage)
    {
        var app = await ImportedAsync();
        app.Log.Expect("stays as it is stored");
        var before = await DerivedAsync(app);
        await DamageAsync(app, "agent-states", damage);

        app.Clock.Advance(Duration.FromHours(1));
        var run = await app.ImportAsync(DayEnd, "2026-08-23T07:00:00Z", Token);

        Assert.That((run.Status, run.Errors.Count), Is.EqualTo((RunStatus.Succeeded, 0)));
        Assert.That(await DerivedAsync(app), Is.EqualTo(before));
    }

    [Test]
    public async Task TicksReadADamagedDayAgain_WithoutAPerson([Values("agent-states", "calls")] string report)
    {
        var app = await StartAsync(Setup with { Now = "2026-08-22T20:00:00Z", Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" } });
        await app.TickAsync(Token);
        var before = await DerivedAsync(app);
        app.Log.Expect("was begun anew");
        app.Log.Expect("stays as it is stored");
        await DamageAsync(app, report, RawDayDamage.FlippedInHeader);

        for (var tick = 0; tick < 6; tick++)
        {
            app.Clock.Advance(Duration.FromMinutes(20));
            await app.TickAsync(Token);
        }

        var day = await DayAsync(app, report);
        Assert.That((day.IsHeld, day.NormalizedVersion == day.LandedVersion), Is.EqualTo((false, true)));
        Assert.That(day.Windows.Min(w => w.From).ToString(), Is.EqualTo(DayStart));
        Assert.That(await DerivedAsync(app), Is.EqualTo(before));
        Assert.That(await BlobsAsync(app), Has.Some.StartsWith($"acme/{report}/2026-08-21.damaged-"));
    }

    private async Task<TestApp> ImportedAsync()
    {
        var app = await StartAsync(Setup);
        await app.ImportAsync(DayStart, "2026-08-23T07:00:00Z", Token);
        Assert.That(await app.TimelineAsync("2026-08-21", Token), Has.Count.GreaterThan(1));
        return app;
    }

    private static async Task DamageAsync(TestApp app, string report, RawDayDamage damage) =>
        await new BlobContainerClient(app.ConnectionString, "reports").DamageAsync($"acme/{report}/2026-08-21.gz", damage);

    private static async Task<List<string>> BlobsAsync(TestApp app) =>
        await new BlobContainerClient(app.ConnectionString, "reports").GetBlobsAsync(BlobTraits.None, BlobStates.None, "acme/", Token).Select(blob => blob.Name).ToListAsync();

    private static async Task<ReportDay> DayAsync(TestApp app, string report, int day = 21) =>
        (await app.Get<ReportDayTable>().GetAsync(new RawDayId("acme", report, new LocalDate(2026, 8, day)), Token)).Value;

    /// <summary>All derived rows but the manifests, which name the versions that they follow from.</summary>
    private static async Task<List<string>> DerivedAsync(TestApp app)
    {
        var rows = new List<string>();
        foreach (var table in Derived)
        {
            rows.AddRange((await app.RowsAsync(table, Token)).Where(row => !row.Contains(" / manifest: ", StringComparison.Ordinal)).Select(row => $"{table} {row}"));
        }

        return rows;
    }

    private static string Text(Interval window) => $"{window.Start}-{window.End}";

    private static string Text(LedgerWindow window) => $"{window.From}-{window.To}";
}
