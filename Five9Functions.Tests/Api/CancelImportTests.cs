using Five9Functions.Imports;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Users;
using NodaTime;

namespace Five9Functions.Tests.Api;

/// <summary>Whatever a person stops, and wherever it was: the ledger tells what was read, and only that.</summary>
[CancelAfter(240_000)]
public sealed class CancelImportTests : ApiTest
{
    private const string Imports = "integrations/acme/imports";
    private const string FourDays = """{"from":"2026-11-02","to":"2026-11-06"}""";

    private static TestSetup Setup => new()
    {
        Now = "2026-11-06T12:00:00Z",
        Rows = new StateRows([.. Enumerable.Range(2, 4).Select(day => new StateRow("anna", "Ready", $"2026-11-0{day}T21:00:00Z", $"2026-11-0{day}T21:10:00Z"))]),
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
    };

    /// <summary>At this request of the import the run is cancelled, and the request goes on.</summary>
    /// <param name="landed">Whether something is read all the same, because it had landed by then or was just about to.</param>
    [TestCase("ImportRuns", "\"Plan\":", false)]
    [TestCase("ImportSlices", "\"Requesting\"", false)]
    [TestCase("ImportSlices", "\"Running\"", false)]
    [TestCase("comp=blocklist", "", true)]
    [TestCase("ImportSlices", "\"Normalizing\"", true)]
    [TestCase("ReportDays", "", true)]
    public async Task ARunThatIsCancelled_EndsWithWhatHadLanded_AndEveryMessageAgainChangesNothing(string at, string part, bool landed)
    {
        var (app, api) = await ServeAsync(Setup);
        var (id, left) = (new TaskCompletionSource<string>(), 1);
        app.Traffic.Before = async request =>
        {
            var matches = request.CanWrite && (request.Path + request.Query).Contains(at, StringComparison.Ordinal) && System.Text.Encoding.UTF8.GetString(request.Body).Contains(part, StringComparison.Ordinal)
                && (at != "ImportRuns" || request.Method == "PUT");
            if (matches && Interlocked.Decrement(ref left) == 0)
            {
                Assert.That((await api.PostAsync($"{Imports}/{await id.Task}/cancel")).Status, Is.EqualTo(202));
                await app.Get<SliceDispatch>().DispatchAsync((await app.Get<Five9UserTable>().AllAsync(Token)).Single().Key, Token);
            }
        };

        id.SetResult((await api.PostAsync(Imports, FourDays))["id"]!);
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        var run = await api.GetAsync($"{Imports}/{await id.Task}");
        Assert.That(left, Is.LessThanOrEqualTo(0), "it was never cancelled");
        Assert.That((run["status"], run["progress"], run["slices.failed"]), Is.EqualTo(("cancelled", "100", "0")), run.Text);
        Assert.That(run.Json["errors"]!.AsArray(), Is.Empty);
        Assert.That(await CoveredAsync(app), landed ? Is.Not.Empty.And.Not.Contains("2026-11-02") : Is.Empty);
        await RequireTrueAsync(app, run);
        Assert.That(await app.RowsAsync("Five9Users", Token), Has.One.Contains("OpenRuns='[]'").And.One.Contains("UnderWay='[]'"));

        var before = await StateAsync(app);
        foreach (var message in app.Traffic.Messages.ToList())
        {
            await app.SendAsync(message, Token);
        }

        await app.Host.WhenIdleAsync(Token);
        app.Clock.Advance(Duration.FromMinutes(16));
        await app.TickAsync(Token);
        Assert.That(await StateAsync(app), Is.EqualTo(before));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task ARunThatWaitsForAPassword_IsCancelledAtOnce_Twice_AndAFinishedOneIsNot()
    {
        var (app, api) = await ServeAsync(Setup with { Secret = "wrong" });
        app.Log.Expect("rejected the credential");
        var id = (await api.PostAsync(Imports, FourDays))["id"];
        app.Host.LookNow();
        await app.WhenAsync(async () => (await api.GetAsync($"{Imports}/{id}"))["warnings.0.code"] == "credential-rejected", Token);

        var cancelled = await api.PostAsync($"{Imports}/{id}/cancel");
        var again = await api.PostAsync($"{Imports}/{id}/cancel");
        app.Host.LookNow();
        await app.WhenAsync(async () => (await api.GetAsync($"{Imports}/{id}"))["finishedAt"] is not null, Token);

        Assert.That((cancelled.Status, cancelled["cancelledAt"], again.Status), Is.EqualTo((202, "2026-11-06T12:00:00Z", 202)));
        Assert.That(cancelled.Location, Is.EqualTo($"/api/{Imports}/{id}"));
        var run = await api.GetAsync($"{Imports}/{id}");
        Assert.That((run["status"], run["items.0.state"], run["items.0.problem.code"], run["items.0.problem.text"]), Is.EqualTo(("cancelled", "failed", "cancelled", "The run was cancelled before this was read.")));
        Assert.That((await api.PostAsync($"{Imports}/{id}/cancel")).Status, Is.EqualTo(202), "it is what was wanted");
        Assert.That((await api.PostAsync($"{Imports}/{id}/retry")).Problem, Does.StartWith("409 nothing-failed: "));
    }

    [Test]
    public async Task AFinishedRun_CannotBeCancelled()
    {
        var (app, api) = await ServeAsync(Setup);
        var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        await app.FinishedAsync(run, Token);

        Assert.That((await api.PostAsync($"{Imports}/{run.Id}/cancel")).Problem, Is.EqualTo("409 run-finished: The run is finished, so there is nothing left to cancel."));
        Assert.That((await api.GetAsync($"{Imports}/{run.Id}"))["status"], Is.EqualTo("succeeded"));
    }

    [Test]
    public async Task FailedSlices_AreDoneAgain_OnceThoughTwoAskAtOnce_AndTheFailureIsShownNoMore()
    {
        var (app, api) = await ServeAsync(Setup);
        app.Log.Expect("The agent-state report lacks");
        app.Five9.Next("getReportResultCsv", SimulatedAnswer.Http(200, contentType: "text/xml", body: """
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body>
            <ns2:getReportResultCsvResponse xmlns:ns2="http://service.admin.ws.five9.com/"><return>DATE,AGENT
            </return></ns2:getReportResultCsvResponse></env:Body></env:Envelope>
            """));
        var id = (await api.PostAsync(Imports, FourDays))["id"];
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
        var failed = await api.GetAsync($"{Imports}/{id}");
        var reports = app.Five9.Calls["runReport"];

        app.Clock.Advance(Duration.FromMinutes(1));
        var both = await Task.WhenAll(api.PostAsync($"{Imports}/{id}/retry"), api.PostAsync($"{Imports}/{id}/retry"));
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
        var run = await api.GetAsync($"{Imports}/{id}");
        var listed = await api.GetAsync(Imports);

        Assert.That((failed["status"], failed["errors.0.code"]), Is.EqualTo(("failed", "column-missing")));
        var failures = int.Parse(failed["slices.failed"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(failures, Is.GreaterThan(0));
        Assert.That(both.Select(r => r.Status).Order(), Is.EqualTo(new[] { 202, 409 }));
        Assert.That((run["status"], run["slices.failed"], run["retries"], run["rows.landed"]), Is.EqualTo(("succeeded", "0", "1", "4")));
        Assert.That(run.Json["errors"]!.AsArray(), Is.Empty);
        Assert.That((listed["items.0.status"], listed["items.0.rows.landed"], listed["items.0.slices.failed"]), Is.EqualTo(("succeeded", "4", "0")));
        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(reports + failures));
        Assert.That(await CoveredAsync(app), Is.EqualTo("2026-11-02 2026-11-03 2026-11-04 2026-11-05"));
        Assert.That((await api.PostAsync($"{Imports}/{id}/retry")).Problem, Does.StartWith("409 nothing-failed: "));
    }

    [Test]
    public async Task ARetryWhoseJobIsLost_IsPlannedByTheNextTick()
    {
        var (app, api) = await ServeAsync(Setup);
        app.Log.Expect("was not planned; its message is sent again");
        app.Log.Expect("failed 1 times");
        var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        await app.FinishedAsync(run, Token);
        var slice = (await app.Get<ImportSliceTable>().OfRunAsync("acme", run.Id, Token)).Single();
        await app.Get<ImportSliceTable>().TryUpdateAsync(slice, slice.Value.Fail(app.Clock.Now, new ImportError(ImportProblem.GivenUp, "It failed.")), Token);

        app.Traffic.LoseNext(message => message.Queue == "import-jobs");
        Assert.That((await api.PostAsync($"{Imports}/{run.Id}/retry")).Status, Is.EqualTo(202));
        app.Clock.Advance(Duration.FromMinutes(16));
        await app.TickAsync(Token);

        Assert.That((await api.GetAsync($"{Imports}/{run.Id}"))["status"], Is.EqualTo("succeeded"));
        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(2));
    }

    [Test]
    public async Task ACancelWhoseJobIsLost_IsDoneByTheNextTick()
    {
        var (app, api) = await ServeAsync(Setup with { Secret = "wrong" });
        app.Log.Expect("rejected the credential");
        app.Log.Expect("its step");
        var id = (await api.PostAsync(Imports, FourDays))["id"];
        app.Host.LookNow();
        await app.WhenAsync(async () => (await api.GetAsync($"{Imports}/{id}"))["warnings.0.code"] == "credential-rejected", Token);

        app.Traffic.LoseNext(message => message.Queue == "import-jobs");
        await api.PostAsync($"{Imports}/{id}/cancel");
        app.Clock.Advance(Duration.FromMinutes(16));
        await app.Host.RunTimerAsync("ScheduleImports", Token);

        await app.WhenAsync(async () => (await api.GetAsync($"{Imports}/{id}"))["status"] == "cancelled", Token);
    }

    // Covered is what landed and nothing else, and what is held is what is shown.
    private static async Task RequireTrueAsync(TestApp app, ApiReply run)
    {
        var done = run.Json["items"]!.AsArray().Where(slice => slice!["state"]!.ToString() == "done").Select(slice => slice!["date"]!.ToString());
        Assert.That(await CoveredAsync(app), Is.EqualTo(string.Join(' ', done)));
        for (var date = new LocalDate(2026, 11, 1); date < new LocalDate(2026, 11, 8); date = date.PlusDays(1))
        {
            var raw = await app.Get<RawDayStore>().ReadHeaderAsync(new RawDayId("acme", ReportNames.AgentStates, date), Token);
            Assert.That((await app.TimelineAsync(NodaTime.Text.LocalDatePattern.Iso.Format(date), Token)).Count, Is.EqualTo(raw.Rows), $"{date}");
        }
    }

    private static async Task<string> CoveredAsync(TestApp app) => string.Join(' ', (await app.Get<ReportDayTable>().BetweenAsync("acme", ReportNames.AgentStates, new LocalDate(2026, 11, 1), new LocalDate(2026, 11, 8), Token))
        .Where(day => day.Windows.Count > 0)
        .Select(day => NodaTime.Text.LocalDatePattern.Iso.Format(day.Id.Date)));

    private static async Task<IReadOnlyList<string>> StateAsync(TestApp app) =>
        [.. await app.RowsAsync("AgentStates", Token), .. await app.RowsAsync("ReportDays", Token), .. await app.RowsAsync("ImportSlices", Token), .. await app.RowsAsync("ImportRuns", Token)];
}
