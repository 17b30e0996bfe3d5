using System.Text.Json.Nodes;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>Names that would break a line of the log, or turn the text around them.</summary>
[CancelAfter(240_000)]
public sealed class PlainNamesTests : ApiTest
{
    private const string Refused = "must not hold control characters, line breaks or marks that change the direction of text.";

    private static readonly string[] Marks =
        ["\u0000", "\u0007", "\t", "\n", "\r", "\u001B", "\u007F", "\u0085", "\u2028", "\u2029", "\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"];

    private static TestSetup Setup => new() { Rows = new StateRows(), Now = "2026-11-02T20:00:00Z", Integrations = [], Password = Connected.Password };

    [TestCase("name")]
    [TestCase("userName")]
    [TestCase("agentStateFolder")]
    [TestCase("agentStateReport")]
    [TestCase("callLogFolder")]
    [TestCase("callLogReport")]
    public async Task ANameOfAnIntegration_IsRefused_ByPostAndPut(string field)
    {
        var (app, api) = await ServeAsync(Setup);
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        foreach (var mark in Marks)
        {
            var body = Connected.Body(app, "Other", (field, $"a{mark}b"));
            var refused = $"400 invalid: {field}: 'a\\u{(int)mark[0]:X4}b' {Refused}";

            Assert.That((await api.PostAsync("integrations", body)).Problem, Is.EqualTo(refused));
            Assert.That((await api.PutAsync("integrations/acme", body, ("If-Match", "*"))).Problem, Is.EqualTo(refused));
        }

        Assert.That((await api.GetAsync("integrations")).Json["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AUserNameWithAColon_AndQueuesAndIdsWithALineBreak_AreRefused()
    {
        var (app, api) = await ServeAsync(Setup);

        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Acme", ("userName", "importer:acme")))).Problem, Is.EqualTo(
            "400 invalid: userName: 'importer:acme' must not hold a colon, because a login over HTTP ends the user name there."));
        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Acme", ("queueThresholds", new JsonObject { ["Sa\u202Eles"] = new JsonObject() })))).Problem, Is.EqualTo(
            "400 invalid: queueThresholds names a queue with control characters, line breaks or marks that change the direction of text; remove them from the name."));
        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Acme", ("id", "acme\n")))).Problem, Does.StartWith("400 invalid: id: the id may hold lower-case letters"));
        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Acme", ("secretName", "five9-acme\n")))).Problem, Is.EqualTo(
            "400 invalid: secretName: 'five9-acme\\u000A' is no name of a secret, which may hold letters, digits and hyphens, up to 127."));
        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Acme", ("zone", "Ma\u202Ers")))).Problem, Does.StartWith("400 invalid: zone: 'Ma\\u202Ers' is not"));
        Assert.That((await api.GetAsync("integrations?a%E2%80%AEb=1")).Problem, Is.EqualTo("400 invalid: This request takes no parameters."));
        Assert.That((await api.GetAsync("integrations/acme%0A")).Status, Is.EqualTo(404));
        Assert.That((await api.PostAsync("integrations", """{"name":"Acme","na\u202Eme":1}""")).Problem, Does.StartWith("400 body-unreadable: ").And.Not.Contains("\u202E"));
    }

    [Test]
    public async Task NamesOfActivities_Schedules_AndWorkloads_AreRefused()
    {
        var (app, api) = await ServeAsync(Setup with
        {
            Integrations = ["acme"],
            Now = "2026-08-22T12:00:00Z",
            Calls = new CallRows(CallRows.WithoutSkill(WorkedExample.Csv)),
            Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" },
        });
        await app.TickAsync(Token);
        var queues = await api.GetAsync("integrations/acme/queues");
        foreach (var mark in new[] { "\u202E", "\u2066", "\u200F", "\u061C", "\u2028" })
        {
            var name = JsonValue.Create($"a{mark}b").ToJsonString();
            Assert.That((await api.PutAsync("integrations/acme/activities", $$"""{"activities":[{"name":{{name}},"type":"work"}]}""", ("If-Match", "*"))).Problem, Is.EqualTo($"400 invalid: activities.0.name {Refused}"));
            Assert.That((await api.PutAsync(
                "integrations/acme/activities", $$"""{"activities":[{"name":"Phone","type":"work"}],"states":[{"state":"Ready","reason":{{name}},"activity":"Phone"}]}""", ("If-Match", "*"))).Problem, Is.EqualTo($"400 invalid: states.0.reason {Refused}"));
            Assert.That((await api.PutAsync(
                "integrations/acme/schedules?from=2026-11-02&to=2026-11-03",
                $$"""{"items":[{"agent":{{name}},"activity":{{name}},"type":"work","start":"2026-11-02T10:00Z","end":"2026-11-02T11:00Z"}]}""")).Json["errors"]!.AsArray().Select(e => e!["detail"]!.ToString()),
                Is.EqualTo(new[] { $"items.0.agent {Refused}", $"items.0.activity {Refused}" }));
            Assert.That((await api.PutAsync(
                $"integrations/acme/queues/{Uri.EscapeDataString(queues["items.0.queue"]!)}/workload", $$"""{"workload":{{name}}}""", ("If-Match", queues["items.0.etag"]!))).Problem, Is.EqualTo($"400 invalid: workload {Refused}"));
        }
    }

    [Test]
    public async Task WordsOfAFault_ReachLogsAndAnswers_Escaped()
    {
        var (app, api) = await ServeAsync(Setup with { Integrations = ["acme"], Password = "simulated" });
        app.Log.Expect("found no report");
        app.Five9.Next("runReport", SimulatedAnswer.Fault("ReportNotFound", "gone\u202E \u2066now\nERROR forged", details: [("folder", "My\nFolder\u200F"), ("reportName", "States")]));

        var fold = await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-02T12:00:00Z", Token);

        Assert.That(fold.Errors.Single().Text, Does.Contain("no report \"States\" in folder \"My\\u000AFolder\\u200F\"").And.Contain("\"gone\\u202E \\u2066now ERROR forged\""));
        Assert.That(app.Log.Lines.Where(line => line.Contains("forged", StringComparison.Ordinal)), Is.Not.Empty.And.None.Contains("\u202E").And.None.Contains("\nERROR").And.None.Contains("\u200F"));
        Assert.That((await api.GetAsync("integrations/acme/imports")).Text, Does.Not.Contain("\u202E"));
    }

    // An integration that there is: what cannot be read of the message is quoted by exceptions.
    [TestCase("normalize-jobs", """{"integration":"acme","report":"agent-states","date":"2026-11-02\u202E\nERROR forged","run":"r","slice":"s"}""")]
    [TestCase("normalize-jobs", """{"integration":"acme","report":"agent-states\u202E\nERROR forged","date":"2026-11-02","run":"r","slice":"s"}""")]
    public async Task WordsOfAMessageThatFails_ReachTheLog_Escaped(string queue, string message)
    {
        var app = await StartAsync(Setup with { Integrations = ["acme"] });
        app.Log.Expect("forged");
        app.Log.Expect("Function NormalizeDay failed at delivery");
        app.Log.Expect("was moved to normalize-jobs-poison");

        await app.QueueOf(queue).SendMessageAsync(message, Token);
        app.Host.LookNow();
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("\\u202E\\u000AERROR forged") > 0), Token);
        await app.Host.WhenIdleAsync(Token);

        Assert.That(app.Log.Lines.Where(line => line.Contains("forged", StringComparison.Ordinal)), Is.Not.Empty.And.None.Contains("\u202E").And.None.Contains("\nERROR"));
    }

    [TestCase("import-jobs", """{"integration":"no\u202Eone\nERROR forged","run":"r\u2066"}""")]
    [TestCase("agent-state-reports", """{"integration":"no\u202Eone\nERROR forged","run":"r","slice":"s\u2066","step":1}""")]
    [TestCase("normalize-jobs", """{"integration":"no\u202Eone\nERROR forged","report":"agent-states","date":"2026-11-02\u2066","run":"r","slice":"s"}""")]
    [TestCase("compare-jobs", """{"integration":"no\u202Eone\nERROR forged","run":"r\u2066","report":"agent-states","date":"2026-11-02","slice":"s"}""")]
    [TestCase("credential-events", """{"eventType":"no\u202Eone\nERROR forged","subject":"s\u2066"}""")]
    public async Task WordsOfAMessage_ReachTheLog_Escaped(string queue, string message)
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("is dropped");

        await app.QueueOf(queue).SendMessageAsync(message, Token);
        app.Host.LookNow();
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("no\\u202Eone\\u000AERROR forged") > 0), Token);
        await app.Host.WhenIdleAsync(Token);

        Assert.That(app.Log.Lines.Where(line => line.Contains("forged", StringComparison.Ordinal)), Is.Not.Empty.And.None.Contains("\u202E").And.None.Contains("\nERROR").And.None.Contains("\u2066"));
    }
}
