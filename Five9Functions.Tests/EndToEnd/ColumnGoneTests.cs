using Five9Functions.Runs;
using Five9Functions.Tests.Api;
using Five9Functions.Tests.Calls;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>A column that held rows fill disappears from the report.</summary>
[CancelAfter(240_000)]
public sealed class ColumnGoneTests : ApiTest
{
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-03T08:00:00Z";

    private static readonly StateRow Lunch = new("anna", "Not Ready", "2026-11-02T20:00:00Z", "2026-11-02T20:10:00Z", Reason: "Lunch");

    private static readonly IReadOnlyDictionary<string, string?> SinceTheDayBefore = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" };

    [Test]
    public async Task HeldRowsStay_UntilAnHourLaterAReportLacksItToo_AndHealthSaysSo()
    {
        var states = new MangledRows(new StateRows(Lunch));
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states, Settings = SinceTheDayBefore });
        await app.ImportAsync(From, To, Token);
        Assert.That(await StoredAsync(app), Does.Contain("ReasonCode='Lunch'"));

        states.Mangle = (record, _) => Without(record, 5);
        app.Clock.Advance(Duration.FromMinutes(10));
        var run = await app.ImportAsync(From, To, Token);
        await app.ImportAsync(To, InstantPattern.General.Format(app.Clock.Now - Duration.FromMinutes(5)), Token);

        Assert.That(run.Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(run.Warnings.Select(w => w.ToString()), Is.EqualTo(new[]
        {
            "agent-states 2026-11-02T08:00:00Z/2026-11-03T08:00:00Z: the report lacks REASON CODE, which rows that are held fill; these stay until a second report, an hour later, confirms it. "
            + "Add the column to the report in Five9, or wait. (column-gone)",
        }));
        Assert.That(await StoredAsync(app), Does.Contain("ReasonCode='Lunch'"));
        var health = (await api.GetAsync("health/integrations")).Json["items"]![0]!;
        Assert.That($"{health["status"]}: {health["reason"]}", Is.EqualTo(
            "incomplete: The report lacks a column that held rows of agent-states of 2026-11-02 fill since 2026-11-03T12:10:00Z; these rows stay until a second report, an hour later, confirms it. The run's warning names the column."));

        app.Clock.Advance(Duration.FromMinutes(60));
        Assert.That((await app.ImportAsync(From, To, Token)).Warnings, Is.Empty);
        Assert.That(await StoredAsync(app), Does.Contain("ReasonCode=''"));
    }

    [Test]
    public async Task TheColumnComesBack_OrAPersonForcesIt()
    {
        var states = new MangledRows(new StateRows(Lunch));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states, Settings = SinceTheDayBefore });
        await app.ImportAsync(From, To, Token);
        states.Mangle = (record, _) => Without(record, 5);
        app.Clock.Advance(Duration.FromMinutes(10));
        await app.ImportAsync(From, To, Token);

        states.Mangle = (record, _) => record;
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await app.ImportAsync(From, To, Token)).Warnings, Is.Empty);
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.None.Contains("ColumnGoneAsOf"));

        states.Mangle = (record, _) => Without(record, 5);
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await app.ImportAsync(From, To, Token, force: true)).Warnings, Is.Empty);
        Assert.That(await StoredAsync(app), Does.Contain("ReasonCode=''"));
    }

    [Test]
    public async Task AColumnThatNoHeldRowFills_MayDisappear()
    {
        var states = new MangledRows(new StateRows(Lunch with { Reason = "" }));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states, Settings = SinceTheDayBefore });
        await app.ImportAsync(From, To, Token);

        states.Mangle = (record, _) => Without(record, 5);
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await app.ImportAsync(From, To, Token)).Warnings, Is.Empty);
    }

    [Test]
    public async Task ColumnsThatTheSettingsLeaveOut_MayDisappear_AndOthersMayNot()
    {
        const string csv = """
            CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED,SKILL,ANI,HANDLE TIME
            1,"Mon, 02 Nov 2026 12:00:00",Sales,Inbound,ann,00:00:12,00:00:03,00:04:00,00:01:00,00:00:00,00:00:30,0,S-New,5550100001,00:04:30
            """;
        var settings = new Dictionary<string, string?>(SinceTheDayBefore) { ["Integrations:acme:Grouping"] = "skill", ["Integrations:acme:KeepCustomerData"] = "true", ["Integrations:acme:CallLogFolder"] = "Call Log Reports", ["Integrations:acme:CallLogReport"] = "Call Log" };
        var calls = new MangledRows(new CallRows(csv));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = new StateRows(), Calls = calls, Settings = settings });
        await app.ImportAsync(From, To, Token);

        // SKILL and ANI are the 13th and the 14th column; TIMESTAMP holds one more comma.
        calls.Mangle = (record, i) => Without(Without(record, i == 0 ? 13 : 14), i == 0 ? 12 : 13);
        await app.RestartAsync(new Dictionary<string, string?> { ["Integrations:acme:Grouping"] = "campaign", ["Integrations:acme:KeepCustomerData"] = "false" }, Token);
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await app.ImportAsync(From, To, Token)).Warnings, Is.Empty);

        calls.Mangle = (record, i) => Without(Without(Without(record, i == 0 ? 14 : 15), i == 0 ? 13 : 14), i == 0 ? 12 : 13);
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await app.ImportAsync(From, To, Token)).Warnings.Select(w => w.Concern), Is.EqualTo(new[] { SliceConcern.ColumnGone }));
        Assert.That(CallText.Header, Does.Not.Contain("HANDLE TIME"), "the column is one that only some reports have");
    }

    private static async Task<string> StoredAsync(TestApp app) => (await app.RowsAsync("AgentStates", Token)).Single(row => row.Contains("State='Not Ready'", StringComparison.Ordinal));

    private static string Without(string record, int column)
    {
        var fields = record.Split(',').ToList();
        fields.RemoveAt(column);
        return string.Join(',', fields);
    }
}
