using Five9Functions.Runs;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

[CancelAfter(240_000)]
public sealed class RequestImportTests : ApiTest
{
    private const string Imports = "integrations/acme/imports";
    private const string TwoDays = """{"from":"2026-11-02","to":"2026-11-04"}""";

    private static TestSetup Setup => new()
    {
        Now = "2026-11-04T12:00:00Z",
        Rows = new StateRows(new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"), new("ben", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z")),
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
    };

    [Test]
    public async Task APeriod_IsImportedAgain_AndItsLocationAnswersAtOnceAndToTheEnd()
    {
        var (app, api) = await ServeAsync(Setup);

        var asked = await api.PostAsync(Imports, TwoDays);

        Assert.That(asked.Status, Is.EqualTo(202), asked.Text);
        Assert.That(asked.Location, Is.EqualTo($"/api/{Imports}/{asked["id"]}"));
        Assert.That(asked["window.from"] + "/" + asked["window.to"], Is.EqualTo("2026-11-02T08:00:00Z/2026-11-04T08:00:00Z"));
        Assert.That((asked["kind"], asked["status"], asked["source"], asked["requestedAt"]), Is.EqualTo(("manual", "starting", "five9", "2026-11-04T12:00:00Z")));
        Assert.That((await api.GetAsync(asked.Location![5..])).Status, Is.EqualTo(200));

        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
        var done = await api.GetAsync(asked.Location[5..]);

        Assert.That((done["status"], done["progress"], done["slices.total"], done["slices.failed"]), Is.EqualTo(("succeeded", "100", "2", "0")));
        Assert.That((done["rows.read"], done["rows.landed"], done["finishedAt"]), Is.EqualTo(("2", "2", "2026-11-04T12:00:00Z")));
        Assert.That(done["items.1.date"] + " " + done["items.1.state"] + " " + done["items.1.rows.landed"], Is.EqualTo("2026-11-03 done 1"));
        Assert.That((done["items.2"], done["continuation"], done.Json["errors"]!.AsArray().Count), Is.EqualTo(((string?)null, (string?)null, 0)));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[] { "ben Ready 21:00:00-21:10:00" }));

        // Its slices in pages.
        var first = await api.GetAsync($"{asked.Location[5..]}?limit=1");
        var second = await api.GetAsync($"{asked.Location[5..]}?limit=1&continuation={first["continuation"]}");
        Assert.That((first["items.0.date"], second["items.0.date"], second["continuation"]), Is.EqualTo(("2026-11-02", "2026-11-03", (string?)null)));
    }

    [Test]
    public async Task WhatToLookAtInTheRows_IsInTheWarningsOfTheRun()
    {
        var (app, api) = await ServeAsync(Setup with
        {
            Rows = new StateRows(
                new("anna", "Not Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z", "[Nenhum]"),
                new("ANNA", "Not Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z", "[Pausa]")),
            Calls = new CallRows(
                $"""
                {CallText.Header}
                1,"Mon, 02 Nov 2026 13:00:00",Sales,Salida,ann,,,,,00:01:00,,,00:00:10,0
                2,"Mon, 02 Nov 2026 13:00:00",Sales,Inbound,ann,,,00:00:05,,00:01:00,,,,0
                2,"Mon, 02 Nov 2026 13:00:00",Sales,Inbound,ann,,,00:00:05,,00:01:00,,,00:00:40,0
                """),
            Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true", ["Integrations:acme:Reports"] = "agent-states,calls" },
        });

        var asked = await api.PostAsync(Imports, """{"from":"2026-11-02","to":"2026-11-03"}""");
        Assert.That(asked.Status, Is.EqualTo(202), asked.Text);
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
        var done = await api.GetAsync(asked.Location![5..]);

        Assert.That(done["status"], Is.EqualTo("succeeded"));
        const string Window = "2026-11-02T08:00:00Z/2026-11-03T08:00:00Z";
        Assert.That(done.Json["warnings"]!.AsArray().Select(w => $"{w!["code"]}: {w["text"]}"), Is.EquivalentTo(new[]
        {
            $"words-read-as-none: agent-states {Window}: [Nenhum] is read as none.",
            $"words-in-brackets: agent-states {Window}: [Pausa] stands in brackets but is no known word for none, so it stays as it is.",
            $"logins-differ-in-case: agent-states {Window}: 2 logins differ from another one in upper and lower case alone; each is an agent of its own.",
            $"unclassified: calls {Window}: call types that are not known are in no figure: Salida (1 row, 70 s of work).",
            $"legs-differ: calls {Window}: 2 legs equal another one in CALL ID, TIMESTAMP, CALL TYPE and AGENT but not in the rest, and all of them count: were two exports put together?",
        }));
    }

    [Test]
    public async Task AnImportThatCannotBe_IsRefused_NamingWhatIsWrong()
    {
        var (app, api) = await ServeAsync(Setup);
        foreach (var (body, problem) in new[]
        {
            ("""{"from":"2026-11-02","to":"2026-11-04T12:00:01Z"}""", "400 invalid: to is in the future: nothing can be read later than now, 2026-11-04T12:00:00Z."),
            ("""{"from":"2026-11-03","to":"2026-11-03"}""", "400 invalid: to must be later than from: the window is from (inclusive) to to (exclusive)."),
            ("""{"from":"2023-11-04","to":"2026-11-02"}""", "400 invalid: from is longer ago than 1095 days, the history that is allowed: it must be 2023-11-05T07:00:00Z or later."),
            ("""{"from":"2026-11-02T08:00:00.5Z","to":"2026-11-03"}""", "400 invalid: from must be an instant of a whole second such as 2026-11-02T08:00:00Z, or a date such as 2026-11-02 in the integration's zone."),
            ("""{"from":"9999-12-31T23:59:59-18:00","to":"tomorrow"}""", "400 invalid: 2 values cannot be as they are; errors names each."),
            ("""{"from":"2026-11-02","to":"2026-11-03","reports":["calls"]}""", "400 invalid: 'calls' is no report that this integration imports; it imports agent-states."),
            ("""{"from":"2026-11-02","to":"2026-11-03","reports":[]}""", "400 invalid: reports is empty: name at least one, or leave it out for all that the integration imports."),
            ("""{"from":"2026-11-02","to":"2026-11-03","force":true,"source":"raw"}""", "400 invalid: force is for what Five9 says; with source raw nothing is read from it."),
        })
        {
            Assert.That((await api.PostAsync(Imports, body)).Problem, Is.EqualTo(problem), body);
        }

        foreach (var key in new[] { "", "with blank", new string('k', 201) })
        {
            using var response = await PostAsync(api.Http, key);
            Assert.That((int)response.StatusCode, Is.EqualTo(400), key);
        }

        Assert.That((await api.PostAsync(Imports, """{"from":"2026-11-02"}""")).Problem, Does.StartWith("400 body-unreadable: "));
        Assert.That((await api.PostAsync(Imports)).Problem, Does.StartWith("415 not-json: "));
        Assert.That(await app.RowsAsync("ImportRuns", Token), Is.Empty);
    }

    [Test]
    public async Task WhatIsNotThere_IsNotFound_AndNothingOfAnotherIntegrationIsShown()
    {
        var (app, api) = await ServeAsync(Setup with { Integrations = ["acme", "other"] });
        var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token, integration: "other");
        await app.FinishedAsync(run, Token);

        Assert.That((await api.PostAsync("integrations/nobody/imports", TwoDays)).Problem, Does.StartWith("404 integration-unknown"));
        Assert.That((await api.GetAsync("integrations/nobody/imports")).Problem, Does.StartWith("404 integration-unknown"));
        foreach (var id in new[] { run.Id, "2516086475949999999", "x'%20or%20'1'%20eq%20'1", "manifest" })
        {
            Assert.That((await api.GetAsync($"{Imports}/{id}")).Problem, Is.EqualTo("404 run-unknown: There is no run of this id: GET /integrations/acme/imports lists them all."));
            Assert.That((await api.PostAsync($"{Imports}/{id}/cancel")).Problem, Does.StartWith("404 run-unknown"));
            Assert.That((await api.PostAsync($"{Imports}/{id}/retry")).Problem, Does.StartWith("404 run-unknown"));
        }

        Assert.That((await api.GetAsync(Imports)).Text, Is.EqualTo("""{"items":[]}"""));
        Assert.That((await api.GetAsync($"integrations/other/imports/{run.Id}"))["status"], Is.EqualTo("succeeded"));
    }

    [Test]
    public async Task TheSameRequestWithOneKey_IsOneRun_AlsoAtOnce_AndAnotherRequestWithItIsRefused()
    {
        var (app, api) = await ServeAsync(Setup);
        var key = ("Idempotency-Key", "a/b?c#d%|*");

        var atOnce = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.PostAsync(Imports, TwoDays, key)));
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
        var later = await api.PostAsync(Imports, """{"to":"2026-11-04T08:00:00Z","from":"2026-11-02T08:00:00Z","force":false}""", key);
        var other = await api.PostAsync(Imports, """{"from":"2026-11-02","to":"2026-11-03"}""", key);

        Assert.That(atOnce.Select(r => r.Status), Is.All.EqualTo(202));
        Assert.That(atOnce.Append(later).Select(r => r.Location).Distinct().Count(), Is.EqualTo(1));
        Assert.That((later.Status, later["status"]), Is.EqualTo((202, "succeeded")));
        Assert.That(other.Problem, Does.StartWith("422 idempotency-key-reused: "));
        Assert.That((await app.Get<ImportRunTable>().ListAsync("acme", Token).ToListAsync(Token)).Count, Is.EqualTo(1));
        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(2));
    }

    [Test]
    public async Task TwoRequestsWithoutAKey_AreTwoRuns_ThoughTheyComeInOneInstant()
    {
        var (app, api) = await ServeAsync(Setup);

        var both = await Task.WhenAll(api.PostAsync(Imports, TwoDays), api.PostAsync(Imports, TwoDays));
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        Assert.That(both.Select(r => r.Location).Distinct().Count(), Is.EqualTo(2));
        Assert.That((await app.Get<ImportRunTable>().ListAsync("acme", Token).ToListAsync(Token)).Select(r => r.Outcome!.Status), Is.EqualTo(new[] { RunStatus.Succeeded, RunStatus.Succeeded }));
    }

    [Test]
    public async Task AKeyWhoseFirstRequestDiedBeforeItsRun_OpensTheRunThatItNamed()
    {
        var (app, api) = await ServeAsync(Setup);
        app.Log.Expect("The process ends here.");
        app.Traffic.Before = request => request.Entities.Any(e => e is { Table: "ImportRuns", Method: "POST" } && e.RowKey.Contains('-', StringComparison.Ordinal) && e.RowKey != "key-1")
            ? throw new InvalidOperationException("The process ends here.")
            : Task.CompletedTask;
        using var died = await PostAsync(api.Http, "key-1");
        app.Traffic.Before = _ => Task.CompletedTask;
        var named = (await app.RowsAsync("ImportRuns", Token)).Single();

        var again = await api.PostAsync(Imports, TwoDays, ("Idempotency-Key", "key-1"));
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        Assert.That((int)died.StatusCode, Is.EqualTo(500));
        Assert.That(named, Does.Contain($"Run='{again["id"]}'").And.StartsWith("acme|requests / key-1"));
        Assert.That((await api.GetAsync($"{Imports}/{again["id"]}"))["status"], Is.EqualTo("succeeded"));
    }

    [Test]
    public async Task Runs_AreListedNewestFirst_InPages_ByKind_WithoutTheirSlices()
    {
        var (app, api) = await ServeAsync(Setup with { Settings = new Dictionary<string, string?>() });
        await app.TickAsync(Token);
        var ids = new List<string>();
        for (var day = 2; day <= 4; day++)
        {
            app.Clock.Advance(NodaTime.Duration.FromMinutes(1));
            ids.Add((await api.PostAsync(Imports, $$"""{"from":"2026-11-0{{day - 1}}","to":"2026-11-0{{day}}"}"""))["id"]!);
            app.Host.LookNow();
            await app.Host.WhenIdleAsync(Token);
        }

        var first = await api.GetAsync($"{Imports}?kind=manual&limit=2");
        var second = await api.GetAsync($"{Imports}?kind=manual&limit=2&continuation={first["continuation"]}");
        var scheduled = await api.GetAsync($"{Imports}?kind=scheduled");

        Assert.That(new[] { first["items.0.id"], first["items.1.id"], second["items.0.id"] }, Is.EqualTo(new[] { ids[2], ids[1], ids[0] }));
        Assert.That((second["items.1"], second["continuation"]), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That((first["items.0.status"], first["items.0.rows.landed"], first["items.0.slices.total"], first["items.0.items"]), Is.EqualTo(("succeeded", "1", "1", (string?)null)));
        Assert.That((scheduled["items.0.kind"], scheduled["items.0.window"], scheduled["items.1"]), Is.EqualTo(("scheduled", (string?)null, (string?)null)));
        Assert.That((await api.GetAsync($"{Imports}?kind=manual&limit=2&continuation=AAAA")).Problem, Does.StartWith("400 continuation-of-another"));
        Assert.That((await api.GetAsync($"{Imports}?kind=all")).Problem, Is.EqualTo("400 invalid: kind must be scheduled or manual or backfill."));
        Assert.That((await api.GetAsync($"{Imports}?limit=1001")).Problem, Is.EqualTo("400 invalid: limit must be a whole number from 1 to 1000."));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Imports) { Content = new StringContent(TwoDays, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("x-functions-key", TestApp.HttpKey);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return http.SendAsync(request, Token);
    }
}
