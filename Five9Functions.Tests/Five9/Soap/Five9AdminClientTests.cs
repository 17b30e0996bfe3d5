using System.Net;
using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Soap;
using Five9Functions.Problems;
using NodaTime;
using static Five9Functions.Tests.Five9.ScriptedFive9;

namespace Five9Functions.Tests.Five9.Soap;

public sealed class Five9AdminClientTests
{
    private static readonly ReportRequest Report = new(
        "Agent <Reports> & \"more\"", "Agent State Détails", new Interval(Instant.FromUtc(2026, 8, 21, 7, 0), Instant.FromUtc(2026, 8, 21, 19, 0)));

    [Test]
    public async Task RunReport_SendsTheEnvelopeOfTheWsdl()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("runReport", "<return>OPAQUE-ID</return>"));

        var id = await five9.Client().RunReportAsync(Login, Report, CancellationToken.None);

        Assert.That(id, Is.EqualTo("OPAQUE-ID"));
        Assert.That(five9.Sent, Is.EqualTo(Sent(
            "<admin:runReport xmlns:admin=\"http://service.admin.ws.five9.com/\">"
            + "<folderName>Agent &lt;Reports&gt; &amp; \"more\"</folderName><reportName>Agent State Détails</reportName>"
            + "<criteria><time><end>2026-08-21T19:00:00Z</end><start>2026-08-21T07:00:00Z</start></time></criteria>"
            + "</admin:runReport>")));
    }

    [Test]
    public async Task ARequest_IsSoap11WithTheLoginInIt()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("runReport", "<return>OPAQUE-ID</return>"));

        await five9.Client().RunReportAsync(Login, Report, CancellationToken.None);

        Assert.That(five9.Request!.Method, Is.EqualTo(HttpMethod.Post));
        Assert.That(five9.Request.RequestUri, Is.EqualTo(new Uri("https://api.five9.test/wsadmin/v13/AdminWebService")));
        Assert.That(five9.Request.Headers.GetValues("SOAPAction"), Is.EqualTo(new[] { "\"\"" }));
        Assert.That(five9.Request.Content!.Headers.ContentType!.ToString(), Is.EqualTo("text/xml; charset=utf-8"));
        Assert.That(five9.Request.Headers.Authorization!.ToString(), Is.EqualTo("Basic aW1wb3J0QGV4YW1wbGUudGVzdDpQw6Q6c3MgdzByZA==")); // UTF-8
    }

    [TestCase("true", true)]
    [TestCase("1", true)]
    [TestCase(" false ", false)]
    [TestCase("0", false)]
    public async Task IsReportRunning_SendsTheEnvelopeOfTheWsdl(string answer, bool running)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("isReportRunning", $"<return>{answer}</return>"));

        var result = await five9.Client().IsReportRunningAsync(Login, "ID", TimeSpan.FromSeconds(2), CancellationToken.None);

        Assert.That(result, Is.EqualTo(running));
        Assert.That(five9.Sent, Is.EqualTo(Sent(
            "<admin:isReportRunning xmlns:admin=\"http://service.admin.ws.five9.com/\"><identifier>ID</identifier><timeout>2</timeout></admin:isReportRunning>")));
    }

    [Test]
    public async Task ReadReportCsv_SendsTheEnvelopeOfTheWsdl()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("getReportResultCsv", "<return>A,B\n1,&lt;2&gt;\n<![CDATA[3,&4]]>\n</return>"));

        var csv = await five9.Client().ReadReportCsvAsync(Login, "ID", (text, token) => text.ReadToEndAsync(token), CancellationToken.None);

        Assert.That(csv, Is.EqualTo("A,B\n1,<2>\n3,&4\n"));
        Assert.That(five9.Sent, Is.EqualTo(Sent(
            "<admin:getReportResultCsv xmlns:admin=\"http://service.admin.ws.five9.com/\"><identifier>ID</identifier></admin:getReportResultCsv>")));
    }

    [Test]
    public async Task ChangePassword_SendsTheEnvelopeOfTheWsdl()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("modifyUser", "<return><generalInfo><active>true</active></generalInfo></return>"));

        await five9.Client().ChangePasswordAsync(Login, "N3w<&>\"", CancellationToken.None);

        Assert.That(five9.Sent, Is.EqualTo(Sent(
            "<admin:modifyUser xmlns:admin=\"http://service.admin.ws.five9.com/\"><userGeneralInfo><mustChangePassword>false</mustChangePassword>"
            + $"<password>N3w&lt;&amp;&gt;\"</password><userName>{Login.UserName}</userName></userGeneralInfo></admin:modifyUser>")));
    }

    // Whoever sends a new password has just logged in with the old one: words about a password are about the new one.
    [TestCase("Server")]
    [TestCase("IncorrectArgument")]
    public async Task ChangePassword_RefusedInWordsOfALogin_IsNoRejection_AndRepeatsNeither(string fault)
    {
        using var five9 = new ScriptedFive9(
            HttpStatusCode.InternalServerError,
            $"""<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body><env:Fault><faultcode>env:Server</faultcode><faultstring>Invalid password: N3w-one (not {Login.Password})</faultstring><detail><ns2:{fault}Fault xmlns:ns2="http://service.admin.ws.five9.com/"/></detail></env:Fault></env:Body></env:Envelope>""");

        var refused = (await Assert.ThrowsAsync<Five9MisconfiguredException>(() => five9.Client().ChangePasswordAsync(Login, "N3w-one", CancellationToken.None)))!;

        Assert.That(refused.Error.Problem, Is.EqualTo(ImportProblem.RequestRefused));
        Assert.That(refused.Message, Does.Contain("Invalid password: ***").And.Not.Contain("N3w-one").And.Not.Contain(Login.Password));
    }

    [TestCase("<return><domainId>1</domainId><passwordPolicies><enforcePasswordHistory>3</enforcePasswordHistory><minCapitalCharacters>1</minCapitalCharacters><minNumberCharacters>2</minNumberCharacters><minPasswordLength>12</minPasswordLength><minSpecialCharacters>3</minSpecialCharacters><passwordExpires>90</passwordExpires></passwordPolicies></return>", 12, 1, 2, 3, 90)]
    [TestCase("<return><passwordPolicies><minPasswordLength>many</minPasswordLength><passwordExpires/></passwordPolicies></return>", 0, 0, 0, 0, 0)]
    [TestCase("<return><domainId>1</domainId></return>", 0, 0, 0, 0, 0)]
    [TestCase("", 0, 0, 0, 0, 0)]
    public async Task GetPasswordPolicy_ReadsWhatIsSaid(string content, int length, int capitals, int numbers, int special, int expires)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("getVCCConfiguration", content));

        Assert.That(await five9.Client().GetPasswordPolicyAsync(Login, CancellationToken.None), Is.EqualTo(new PasswordPolicy(length, capitals, numbers, special, expires)));
    }

    [TestCase("<return/>")]
    [TestCase("<return></return>")]
    [TestCase("<return xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>")]
    [TestCase("")]
    public async Task ReadReportCsv_NoResult_IsAnEmptyText(string content)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("getReportResultCsv", content));

        var csv = await five9.Client().ReadReportCsvAsync(Login, "ID", (text, token) => text.ReadToEndAsync(token), CancellationToken.None);

        Assert.That(csv, Is.Empty);
    }

    [Test]
    public async Task ReadReportCsv_NamespacesMatter_PrefixesDoNot()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK,
            "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Header><Fault>no</Fault></Header><Body>"
            + "<r:getReportResultCsvResponse xmlns:r=\"http://service.admin.ws.five9.com/\"><return xmlns=\"\">A</return></r:getReportResultCsvResponse></Body></Envelope>");

        var csv = await five9.Client().ReadReportCsvAsync(Login, "ID", (text, token) => text.ReadToEndAsync(token), CancellationToken.None);

        Assert.That(csv, Is.EqualTo("A"));
    }

    [Test]
    public async Task ReadReportCsv_TheReaderMayStopBeforeTheEnd()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("getReportResultCsv", $"<return>{new string('x', 100_000)}</return>"));

        var read = await five9.Client().ReadReportCsvAsync(
            Login, "ID", async (text, token) => await text.ReadAsync(new char[10], token), CancellationToken.None);

        Assert.That(read, Is.EqualTo(10));
    }

    [Test]
    public void ReadReportCsv_WhatTheReaderThrows_IsThrown()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("getReportResultCsv", "<return>A</return>"));

        Assert.That(
            () => five9.Client().ReadReportCsvAsync<int>(Login, "ID", (_, _) => throw new ReportCutException(500), CancellationToken.None),
            Throws.TypeOf<ReportCutException>());
    }

    [Test]
    public async Task GetCampaigns_OfAnyType_ByName()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("getCampaigns",
            "<return><description>name</description><mode>BASIC</mode><name> Sales &amp; In </name><state>RUNNING</state><trainingMode>false</trainingMode><type>INBOUND</type></return>"
            + "<return><name>Alt/neu</name><state>NOT_RUNNING</state><type>AUTODIAL</type></return><return><type>OUTBOUND</type></return>"));

        var names = await five9.Client().GetCampaignsAsync(Login, CancellationToken.None);

        Assert.That(names, Is.EqualTo(new[] { "Sales & In", "Alt/neu" }));
        Assert.That(five9.Sent, Does.Contain("<admin:getCampaigns xmlns:admin=\"http://service.admin.ws.five9.com/\"><campaignNamePattern>.*</campaignNamePattern></admin:getCampaigns>"));
    }

    [Test]
    public async Task GetSkills_ByName()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("getSkills",
            "<return><description/><id>2001</id><messageOfTheDay>hi</messageOfTheDay><name>S-New</name><routeVoiceMails>true</routeVoiceMails></return>"));

        var names = await five9.Client().GetSkillsAsync(Login, CancellationToken.None);

        Assert.That(names, Is.EqualTo(new[] { "S-New" }));
        Assert.That(five9.Sent, Does.Contain("<admin:getSkills xmlns:admin=\"http://service.admin.ws.five9.com/\"><skillNamePattern>.*</skillNamePattern></admin:getSkills>"));
    }

    [Test]
    public void GetCampaigns_WithoutTheRole_IsMisconfigured()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.InternalServerError, NamedFault("AccessDisallowed", "no role"));

        Assert.That(() => five9.Client().GetCampaignsAsync(Login, CancellationToken.None), Throws.TypeOf<Five9MisconfiguredException>());
    }

    [Test]
    public async Task GetCallCounters_OneForEachOperationAndWindow()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response("getCallCountersState",
            "<return><callCounterStates><limit>16</limit><operationType>ReportRequest</operationType><value>3</value></callCounterStates>"
            + "<callCounterStates><limit>20</limit><operationType>RetrieveReport</operationType><value>4</value></callCounterStates><timeout>60</timeout></return>"
            + "<return><callCounterStates xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>"
            + "<callCounterStates><limit>9999999999</limit><operationType>Query</operationType><value>9</value></callCounterStates><timeout>86400</timeout></return>"));

        var counters = await five9.Client().GetCallCountersAsync(Login, CancellationToken.None);

        Assert.That(counters, Is.EqualTo(new[]
        {
            new CallCounter("ReportRequest", TimeSpan.FromMinutes(1), 16, 3),
            new CallCounter("RetrieveReport", TimeSpan.FromMinutes(1), 20, 4),
            new CallCounter("Query", TimeSpan.FromDays(1), int.MaxValue, 9),
        }));
        Assert.That(five9.Sent, Is.EqualTo(Sent("<admin:getCallCountersState xmlns:admin=\"http://service.admin.ws.five9.com/\" />")));
    }

    [Test]
    public void AnAnswerThatSaysNothing_IsTransient()
    {
        Assert.That(
            () => new ScriptedFive9(HttpStatusCode.OK, Response("runReport", "<return/>")).Client().RunReportAsync(Login, Report, CancellationToken.None),
            Throws.TypeOf<Five9TransientException>().With.Message.EqualTo("The answer of Five9 at api.five9.test to runReport holds no report id."));
        Assert.That(
            () => new ScriptedFive9(HttpStatusCode.OK, Response("isReportRunning", "<return>maybe</return>")).Client().IsReportRunningAsync(Login, "ID", TimeSpan.Zero, CancellationToken.None),
            Throws.TypeOf<Five9TransientException>());
        Assert.That(
            () => new ScriptedFive9(HttpStatusCode.OK, Response("getCallCountersState", "<return><timeout>soon</timeout></return>")).Client().GetCallCountersAsync(Login, CancellationToken.None),
            Throws.TypeOf<Five9TransientException>());
    }

    private static string Sent(string body) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>" + body + "</soap:Body></soap:Envelope>";
}
