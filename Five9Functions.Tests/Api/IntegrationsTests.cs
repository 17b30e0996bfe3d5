using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

[CancelAfter(60_000)]
public sealed class IntegrationsTests : ApiTest
{
    private static TestSetup Setup => new() { Rows = new StateRows(), Now = "2026-11-02T20:00:00Z", Integrations = [], Password = Connected.Password };

    [Test]
    public async Task Create_WithTheLeast_HasTheDefaults_AndItsIdFollowsFromTheName()
    {
        var (app, api) = await ServeAsync(Setup);

        var created = await api.PostAsync("integrations?test=false", """{"name":" Acme Süd/West ","userName":"importer@acme.test","password":"Gr3enW4llet!Right","paused":true}""");

        Assert.That((created.Status, created.Location), Is.EqualTo((201, "/api/integrations/acme-s-d-west")));
        Assert.That(created.Text, Is.EqualTo("""
            {"id":"acme-s-d-west","name":"Acme Süd/West","region":"us","userName":"importer@acme.test","secretName":"five9-acme-s-d-west","rotation":"external","zone":"America/Los_Angeles",
            "agentStateFolder":"Agent Reports","agentStateReport":"Agent State Details","callLogFolder":"Call Log Reports","callLogReport":"Call Log","reports":["agent-states","calls"],
            "grouping":"campaign","storeCalls":true,"keepCustomerData":false,"serviceLevelSeconds":20,"shortAbandonSeconds":5,"serviceLevelFormula":"of-offered","queueThresholds":{},
            "talkIncludesHold":true,"waitIncludesRing":true,"scheduleMinutes":15,"paddingMinutes":60,"tiers":[{"hours":24,"minutes":60},{"hours":192,"minutes":1440}],
            "initialHistoryDays":30,"retentionDays":0,"suspiciousRows":20,"suspiciousPercent":50,"realTime":false,"paused":true,"historyStart":"2026-10-03","createdAt":"2026-11-02T20:00:00Z","configured":false,"credential":{"state":"untried","rotation":"external"},"firstImport":{"percent":0}}
            """.ReplaceLineEndings("")));

        var got = await api.GetAsync("integrations/acme-s-d-west");
        Assert.That((got.Status, got.ETag, got.Text), Is.EqualTo((200, created.ETag, created.Text)));
        Assert.That(await app.SecretAsync("five9-acme-s-d-west"), Is.EqualTo("""{"userName":"importer@acme.test","password":"Gr3enW4llet!Right","host":"api.five9.com"} application/json integration=acme-s-d-west"""));
    }

    [Test]
    public async Task Create_WithEverything_AndItsAnswerSentBack_ChangesNothing()
    {
        var (_, api) = await ServeAsync(Setup);
        const string Settings = """
            {"id":"west","name":"West","region":"EU","userName":"importer@acme.test","password":"Gr3enW4llet!Right","secretName":"five9-shared","zone":"Europe/Berlin","dateOrder":"dmy",
             "agentStateFolder":"A","agentStateReport":"B","callLogFolder":"C","callLogReport":"D","reports":["calls"],"grouping":"skill","storeCalls":false,"keepCustomerData":true,
             "serviceLevelSeconds":30,"shortAbandonSeconds":6,"serviceLevelFormula":"with-abandoned-within","queueThresholds":{"Süd":{"serviceLevelSeconds":40},"Nord":{"serviceLevelSeconds":50,"shortAbandonSeconds":8}},
             "talkIncludesHold":false,"waitIncludesRing":false,"scheduleMinutes":20,"paddingMinutes":30,"tiers":[{"hours":48,"minutes":120}],"initialHistoryDays":1,"retentionDays":31,
             "suspiciousRows":7,"suspiciousPercent":30,"agents":500,"realTime":true,"paused":true}
            """;

        var created = await api.PostAsync("integrations?test=false", Settings);

        Assert.That(created.Text, Is.EqualTo("""
            {"id":"west","name":"West","region":"eu","userName":"importer@acme.test","secretName":"five9-shared","rotation":"external","zone":"Europe/Berlin",
            "dateOrder":"dmy","agentStateFolder":"A","agentStateReport":"B","callLogFolder":"C","callLogReport":"D","reports":["calls"],
            "grouping":"skill","storeCalls":false,"keepCustomerData":true,"serviceLevelSeconds":30,"shortAbandonSeconds":6,"serviceLevelFormula":"with-abandoned-within",
            "queueThresholds":{"Nord":{"serviceLevelSeconds":50,"shortAbandonSeconds":8},"Süd":{"serviceLevelSeconds":40,"shortAbandonSeconds":6}},
            "talkIncludesHold":false,"waitIncludesRing":false,"scheduleMinutes":20,"paddingMinutes":30,"tiers":[{"hours":48,"minutes":120}],
            "initialHistoryDays":1,"retentionDays":31,"suspiciousRows":7,"suspiciousPercent":30,"realTime":true,"paused":true,"historyStart":"2026-11-01","createdAt":"2026-11-02T20:00:00Z","configured":false,"credential":{"state":"untried","rotation":"external"},"firstImport":{"percent":0}}
            """.ReplaceLineEndings("")));

        var replaced = await api.PutAsync("integrations/west?test=false", created.Text, ("If-Match", created.ETag!));
        Assert.That((replaced.Status, replaced.Text), Is.EqualTo((200, created.Text)));
        Assert.That(replaced.ETag, Is.Not.EqualTo(created.ETag));
    }

    [Test]
    public async Task List_IsByName_WithThoseOfTheSettings_AndNamesRowsThatCannotBeRead()
    {
        var (app, api) = await ServeAsync(Setup with { Integrations = ["zoe"] });
        await api.PostAsync("integrations?test=false", Connected.Body(app, "beta", ("paused", true)));
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Alpha", ("paused", true)));

        var list = await api.GetAsync("integrations");
        Assert.That(list.Json["items"]!.AsArray().Select(i => $"{i!["id"]} {i["configured"]}"), Is.EqualTo(new[] { "alpha false", "beta false", "zoe true" }));
        Assert.That(list["unreadable"], Is.Null);

        await app.SpoilIntegrationAsync("beta");
        list = await api.GetAsync("integrations");
        Assert.That(list.Json["items"]!.AsArray().Select(i => $"{i!["id"]}"), Is.EqualTo(new[] { "alpha", "zoe" }));
        Assert.That(list["unreadable.0"], Does.StartWith("The row integrations / beta of the table Integrations cannot be read: "));
    }

    [Test]
    public async Task AZoneThatSomebodyTypedIntoTheTable_IsNamed_AndTheOthersAreListed()
    {
        const string NoZone = "The zone 'Mars/Phobos' of beta is not an IANA time zone such as America/Los_Angeles: correct Integrations:beta:Zone.";
        var (app, api) = await ServeAsync(Setup);
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Alpha", ("paused", true)));
        await api.PostAsync("integrations?test=false", Connected.Body(app, "beta", ("paused", true)));
        await new TableClient(app.ConnectionString, "Integrations").UpdateEntityAsync(new TableEntity("integrations", "beta") { ["Zone"] = "Mars/Phobos" }, ETag.All, TableUpdateMode.Merge);

        var list = await api.GetAsync("integrations");

        Assert.That((list["items.0.id"], list["items.1"], list["unreadable.0"]), Is.EqualTo(("alpha", (string?)null, NoZone)));
        app.Log.Expect("GET /api/integrations/beta failed.");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"integrations/beta?code={Uri.EscapeDataString(TestApp.HttpKey)}");
        using var answer = await api.Http.SendAsync(request, Token);
        Assert.That(((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["detail"]!.ToString()), Is.EqualTo((500, NoZone)));
    }

    [Test]
    public async Task Create_WithWhatCannotBe_NamesEachFieldOfTheBody()
    {
        var (_, api) = await ServeAsync(Setup);

        var reply = await api.PostAsync("integrations", """
            {"id":"Acme","region":"http://api.five9.com","userName":" ","zone":"Pacific","secretName":"a_b","agentStateFolder":"","reports":["calls","chats"],"queueThresholds":{"Q":{"serviceLevelSeconds":-1}},
             "scheduleMinutes":30,"paddingMinutes":-1,"tiers":[{"hours":24,"minutes":29}],"initialHistoryDays":1096,"retentionDays":30,"suspiciousRows":0,"agents":0,"serviceLevelSeconds":86401,"password":""}
            """);

        Assert.That(reply.Problem, Is.EqualTo("400 invalid: 17 values cannot be as they are; errors names each."));
        Assert.That(reply.Json["errors"]!.AsArray().Select(e => $"{e!["field"]} | {e["detail"]}"), Is.EqualTo(new[]
        {
            "name | name is empty.",
            "password | password has 1 to 256 characters; leave it out to keep the one that is stored.",
            "id | id: the id may hold lower-case letters, digits and hyphens, up to 40, and begins with a letter.",
            "region | region: 'http://api.five9.com' is neither us, uk, ca, eu, in nor an https address (http for this machine alone).",
            "zone | zone: 'Pacific' is not an IANA time zone such as America/Los_Angeles.",
            "secretName | secretName: 'a_b' is no name of a secret, which may hold letters, digits and hyphens, up to 127.",
            "userName | userName is empty.",
            "agentStateFolder | agentStateFolder is empty.",
            "reports | reports: 'calls,chats' must be agent-states, calls, or both with a comma between them.",
            """queueThresholds | queueThresholds: '{"Q":[-1,5]}' must be JSON with the seconds of service level and short abandon by queue, such as {"Sales In":[30,5]}, up to 32000 characters.""",
            "tiers | tiers: '24:29' must be up to four pairs of hours (3 to 744) and minutes (scheduleMinutes to 10080), both rising, such as 24:60,192:1440.",
            "retentionDays | retentionDays is 30; it must be 0 (for ever), or between 31 and 3650 and not below initialHistoryDays.",
            "paddingMinutes | paddingMinutes is -1; it must be between 0 and 1440.",
            "initialHistoryDays | initialHistoryDays is 1096; it must be between 0 and 1095.",
            "suspiciousRows | suspiciousRows is 0; it must be between 1 and 2147483647.",
            "agents | agents is 0; it must be between 1 and 100000.",
            "serviceLevelSeconds | serviceLevelSeconds is 86401; it must be between 0 and 86400.",
        }));
    }

    [TestCase("""{"name":"Acme","userName":"u"}""", "400 invalid: password is missing: send it, or secretName, the name of a secret that is in the key vault.")]
    [TestCase("""{"name":"Acme","userName":"u","grouping":"team"}""", "400 body-unreadable: The body cannot be understood at grouping: it is not known or its value is of the wrong kind; docs/openapi.yaml lists what can be sent.")]
    [TestCase("""{"name":"Acme","userName":"u","shedule":5}""", "400 body-unreadable: The body cannot be understood at shedule: it is not known or its value is of the wrong kind; docs/openapi.yaml lists what can be sent.")]
    [TestCase("""{"name":"Acme","userName":"u","password":"p","tiers":[null],"reports":[null],"queueThresholds":{"Q":null}}""", "400 invalid: 2 values cannot be as they are; errors names each.")]
    public async Task Create_WithAPartThatIsWrong_SaysWhich(string body, string problem)
    {
        var (_, api) = await ServeAsync(Setup);

        Assert.That((await api.PostAsync("integrations", body)).Problem, Is.EqualTo(problem));
        Assert.That((await api.GetAsync("integrations")).Text, Is.EqualTo("""{"items":[]}"""));
    }

    [Test]
    public async Task Get_WhatIsNotThere_Is404()
    {
        var (_, api) = await ServeAsync(Setup);

        foreach (var (method, path) in new[] { ("GET", "integrations/nobody"), ("GET", "integrations/name:ACME"), ("PUT", "integrations/nobody"), ("POST", "integrations/nobody/test"), ("POST", "integrations/nobody/pause"), ("POST", "integrations/nobody/resume") })
        {
            Assert.That((await api.SendAsync(method, path, "{}")).Problem, Is.EqualTo("404 integration-unknown: There is no integration of this id: GET /integrations lists them all."), path);
        }
    }
}
