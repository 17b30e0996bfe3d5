using System.Net;
using System.Xml.Linq;
using Five9Functions.LocalHost.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class SimulatorLimitsTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 8, 22, 10, 0, 50, TimeSpan.Zero));

    [Test]
    public async Task AWrongPassword_IsAFaultWithStatus200_AndCounted()
    {
        await using var simulator = await StartAsync();
        using var caller = new SoapCaller(simulator, password: "wrong");

        using var response = await caller.SendAsync(SoapCaller.Request("getSkills"));
        var fault = await caller.FaultAsync(SoapCaller.Request("getSkills"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(fault, Is.EqualTo(("InvalidAccountFault", "Invalid login or password")));
        Assert.That(simulator.BadLogins, Is.EqualTo(2));
    }

    [Test]
    public async Task WithoutALogin_TheServiceAsksForOne()
    {
        await using var simulator = await StartAsync();
        using var caller = new SoapCaller(simulator);

        using var response = await caller.SendAsync(SoapCaller.Request("getSkills"), withLogin: false);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Basic"));
        Assert.That(simulator.BadLogins, Is.Zero);
    }

    [Test]
    public async Task FiveBadLoginsInARow_LockTheAccount()
    {
        await using var simulator = await StartAsync();
        using var wrong = new SoapCaller(simulator, password: "wrong");
        using var right = new SoapCaller(simulator);
        for (var i = 0; i < 4; i++)
        {
            await wrong.FaultAsync(SoapCaller.Request("getSkills"));
        }

        await right.CallAsync(SoapCaller.Request("getSkills"));
        for (var i = 0; i < 5; i++)
        {
            await wrong.FaultAsync(SoapCaller.Request("getSkills"));
        }

        // For good, for whoever knows the password as well.
        _clock.Advance(TimeSpan.FromDays(400));
        Assert.That(await right.FaultAsync(SoapCaller.Request("getSkills")), Is.EqualTo(("InvalidAccountFault", "The account is locked")));
        Assert.That(await wrong.FaultAsync(SoapCaller.Request("runReport")), Is.EqualTo(("InvalidAccountFault", "The account is locked")));
        Assert.That(await right.FaultAsync(SoapCaller.Request("getSkills")), Is.EqualTo(("InvalidAccountFault", "The account is locked")));
        Assert.That(simulator.BadLogins, Is.EqualTo(10));
    }

    [Test]
    public async Task BadLoginsOfSomebodyElse_LockNobodyElse()
    {
        await using var simulator = await StartAsync();
        using var other = new SoapCaller(simulator, user: "other@example.com");
        using var right = new SoapCaller(simulator);
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await other.FaultAsync(SoapCaller.Request("getSkills")), Is.EqualTo(("InvalidAccountFault", "Invalid login or password")));
        }

        Assert.That(await other.FaultAsync(SoapCaller.Request("getSkills")), Is.EqualTo(("InvalidAccountFault", "The account is locked")));
        Assert.That((await right.CallAsync(SoapCaller.Request("getSkills"))).Name.LocalName, Is.EqualTo("getSkillsResponse"));
    }

    [TestCase("Bearer abc", 401)]
    [TestCase("Basic", 200)]
    [TestCase("Basic ???", 200)]
    [TestCase("Basic aW1wb3J0ZXI=", 200)]
    public async Task AnAuthorizationThatIsNone_IsNoLogin(string authorization, int status)
    {
        await using var simulator = await StartAsync();
        using var http = new HttpClient { BaseAddress = simulator.BaseAddress };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var response = await http.PostAsync("wsadmin/v13/AdminWebService", new StringContent(SoapCaller.Request("getSkills")));

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), status == 401 ? Is.Empty : Does.Contain("<faultstring>Invalid login or password</faultstring>"));
        Assert.That(simulator.BadLogins, Is.EqualTo(status == 401 ? 0 : 1));
    }

    [Test]
    public async Task CallsThatEndInAFault_AreCounted_RefusedLoginsAreNot()
    {
        await using var simulator = await StartAsync();
        using var caller = new SoapCaller(simulator);
        using var wrong = new SoapCaller(simulator, password: "wrong");

        await caller.FaultAsync(SoapCaller.WithId("getReportResult", "gone"));
        await caller.FaultAsync(SoapCaller.Request("runReport"));
        await wrong.FaultAsync(SoapCaller.Request("runReport"));

        Assert.That((await CountersAsync(caller))[..3], Is.EqualTo(new[] { "60 ReportRequest 1/16", "60 RetrieveReport 1/20", "60 Query 0/450" }));
    }

    [Test]
    public async Task AReportsId_IsGoneOnceItsTimeIsOver()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions
        {
            AgentStates = new LiteralRows("A"),
            ReportDuration = TimeSpan.Zero,
            ReportLifetime = TimeSpan.FromHours(1),
            TimeProvider = _clock,
        });
        using var caller = new SoapCaller(simulator);
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));

        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.That(await caller.ReturnAsync(SoapCaller.WithId("getReportResultCsv", id)), Is.EqualTo("A\n"));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(await caller.FaultAsync(SoapCaller.WithId("getReportResultCsv", id)), Is.EqualTo(("UnknownIdentifierFault", $"Unknown report identifier {id}")));
        Assert.That((await caller.FaultAsync(SoapCaller.WithId("isReportRunning", id))).Name, Is.EqualTo("UnknownIdentifierFault"));
    }

    [Test]
    public async Task TheSeventeenthReportOfAMinute_IsRefused_UntilTheMinuteTurns()
    {
        await using var simulator = await StartAsync();
        using var caller = new SoapCaller(simulator);
        var request = SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z");
        for (var i = 0; i < 16; i++)
        {
            Assert.That(await caller.ReturnAsync(request), Is.Not.Empty);
        }

        var refused = (await caller.CallAsync(request)).Element("detail")!.Elements().Single();

        Assert.That(refused.Name, Is.EqualTo(SoapCaller.Service + "OperationsLimitExceededFault"));
        Assert.That(refused.Elements().Select(e => (e.Name.LocalName, e.Value)), Is.EqualTo(new[]
        {
            ("limit", "16"),
            ("message", "Limit of 16 ReportRequest operations in 60 seconds exceeded"),
            ("operationType", "ReportRequest"),
        }));

        // Ten seconds later another minute of the calendar begins.
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await caller.ReturnAsync(request), Is.Not.Empty);
        Assert.That(await CountersAsync(caller), Is.EqualTo(new[]
        {
            "60 ReportRequest 1/16", "60 RetrieveReport 0/20", "60 Query 0/450",
            "3600 ReportRequest 17/120", "3600 RetrieveReport 0/200", "3600 Query 0/15000",
            "86400 ReportRequest 17/800", "86400 RetrieveReport 0/1000", "86400 Query 0/172800",
        }));
    }

    [Test]
    public async Task WithoutLimits_CallsAreCountedButNeverRefused()
    {
        await using var simulator = await StartAsync(limits: false);
        using var caller = new SoapCaller(simulator);

        for (var i = 0; i < 21; i++)
        {
            Assert.That((await caller.FaultAsync(SoapCaller.WithId("getReportResultCsv", "gone"))).Name, Is.EqualTo("UnknownIdentifierFault"));
        }

        Assert.That(await CountersAsync(caller), Does.Contain("60 RetrieveReport 21/20"));
    }

    private static async Task<string[]> CountersAsync(SoapCaller caller)
    {
        var response = await caller.CallAsync("""
            <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/">
              <soap-env:Body>
                <ns0:getCallCountersState xmlns:ns0="http://service.admin.ws.five9.com/"/>
              </soap-env:Body>
            </soap-env:Envelope>
            """);
        return [.. response.Elements("return").SelectMany(w => w.Elements("callCounterStates").Select(s => $"{w.Element("timeout")!.Value} {Text(s)}"))];
    }

    private static string Text(XElement state) => $"{state.Element("operationType")!.Value} {state.Element("value")!.Value}/{state.Element("limit")!.Value}";

    private Task<Five9Simulator> StartAsync(bool limits = true) => Five9Simulator.StartAsync(new SimulatorOptions
    {
        AgentStates = new LiteralRows("A"),
        Limits = limits,
        TimeProvider = _clock,
    });
}
