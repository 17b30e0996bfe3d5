using System.Net;
using System.Runtime.CompilerServices;
using Five9Functions.LocalHost.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class SimulatorScenarioTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 8, 22, 10, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task TheNthCall_GetsWhatTheScenarioSays_AndEveryCallFromOneOn()
    {
        await using var simulator = await StartAsync("""
            {
              // comments and trailing commas are allowed
              "calls": [
                { "operation": "getSkills", "call": 2, "fault": { "name": "ServiceUnavailable", "message": "Try later" } },
                { "operation": "getSkills", "from": 4, "fault": { "name": "AccessDisallowed", "message": "No role" } },
                { "operation": "getSkills", "call": 5, "http": { "status": 503, "body": "<p>busy</p>", "headers": { "Retry-After": "7" } } },
                { "operation": "getSkills", "from": 7, "fault": { "name": "Server", "message": "Gone", "status": 200 } },
              ]
            }
            """);
        using var caller = new SoapCaller(simulator);
        var seen = new List<string>();
        for (var call = 1; call <= 8; call++)
        {
            using var response = await caller.SendAsync(SoapCaller.Request("getSkills"));
            var text = await response.Content.ReadAsStringAsync();
            var said = new[] { "<name>Sales</name>", "Try later", "No role", "<p>busy</p>", "Gone" }.Single(s => text.Contains(s, StringComparison.Ordinal));
            seen.Add($"{(int)response.StatusCode} {said} {response.Headers.RetryAfter}");
        }

        Assert.That(seen, Is.EqualTo(new[]
        {
            "200 <name>Sales</name> ", "500 Try later ", "200 <name>Sales</name> ", "500 No role ", "503 <p>busy</p> 7", "500 No role ", "200 Gone ", "200 Gone ",
        }));
        Assert.That((await caller.CallAsync(SoapCaller.Request("getCampaigns"))).Name.LocalName, Is.EqualTo("getCampaignsResponse"));
    }

    [Test]
    public async Task AnAnswerForANumber_GoesBeforeTheLine_AndTheLineBeforeARange()
    {
        await using var simulator = await StartAsync("""{ "calls": [ { "operation": "getSkills", "from": 1, "fault": { "name": "Server", "message": "range" } } ] }""");
        using var caller = new SoapCaller(simulator);
        simulator.Next("getSkills", SimulatedAnswer.Fault("Server", "line"));
        simulator.Nth("getSkills", 1, SimulatedAnswer.Fault("Server", "number"));
        simulator.FromNth("getSkills", 4, SimulatedAnswer.Fault("Server", "later range"));

        var said = new List<string>();
        for (var call = 1; call <= 5; call++)
        {
            said.Add((await caller.FaultAsync(SoapCaller.Request("getSkills"))).Message);
        }

        Assert.That(said, Is.EqualTo(new[] { "number", "line", "range", "later range", "later range" }));
        Assert.That(() => simulator.Nth("getskills", 1, SimulatedAnswer.Normal), Throws.ArgumentException);
        Assert.That(() => simulator.FromNth("getskills", 1, SimulatedAnswer.Normal), Throws.ArgumentException);
    }

    [TestCase("AccessDisallowed", "", "<message>m</message>")]
    [TestCase("AdminSessionClosed", "", "<message>m</message>")]
    [TestCase("IncorrectArgument", "", "<message>m</message>")]
    [TestCase("InvalidAccount", "", "<message>m</message>")]
    [TestCase("InvalidRegexpPattern", "\"pattern\": \"(\"", "<message>m</message><pattern>(</pattern>")]
    [TestCase("MissedArgument", "", "<message>m</message>")]
    [TestCase("ObjectNotFound", "\"objectType\": \"Skill\", \"objectName\": \"EN\", \"id\": \"7\"", "<id>7</id><message>m</message><objectName>EN</objectName><objectType>Skill</objectType>")]
    [TestCase("OperationsLimitExceeded", "\"operationType\": \"Query\", \"limit\": \"450\"", "<limit>450</limit><message>m</message><operationType>Query</operationType>")]
    [TestCase("ReportNotFound", "\"reportName\": \"R\", \"folder\": \"F\"", "<folder>F</folder><message>m</message><reportName>R</reportName>")]
    [TestCase("ResultIsNotReady", "", "<message>m</message>")]
    [TestCase("Server", "", "<message>m</message>")]
    [TestCase("ServiceUnavailable", "", "<message>m</message>")]
    [TestCase("SessionClosed", "", "<message>m</message>")]
    [TestCase("UnknownIdentifier", "", "<message>m</message>")]
    [TestCase("UserAlreadyLoggedIn", "", "<message>m</message>")]
    public async Task EveryFault_HasItsOwnDetail(string name, string details, string fields)
    {
        await using var simulator = await StartAsync($$"""
            { "calls": [ { "operation": "closeSession", "call": 1, "fault": { "name": "{{name}}", "message": "m", "details": { {{details}} } } } ] }
            """);
        using var caller = new SoapCaller(simulator);

        using var response = await caller.SendAsync(SoapCaller.Request("closeSession"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.EndWith(
            "<env:Body><env:Fault><faultcode>env:Server</faultcode><faultstring>m</faultstring><detail>"
            + $"<ns2:{name}Fault xmlns:ns2=\"http://service.admin.ws.five9.com/\">{fields}</ns2:{name}Fault></detail></env:Fault></env:Body></env:Envelope>"));
    }

    [Test]
    public async Task ADelayedAnswer_KeepsTheUsersTurn_UntilTheClockHasMoved()
    {
        await using var simulator = await StartAsync("""{ "calls": [ { "operation": "getSkills", "from": 1, "delaySeconds": 2.5 } ] }""");
        using var caller = new SoapCaller(simulator);
        var late = caller.CallAsync(SoapCaller.Request("getSkills"));

        // Refused as soon as the first one has its turn. Until then this one can have the turn, and the first is refused.
        while ((await caller.CallAsync(SoapCaller.Request("getVCCConfiguration"))).Name.LocalName != "Fault")
        {
            late = late.IsCompleted ? caller.CallAsync(SoapCaller.Request("getSkills")) : late;
            await Task.Yield();
        }

        _clock.Advance(TimeSpan.FromSeconds(2.4));
        Assert.That((await caller.FaultAsync(SoapCaller.Request("getVCCConfiguration"))).Name, Is.EqualTo("UserAlreadyLoggedInFault"));
        Assert.That(late.IsCompleted, Is.False);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That((await late).Name.LocalName, Is.EqualTo("getSkillsResponse"));
    }

    [Test]
    public async Task ADelayedFault_ComesWhenTheClockHasMoved()
    {
        await using var simulator = await StartAsync("""{ "calls": [] }""");
        using var caller = new SoapCaller(simulator);
        simulator.Next("getSkills", SimulatedAnswer.Delayed(TimeSpan.FromHours(1), SimulatedAnswer.Fault("Server", "at last")));
        var late = caller.FaultAsync(SoapCaller.Request("getSkills"));

        // When the delay begins cannot be seen, so the clock may have to be moved more than once.
        while (!late.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMinutes(30));
            await Task.Yield();
        }

        Assert.That(await late, Is.EqualTo(("ServerFault", "at last")));
        Assert.That(_clock.GetUtcNow(), Is.GreaterThanOrEqualTo(new DateTimeOffset(2026, 8, 22, 11, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task TruncationAndReset_SpoilTheTrueAnswer()
    {
        await using var simulator = await StartAsync("""
            { "calls": [ { "operation": "getSkills", "call": 1, "truncateAfterBytes": 14 }, { "operation": "getSkills", "call": 2, "resetAfterBytes": 0 } ] }
            """);
        using var caller = new SoapCaller(simulator);

        using var cut = await caller.SendAsync(SoapCaller.Request("getSkills"));
        Assert.That(await cut.Content.ReadAsStringAsync(), Is.EqualTo("<?xml version="));
        Assert.That(() => caller.CallAsync(SoapCaller.Request("getSkills")), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task AReportThatNeverFinishes_IsStillRunningAfterAYear_AndTheNextOneIsNot()
    {
        await using var simulator = await StartAsync("""{ "calls": [ { "operation": "runReport", "call": 1, "neverFinishes": true } ] }""");
        using var caller = new SoapCaller(simulator);
        var endless = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));
        var other = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));

        _clock.Advance(TimeSpan.FromDays(365));

        Assert.That(await caller.ReturnAsync(SoapCaller.WithId("isReportRunning", endless)), Is.EqualTo("true"));
        Assert.That((await caller.FaultAsync(SoapCaller.WithId("getReportResultCsv", endless))).Name, Is.EqualTo("ResultIsNotReadyFault"));
        Assert.That(await caller.ReturnAsync(SoapCaller.WithId("isReportRunning", other)), Is.EqualTo("false"));
    }

    [TestCase("", "it is not JSON at line 1")]
    [TestCase("{\n  \"calls\": [ x ]\n}", "it is not JSON at line 2, byte 14")]
    [TestCase("[]", "the document must be an object.")]
    [TestCase("{}", "the document must have calls.")]
    [TestCase("""{ "calls": {} }""", "calls must be an array.")]
    [TestCase("""{ "calls": [], "call": 1 }""", "call is not known here; known are calls.")]
    [TestCase("""{ "calls": [], "calls": [] }""", "or a name stands twice in one object")]
    [TestCase("""{ "calls": [ { "operation": "runreport", "call": 1, "delaySeconds": 1 } ] }""", "calls[0].operation must be one of closeSession, getApiVersions,")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "delaySeconds": 1 } ] }""", "calls[0] must have either call")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "from": 1, "delaySeconds": 1 } ] }""", "calls[0] must have either call")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 0, "delaySeconds": 1 } ] }""", "calls[0].call must be a whole number, 1 or more.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "from": 1.5, "delaySeconds": 1 } ] }""", "calls[0].from must be a whole number, 1 or more.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1 } ] }""", "calls[0] must have one of fault, http, truncateAfterBytes, resetAfterBytes, neverFinishes, or a delaySeconds above 0.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "truncateAfterBytes": 1, "resetAfterBytes": 1 } ] }""", "calls[0] must have one of")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "delaySeconds": -1 } ] }""", "calls[0].delaySeconds must be a number of seconds from 0 to 86400.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "delay": 1 } ] }""", "calls[0].delay is not known here;")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "fault": { "name": "server" } } ] }""", "calls[0].fault.name must be one of AccessDisallowed,")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "fault": { "name": "Server", "status": 99 } } ] }""", "calls[0].fault.status must be a whole number from 200 to 599.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "fault": { "name": "Server", "details": { "limit": "1" } } } ] }""", "calls[0].fault.details.limit is not known here, nor is anything else.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "fault": { "name": "OperationsLimitExceeded", "details": { "limit": "many" } } } ] }""", "calls[0].fault.details is not what Five9's type of this fault allows:")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "fault": { "name": "OperationsLimitExceeded", "details": { "limit": 16 } } } ] }""", "calls[0].fault.details.limit must be a text.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "http": { "body": "x" } } ] }""", "calls[0].http must have status.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "http": { "status": 204, "body": "x" } } ] }""", "calls[0].http must have no body")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "http": { "status": 200, "headers": { "content-length": "7" } } } ] }""", "calls[0].http.headers.content-length is no header that can be set here.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "http": { "status": 200, "headers": { "X": "a\nb" } } } ] }""", "calls[0].http.headers.X must be printable ASCII.")]
    [TestCase("""{ "calls": [ { "operation": "getSkills", "call": 1, "neverFinishes": true } ] }""", "calls[0].neverFinishes is a thing of runReport")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 1, "neverFinishes": false } ] }""", "calls[0].neverFinishes must be true, or left out.")]
    [TestCase("""{ "calls": [ { "operation": "runReport", "call": 2, "delaySeconds": 1 }, { "operation": "runReport", "call": 2, "delaySeconds": 2 } ] }""", "calls[1] is meant for the same call of runReport as calls[0].")]
    public void AScenarioThatIsNone_IsRefusedWithThePlace(string json, string message)
    {
        Assert.That(() => SimulatorScenario.Parse(json), Throws.TypeOf<FormatException>().With.Message.Contains(message));
    }

    [Test]
    public void TheExampleOfTheDocumentation_IsAScenario()
    {
        var example = Page().Split("```json")[1].Split("```")[0];

        Assert.That(
            SimulatorScenario.Parse(example).Calls.Select(c => $"{c.Operation} {c.Call}{(c.AndLater ? "+" : "")} {c.Answer.Delay:c} {c.Answer.GetType().Name}"),
            Is.EqualTo(new[]
            {
                "runReport 2 00:00:00 FaultAnswer", "runReport 5 00:00:00 EndlessAnswer", "isReportRunning 3+ 00:00:01.5000000 NormalAnswer",
                "getReportResultCsv 1 00:00:00 CutAnswer", "getReportResultCsv 2 00:00:00 CutAnswer", "getReportResultCsv 3 00:00:02 HttpAnswer",
            }));
    }

    private static string Page([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "simulator.md"));

    private Task<Five9Simulator> StartAsync(string scenario) => Five9Simulator.StartAsync(new SimulatorOptions
    {
        AgentStates = new LiteralRows("A"),
        ReportDuration = TimeSpan.Zero,
        Scenario = SimulatorScenario.Parse(scenario),
        TimeProvider = _clock,
    });
}
