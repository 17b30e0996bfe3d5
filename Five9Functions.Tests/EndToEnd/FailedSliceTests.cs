using Five9Functions.LocalHost.Simulator;
using Five9Functions.Runs;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class FailedSliceTests : EndToEndTest
{
    private static StateRows Rows => new(
        new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"),
        new("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z"));

    [Test]
    public async Task AMissingColumn_FailsTheSlice_NamingWhatIsMissingAndWhatWasFound_AndTheOtherSlicesGoOn()
    {
        var app = await StartAsync(new TestSetup { Now = "2026-11-04T12:00:00Z", Rows = Rows });
        app.Log.Expect("The agent-state report lacks");
        app.Five9.Next("getReportResultCsv", SimulatedAnswer.Http(200, contentType: "text/xml", body: """
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body>
            <ns2:getReportResultCsvResponse xmlns:ns2="http://service.admin.ws.five9.com/"><return>DATE,AGENT,Dauer,SKILL
            </return></ns2:getReportResultCsvResponse></env:Body></env:Envelope>
            """));

        var run = await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);

        Assert.That((run.Status, run.Slices, run.Failed, run.Landed), Is.EqualTo((RunStatus.Failed, 2, 1, 1)));
        Assert.That(run.Errors.Single().Text, Does.EndWith(
            ": The agent-state report lacks STATE, AGENT STATE TIME, TIME (or TIMESTAMP); found: DATE, AGENT, DAUER, SKILL. Add what is missing to the report in Five9."));
        Assert.That(app.Log.Count("The agent-state report lacks"), Is.EqualTo(1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ADownloadThatEndsTooEarly_LandsNothing_AndIsDoneAgain(bool connectionBreaks)
    {
        var app = await StartAsync(new TestSetup { Now = "2026-11-04T12:00:00Z", Rows = Rows });
        app.Five9.Next("getReportResultCsv", connectionBreaks ? SimulatedAnswer.Reset(250) : SimulatedAnswer.Truncated(250));

        var run = await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);

        Assert.That((run.Status, run.Landed), Is.EqualTo((RunStatus.Succeeded, 2)));
        Assert.That(app.Five9.Calls, Is.EquivalentTo(new KeyValuePair<string, int>[] { new("runReport", 2), new("isReportRunning", 2), new("getReportResultCsv", 3) }));
        Assert.That(app.Traffic.Blocks("rows"), Is.EqualTo(2));
    }

    [Test]
    public async Task AReportThatFive9DoesNotKnow_FailsTheSlice_NamingFolderAndReport_AndOtherIntegrationsGoOn()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = Rows,
            Integrations = ["acme", "other"],
            Settings = new Dictionary<string, string?> { ["Integrations:other:AgentStateFolder"] = "My Reports", ["Integrations:other:AgentStateReport"] = "agent state details" },
        });
        app.Log.Expect("found no report");

        var wrong = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token, integration: "other");
        var right = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-04T08:00:00Z", Token);

        Assert.That((await app.FinishedAsync(right, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        var failed = await app.FinishedAsync(wrong, Token);
        Assert.That(failed.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(failed.Errors.Single().Text, Does.Contain("found no report \"agent state details\" in folder \"My Reports\" for importer@example.com"));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Has.Count.EqualTo(1));
        Assert.That(await app.TimelineAsync("2026-11-02", Token, "other"), Is.Empty);
    }

    [Test]
    public async Task AResultThatFive9CutEvenForOneMinute_FailsLoudly_AndTheMinutesAroundItLand()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = new StateRows(
                new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:00:30Z"),
                new("anna", "Ready", "2026-11-02T21:02:00Z", "2026-11-02T21:02:10Z"),
                new("anna", "Inbound", "2026-11-02T21:02:10Z", "2026-11-02T21:02:20Z"),
                new("anna", "Ready", "2026-11-02T21:02:20Z", "2026-11-02T21:02:30Z"),
                new("anna", "Ready", "2026-11-02T21:03:30Z", "2026-11-02T21:03:40Z")),
            Settings = new Dictionary<string, string?> { ["Imports:RowCap"] = "3", ["Integrations:acme:PaddingMinutes"] = "0" },
            Five9RowCap = 3,
        });
        app.Log.Expect("Five9 cut even one minute");

        var run = await app.ImportAsync("2026-11-02T21:00:00Z", "2026-11-02T21:04:00Z", Token);

        Assert.That((run.Status, run.Slices, run.Failed, run.Landed), Is.EqualTo((RunStatus.Failed, 3, 1, 2)));
        Assert.That(run.Errors.Select(e => e.Text), Is.EqualTo(new[]
        {
            "agent-states 2026-11-02T21:02:00Z/2026-11-02T21:03:00Z: Five9 cut even one minute of the report at 3 rows, so rows are missing: "
            + "give the report a filter or fewer columns that multiply rows.",
        }));
        Assert.That(app.Log.Unexpected, Is.Empty);
        Assert.That(app.Log.Lines, Has.One.Matches("^Error: Slice .* ended as Failed. Five9 cut even one minute"));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[] { "anna Ready 21:00:00-21:00:30", "anna Ready 21:03:30-21:03:40" }));
    }
}
