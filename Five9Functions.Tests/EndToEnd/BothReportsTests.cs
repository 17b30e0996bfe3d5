using Five9Functions.Calls;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Calls;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>Agent states and calls of one integration, on 21 August 2026: the worked example of the rules.</summary>
[CancelAfter(240_000)]
public sealed class BothReportsTests : EndToEndTest
{
    private const string From = "2026-08-21T07:00:00Z";
    private const string To = "2026-08-22T07:00:00Z";

    private static readonly LocalDate Friday = new(2026, 8, 21);

    private static readonly string[] ByCampaign =
    [
        "Sales In 16:00 9 6 2 1 1 0 2 1 1840 230 180 2250 297 49 1 0 0 0 0",
        "Sales In 16:15 1 1 0 0 0 0 0 0 60 0 0 60 20 0 0 60 0 0 0",
        "Sales Out 16:30 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 120 2",
    ];

    private static readonly string[] BySkill =
    [
        "(no skill) 16:00 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0",
        "(no skill) 16:30 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 120 2",
        "S-Care 16:00 3 2 0 0 1 1 1 0 300 30 50 380 68 0 0 0 0 0 0",
        "S-Care 16:15 1 1 0 0 0 1 0 0 100 20 10 130 25 0 0 60 0 0 0",
        "S-New 16:00 7 4 2 1 1 0 2 1 1440 180 120 1740 92 49 0 0 0 0 0",
        "S-New 16:15 1 1 0 0 0 0 0 0 60 0 0 60 20 0 0 0 0 0 0",
    ];

    private static readonly Dictionary<string, string?> Yesterday = new() { ["Integrations:acme:HistoryDays"] = "1" };

    private static readonly Dictionary<string, string?> Skill = new()
    {
        ["Integrations:acme:HistoryDays"] = "1",
        ["Integrations:acme:Grouping"] = "skill",
        ["Integrations:acme:CallLogFolder"] = "Call Log Reports",
        ["Integrations:acme:CallLogReport"] = "Call Log",
    };

    [Test]
    public async Task ARunOfAPerson_ImportsBoth()
    {
        var app = await StartAsync(Setup(CallRows.WithoutSkill(WorkedExample.Csv)));

        var run = await app.ImportAsync(From, To, Token);

        Assert.That((run.Status, run.Slices, run.Landed), Is.EqualTo((RunStatus.Succeeded, 2, 25)));
        Assert.That(await FiguresAsync(app, QueueGrouping.Campaign), Is.EqualTo(ByCampaign));
        Assert.That(await app.TimelineAsync("2026-08-21", Token), Is.EqualTo(new[] { "ann Ready 16:00:00-16:00:10" }));
        Assert.That(app.Traffic.Messages.Select(m => m.Queue).Distinct(), Is.EquivalentTo(new[] { "import-jobs", "call-log-reports", "agent-state-reports", "normalize-jobs" }));
        var day = await DayAsync(app);
        Assert.That(
            (day.CallRows, day.CallRows.Rows, day.HandleTimeDiffers, day.OldestOpen),
            Is.EqualTo((new CallAccounting(ContactLegs: 14, IvrOnly: 1, CallbackAttempt: 1, Voicemail: 1, ThirdParty: 1, Outbound: 1, Attempt: 2, Internal: 2, Unclassified: 1, Duplicate: 0, Quarantined: 0), 24, 0, (Instant?)null)));
    }

    [Test]
    public async Task ImportedAgain_AndEveryMessageTwice_ChangesNothing()
    {
        var app = await StartAsync(Setup(WorkedExample.Csv));
        await app.ImportAsync(From, To, Token);
        var (before, messages) = (await DerivedAsync(app), app.Traffic.Messages);

        foreach (var message in messages.Concat(messages))
        {
            await app.SendAsync(message, Token);
        }

        await app.Host.WhenIdleAsync(Token);
        app.Clock.Advance(Duration.FromHours(1));
        var again = await app.ImportAsync(From, To, Token);

        Assert.That((again.Status, again.Landed), Is.EqualTo((RunStatus.Succeeded, 25)));
        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(4));
        Assert.That(await DerivedAsync(app), Is.EqualTo(before));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task ACallLogThatFive9DoesNotKnow_FailsItsSlicesWithASentence_AndTheAgentStatesGoOn()
    {
        var app = await StartAsync(Setup(WorkedExample.Csv) with { Settings = new Dictionary<string, string?> { ["Integrations:acme:CallLogReport"] = "call log" } });
        app.Log.Expect("found no report");

        var run = await app.ImportAsync("2026-08-20T07:00:00Z", To, Token);

        Assert.That((run.Status, run.Slices, run.Failed), Is.EqualTo((RunStatus.Failed, 4, 2)));
        Assert.That(run.Errors.Select(e => e.Text), Has.All.Contains("found no report \"call log\" in folder \"Call Log Reports\" for importer@example.com").And.All.StartsWith("calls "));
        Assert.That(await app.TimelineAsync("2026-08-21", Token), Has.Count.EqualTo(1));
        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(3), "the second slice of the call log would fail alike");
    }

    [Test]
    public async Task AgentStatesThatFive9DoesNotKnow_FailAlone_TheOtherWayRound()
    {
        var app = await StartAsync(Setup(WorkedExample.Csv) with { Settings = new Dictionary<string, string?> { ["Integrations:acme:AgentStateReport"] = "states" } });
        app.Log.Expect("found no report");

        var run = await app.ImportAsync(From, To, Token);

        Assert.That((run.Status, run.Failed), Is.EqualTo((RunStatus.Failed, 1)));
        Assert.That(await FiguresAsync(app, QueueGrouping.Campaign), Is.EqualTo(ByCampaign));
    }

    [Test]
    public async Task FromSkillToCampaign_AndAnotherThreshold_AreDerivedFromWhatIsHeld_WithoutADownload()
    {
        var app = await StartAsync(Setup(WorkedExample.Csv) with { Settings = Skill });
        await app.TickAsync(Token);
        Assert.That(await FiguresAsync(app, QueueGrouping.Skill), Is.EqualTo(BySkill));

        await app.RestartAsync(new Dictionary<string, string?> { ["Integrations:acme:Grouping"] = "campaign", ["Integrations:acme:ServiceLevelSeconds"] = "3600", ["Integrations:acme:Reports"] = "calls" }, Token);
        var reports = app.Five9.Calls["runReport"];
        await app.TickAsync(Token);

        Assert.That(await FiguresAsync(app, QueueGrouping.Skill), Is.Null);
        Assert.That(await FiguresAsync(app, QueueGrouping.Campaign), Is.EqualTo(new[]
        {
            "Sales In 16:00 9 6 2 1 1 0 5 2 1840 230 180 2250 297 49 1 0 0 0 0",
            "Sales In 16:15 1 1 0 0 0 0 1 0 60 0 0 60 20 0 0 60 0 0 0",
            "Sales Out 16:30 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 120 2",
        }));
        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(reports), "this slot's run is done already");
    }

    [Test]
    public async Task FromCampaignToSkill_TheDaysAreReadAgain_BecauseTheStandardReportHasNoSkill()
    {
        var calls = new CallRows(CallRows.WithoutSkill(WorkedExample.Csv));
        var app = await StartAsync(Setup("") with { Calls = calls });
        await app.TickAsync(Token);
        Assert.That(await FiguresAsync(app, QueueGrouping.Campaign), Is.EqualTo(ByCampaign));

        calls.Csv = WorkedExample.Csv;
        app.Clock.Advance(Duration.FromMinutes(15));
        await app.RestartAsync(Skill, Token);
        await app.TickAsync(Token);

        Assert.That(await FiguresAsync(app, QueueGrouping.Campaign), Is.Null);
        Assert.That(await FiguresAsync(app, QueueGrouping.Skill), Is.EqualTo(BySkill));
        Assert.That((await DayAsync(app)).Windows.Select(w => w.LacksSkill), Is.All.False);
    }

    private static TestSetup Setup(string calls) => new()
    {
        Now = "2026-08-22T12:00:00Z",
        Rows = new StateRows(new StateRow("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:10Z")),
        Calls = new CallRows(calls),
        Settings = Yesterday,
    };

    private static async Task<ReportDay> DayAsync(TestApp app) => (await app.Get<ReportDayTable>().GetAsync(new RawDayId("acme", ReportNames.Calls, Friday), Token)).Value;

    private static async Task<string[]?> FiguresAsync(TestApp app, QueueGrouping grouping) =>
        await app.Get<QueueIntervalsTable>().ReadAsync("acme", Friday, grouping, Token) is { } intervals ? [.. CallText.Table(intervals)] : null;

    private static async Task<IReadOnlyList<string>> DerivedAsync(TestApp app) =>
        [.. await app.RowsAsync("AgentStates", Token), .. await app.RowsAsync("Calls", Token), .. await app.RowsAsync("QueueIntervals", Token), .. await app.RowsAsync("Queues", Token)];
}
