using System.Globalization;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.Api;
using Five9Functions.Tests.Calls;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>A report that was read before and cannot be read any more: what is held stays, and everybody who looks learns why.</summary>
[CancelAfter(240_000)]
public sealed class UnreadableReportTests : ApiTest
{
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-03T08:00:00Z";
    private const string Body = """{"from":"2026-11-02","to":"2026-11-03"}""";

    private static readonly string[] Results = ["AgentStates", "QueueIntervals", "Queues", "Calls"];

    /// <summary>35 states and 35 calls of 2 November, from noon on in Los Angeles.</summary>
    private static StateRow[] States => [.. Enumerable.Range(0, 35).Select(i => new StateRow("anna", i % 2 == 0 ? "Ready" : "Not Ready", $"2026-11-02T20:{i:00}:00Z", $"2026-11-02T20:{i:00}:50Z"))];

    private static string Calls => string.Join('\n', [CallText.Header, .. Enumerable.Range(0, 35).Select(i =>
        $"{i + 1},\"Mon, 02 Nov 2026 12:{i:00}:00\",Sales In,Inbound,ann,S-New,00:00:20,00:00:12,00:00:03,00:04:00,00:01:00,00:00:00,00:00:30,0")]);

    // the report | what became of it | the error
    [TestCase("agent-states", "TIME", "35 of 35 rows of the agent-state report could not be read; the first: line 2: the start cannot be read (DATE and TIME): '2026/11/02 12h00', must look like")]
    [TestCase("agent-states", "LENGTH", "35 of 35 rows of the agent-state report could not be read; the first: line 2: the duration cannot be read (AGENT STATE TIME): '50 s', must look like")]
    [TestCase("calls", "TIMESTAMP", "35 of 35 rows of the call log could not be read; the first: line 2: the start cannot be read (TIMESTAMP): 'lun. 2 nov. 2026 12:00:00', must look like")]
    [TestCase("calls", "SHAPE", "35 of 35 rows of the call log could not be read; the first: line 2: the number of fields is not that of the header.")]
    [TestCase("calls", "FLAG", "35 of 35 rows of the call log could not be read; the first: line 2: the flag is not 1, 0, - or empty (ABANDONED): 'nein', must look like")]
    public async Task AReportWhoseFormChanged_FailsTheSlice_AndNothingThatIsHeldChanges(string report, string change, string error)
    {
        var (states, calls) = (new MangledRows(new StateRows(States)), new MangledRows(new CallRows(Calls)));
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states, Calls = calls, Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" } });
        app.Log.Expect("could not be read");
        var first = await app.ImportAsync(From, To, Token);
        Assert.That((first.Status, first.Landed), Is.EqualTo((RunStatus.Succeeded, 70)));
        var (tables, blobs) = (await ResultsAsync(app), app.Traffic.Blocks("rows"));

        (report == "calls" ? calls : states).MangleRecords(record => Changed(record, change));
        app.Clock.Advance(Duration.FromHours(2));
        var run = await app.ImportAsync(From, To, Token);

        Assert.That(run.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(run.Errors.Select(e => (e.Problem, e.Text.Contains(error, StringComparison.Ordinal))), Is.EqualTo(new[] { (ImportProblem.RowsUnreadable, true) }), run.Errors[0].Text);
        Assert.That(await ResultsAsync(app), Is.EqualTo(tables));
        Assert.That(app.Traffic.Blocks("rows"), Is.EqualTo(blobs), "no block of rows was written");
        Assert.That(await CoverageAsync(api, report), Does.StartWith("failed 35 ").And.Contains(error));
        var health = (await api.GetAsync("health/integrations")).Json["items"]![0]!;
        Assert.That((string?)health["status"], Is.EqualTo("failing"));
        Assert.That((string?)health["reason"], Does.StartWith($"The newest import of {report} failed. ").And.Contains(error));

        (report == "calls" ? calls : states).MangleRecords(record => record);
        app.Clock.Advance(Duration.FromMinutes(1));
        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(await ResultsAsync(app), Is.EqualTo(tables));
        Assert.That(await CoverageAsync(api, report), Does.Not.StartWith("failed"));
    }

    [Test]
    public async Task WithForce_WhatCanBeReadReplacesWhatIsHeld()
    {
        var states = new MangledRows(new StateRows(States));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states });
        await app.ImportAsync(From, To, Token);

        states.Mangle = (record, i) => i is > 0 and < 34 ? Changed(record, "TIME") : record;
        app.Clock.Advance(Duration.FromHours(2));
        var run = await app.ImportAsync(From, To, Token, force: true);

        Assert.That((run.Status, run.Landed, run.Quarantined), Is.EqualTo((RunStatus.Succeeded, 2, 33)));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ADryRun_FailsAlike_AndLeavesNoMarkButOnItself()
    {
        var states = new MangledRows(new StateRows(States));
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states });
        app.Log.Expect("could not be read");
        await app.ImportAsync(From, To, Token);
        var days = await app.RowsAsync("ReportDays", Token);
        states.MangleRecords(record => Changed(record, "TIME"));
        app.Clock.Advance(Duration.FromHours(2));

        var run = await DryRunAsync(app, api);
        Assert.That((string?)run["status"], Is.EqualTo("failed"));
        Assert.That(await app.RowsAsync("ReportDays", Token), Is.EqualTo(days));

        states.Mangle = (record, i) => i > 10 ? "" : record;
        app.Clock.Advance(Duration.FromHours(2));
        Assert.That((string?)(await DryRunAsync(app, api))["status"], Is.EqualTo("succeeded"));
        Assert.That(await app.RowsAsync("ReportDays", Token), Is.EqualTo(days), "a result that is far too small is noted in the copy alone");
    }

    [Test]
    public async Task WhereRowsCouldBeThoseThatAreMissing_TheHeldOnesStay_UntilAReportCanBeRead()
    {
        var states = new MangledRows(new StateRows(States));
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states, Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" } });
        await app.ImportAsync(From, To, Token);
        var tables = await ResultsAsync(app);

        states.Mangle = (record, i) => i is > 0 and < 10 ? Changed(record, "LENGTH") : record;
        app.Clock.Advance(Duration.FromHours(2));
        var run = await app.ImportAsync(From, To, Token);

        Assert.That((run.Status, run.Landed, run.Quarantined), Is.EqualTo((RunStatus.Succeeded, 26, 9)));
        Assert.That(run.Warnings.Select(w => w.Concern), Is.EqualTo(new[] { SliceConcern.UnreadableRowsNotBelieved, SliceConcern.RowsQuarantined }));
        Assert.That(await ResultsAsync(app), Is.EqualTo(tables));
        Assert.That(await CoverageAsync(api, "agent-states"), Does.StartWith("suspicious 35"));
        await SinceThenAsync(app);
        Assert.That(await HealthAsync(api), Does.StartWith("incomplete: 9 of 44 rows of agent-states of 2026-11-02 could not be read; the first: line 2: the duration cannot be read (AGENT STATE TIME): '50 s', must look like"));

        app.Clock.Advance(Duration.FromHours(3));
        await app.ImportAsync(From, To, Token);
        Assert.That(await ResultsAsync(app), Is.EqualTo(tables), "however often it is said");

        states.Mangle = (record, i) => i is > 0 and < 10 ? "" : record;
        app.Clock.Advance(Duration.FromMinutes(1));
        Assert.That((await app.ImportAsync(From, To, Token)).Warnings, Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Has.Count.EqualTo(26), "nine rows are really gone");
        await SinceThenAsync(app);
        Assert.That(await HealthAsync(api), Does.StartWith("ok: "));
    }

    [Test]
    public async Task WhereNothingIsHeld_WhatCanBeReadLands_AndHealthSaysWhatIsMissing()
    {
        var states = new MangledRows(new StateRows(States)) { Mangle = (record, i) => i is > 0 and < 7 ? Changed(record, "LENGTH") : record };
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states, Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" } });

        var run = await app.ImportAsync(From, To, Token);
        await SinceThenAsync(app);

        Assert.That((run.Status, run.Landed, run.Quarantined), Is.EqualTo((RunStatus.Succeeded, 29, 6)));
        Assert.That(run.Warnings.Single().Text, Does.Contain("6 rows could not be understood and are quarantined. The first: line 2: the duration cannot be read (AGENT STATE TIME): '50 s', must look like"));
        Assert.That(await HealthAsync(api), Does.StartWith("incomplete: 6 of 35 rows of agent-states of 2026-11-02 could not be read"));
    }

    [Test]
    public async Task FiveUnreadableRows_OrRowsThatARuleRefuses_ChangeNoHealth()
    {
        var states = new MangledRows(new StateRows(States)) { Mangle = (record, i) => i is > 0 and < 6 ? Changed(record, "LENGTH") : i is > 5 and < 20 ? record.Replace(",anna,", ",[None],", StringComparison.Ordinal) : record };
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states, Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" } });

        var run = await app.ImportAsync(From, To, Token);
        await SinceThenAsync(app);

        Assert.That((run.Status, run.Landed, run.Quarantined), Is.EqualTo((RunStatus.Succeeded, 16, 19)));
        Assert.That(await HealthAsync(api), Does.StartWith("ok: "));
    }

    [Test]
    public async Task AResultWithLessThanHalfOfTheRows_IsBelievedOnceItIsConfirmedAnHourLater()
    {
        var rows = new StateRows(States);
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows });
        await app.ImportAsync(From, To, Token);
        rows.Rows = [.. States.Take(17)];

        app.Clock.Advance(Duration.FromHours(2));
        var first = await app.ImportAsync(From, To, Token);
        Assert.That(first.Warnings.Select(w => w.ToString()), Is.EqualTo(new[]
        {
            "agent-states 2026-11-02T08:00:00Z/2026-11-03T08:00:00Z: the report has 17 rows, far fewer than are held; these stay until a second report, an hour later, confirms it. (small-result-not-believed)",
        }));
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Has.Count.EqualTo(35));

        app.Clock.Advance(Duration.FromMinutes(60));
        Assert.That((await app.ImportAsync(From, To, Token)).Warnings, Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Has.Count.EqualTo(17));
    }

    [Test]
    public async Task AnIntegrationThatDoubtsLess_BelievesIt()
    {
        var rows = new StateRows(States);
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows, Settings = new Dictionary<string, string?> { ["Integrations:acme:SuspiciousPercent"] = "10" } });
        await app.ImportAsync(From, To, Token);
        rows.Rows = [.. States.Take(4)];

        app.Clock.Advance(Duration.FromHours(2));
        Assert.That((await app.ImportAsync(From, To, Token)).Warnings, Is.Empty);
        Assert.That(await app.TimelineAsync("2026-11-02", Token), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task TheConnectionTest_ReadsTheRowsThatItGets_AndFailsAtTheirStage()
    {
        var states = new MangledRows(new StateRows(new StateRow("anna", "Ready", "2026-11-03T11:40:00Z", "2026-11-03T11:50:00Z")));
        states.MangleRecords(record => Changed(record, "TIME"));
        var (_, api) = await ServeAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states });

        var test = await api.PostAsync("integrations/acme/test");

        Assert.That(test.Stages(), Does.Contain("agent-states failed"));
        Assert.That(test.Detail("agent-states"), Does.StartWith("1 of 1 rows of the agent-state report could not be read; the first: line 2: the start cannot be read (DATE and TIME): '2026/11/03 03h40', must look like"));
    }

    [Test]
    public async Task TwoUnreadableSlicesOfARun_EndTheOthersWithoutACall()
    {
        var states = new MangledRows(new StateRows([.. Enumerable.Range(0, 10).SelectMany(day => Enumerable.Range(0, 12).Select(i =>
            new StateRow("anna", "Ready", Utc(2026, 10, 20 + day, 20, i), Utc(2026, 10, 20 + day, 20, i + 1))))]));
        states.MangleRecords(record => Changed(record, "TIME"));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states });
        app.Log.Expect("could not be read");

        var run = await app.ImportAsync("2026-10-20T07:00:00Z", "2026-10-30T07:00:00Z", Token);

        Assert.That((run.Status, run.Slices, run.Failed), Is.EqualTo((RunStatus.Failed, 10, 10)));
        Assert.That(run.Errors.Select(e => e.Problem).Distinct(), Is.EqualTo(new[] { ImportProblem.RowsUnreadable }));
        Assert.That(app.Five9.Calls["runReport"], Is.InRange(2, 3), "two slices are under way at once, and the first to fail makes room for a third");
    }

    private static string Utc(int year, int month, int day, int hour, int minute) => InstantPattern.General.Format(Instant.FromUtc(year, month, day, hour, minute));

    /// <summary>Imports what is due since, so that nothing else is wrong.</summary>
    private static async Task SinceThenAsync(TestApp app)
    {
        await app.ImportAsync(To, InstantPattern.General.Format(app.Clock.Now - Duration.FromMinutes(5)), Token);
    }

    private static async Task<string> HealthAsync(ApiClient api)
    {
        var health = (await api.GetAsync("health/integrations")).Json["items"]![0]!;
        return $"{health["status"]}: {health["reason"]}";
    }

    private static async Task<string> CoverageAsync(ApiClient api, string report)
    {
        var days = (await api.GetAsync("integrations/acme/coverage?from=2026-11-02&to=2026-11-03")).Json["items"]!.AsArray();
        var day = days.Single(d => (string?)d!["report"] == report && (string?)d["date"] == "2026-11-02")!;
        return $"{day["state"]} {day["rows"]} {day["reason"]}";
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> DryRunAsync(TestApp app, ApiClient api)
    {
        var asked = await api.PostAsync("integrations/acme/imports", Body.Replace("}", ",\"dryRun\":true}", StringComparison.Ordinal));
        await app.Host.WhenIdleAsync(Token);
        return (await api.GetAsync($"integrations/acme/imports/{asked.Json["id"]}")).Json;
    }

    private static async Task<string> ResultsAsync(TestApp app)
    {
        var rows = new List<string>();
        foreach (var table in Results)
        {
            rows.AddRange((await app.RowsAsync(table, Token)).Where(row => !row.Contains("Inputs='", StringComparison.Ordinal)).Select(row => $"{table} {row}"));
        }

        return string.Join('\n', rows);
    }

    /// <summary>The record in a form that no report has.</summary>
    private static string Changed(string record, string change)
    {
        var fields = record.Split(',');
        switch (change)
        {
            case "TIME":
                fields[1] = fields[1].Replace(':', 'h')[..5];
                break;
            case "LENGTH":
                fields[7] = "50 s";
                break;
            case "SHAPE":
                fields[^1] += ",,,";
                break;
            case "FLAG":
                fields[^1] = "nein";
                break;
            default:
                var start = DateTime.ParseExact(record.Split('"')[1], "ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);
                return $"{fields[0]},lun. {start.Day} nov. {start.Year} {start:HH:mm:ss},{string.Join(',', fields[3..])}";
        }

        return string.Join(',', fields);
    }
}
