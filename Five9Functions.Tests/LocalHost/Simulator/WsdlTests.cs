using System.Xml.Linq;
using System.Xml.Schema;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class WsdlTests
{
    private static readonly XNamespace Description = "http://schemas.xmlsoap.org/wsdl/";
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/wsdl/soap/";
    private static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema";

    private static readonly string[] Operations =
    [
        "closeSession", "getApiVersions", "getCallCountersState", "getCampaigns", "getReportResult", "getReportResultCsv",
        "getSkills", "getUsersGeneralInfo", "getVCCConfiguration", "isReportRunning", "modifyUser", "runReport",
    ];

    [Test]
    public async Task Wsdl_NamesExactlyTheOperations_AndItsOwnAddress()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        var wsdl = await GetAsync(simulator);

        foreach (var element in new[] { "portType", "binding" })
        {
            Assert.That(
                wsdl.Root!.Element(Description + element)!.Elements(Description + "operation").Select(o => (string)o.Attribute("name")!),
                Is.EquivalentTo(Operations));
        }

        Assert.That((string?)wsdl.Descendants(Soap + "address").Single().Attribute("location"), Is.EqualTo($"{simulator.BaseAddress}wsadmin/v13/AdminWebService"));
    }

    [Test]
    public async Task Wsdl_Schema_Compiles_AndHasTheElementOfEveryMessage()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        var wsdl = await GetAsync(simulator);
        var schemas = Compile(wsdl);

        var parts = wsdl.Descendants(Description + "part").Select(p => ((string)p.Attribute("element")!)["tns:".Length..]).ToList();

        Assert.That(parts, Has.Count.EqualTo(47).And.Unique);
        Assert.That(parts.Where(p => !schemas.GlobalElements.Contains(new(p, SoapCaller.Service.NamespaceName))), Is.Empty);
    }

    [Test]
    public async Task EveryAnswer_IsValidByTheWsdl()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions
        {
            AgentStates = new GeneratedAgentStates(1, 3, DateTimeZone.Utc),
            ReportDuration = TimeSpan.Zero,
        });
        using var caller = new SoapCaller(simulator);
        var schemas = Compile(await GetAsync(simulator));
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"));
        List<string> requests =
        [
            SoapCaller.RunReport("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
            SoapCaller.RunReport("2026-03-02T10:00:00Z", "2026-03-02T09:00:00Z"),
            SoapCaller.RunReport("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", report: "Other"),
            SoapCaller.Request("isReportRunning", $"<identifier>{id}</identifier><timeout>5</timeout>"),
            SoapCaller.WithId("getReportResult", id),
            SoapCaller.WithId("getReportResultCsv", id),
            SoapCaller.WithId("getReportResultCsv", "gone"),
            SoapCaller.Request("getSkills", "<skillNamePattern>(</skillNamePattern>"),
            SoapCaller.Request("modifyUser", "<userGeneralInfo><password>Short1!</password><userName>importer@example.com</userName></userGeneralInfo>"),
            SoapCaller.Request("modifyUser", "<userGeneralInfo><userName>nobody@example.com</userName></userGeneralInfo>"),
            SoapCaller.Request("modifyUser", "<userGeneralInfo><userName>importer@example.com</userName></userGeneralInfo>"),
            .. Operations.Except(["runReport", "isReportRunning", "getReportResult", "getReportResultCsv"]).Select(o => SoapCaller.Request(o)),
        ];

        foreach (var request in requests)
        {
            var answer = await caller.CallAsync(request);
            var payload = answer.Element("detail")?.Elements().Single() ?? answer;
            new XDocument(payload).Validate(schemas, (_, problem) => Assert.Fail($"{payload.Name.LocalName}: {problem.Message}"));
        }
    }

    [Test]
    public async Task Lists_AreFilteredByPattern()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions { AgentStates = new GeneratedAgentStates(1, 3, DateTimeZone.Utc) });
        using var caller = new SoapCaller(simulator);

        var campaigns = await caller.CallAsync("""
            <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/">
              <soap-env:Body>
                <ns0:getCampaigns xmlns:ns0="http://service.admin.ws.five9.com/">
                  <campaignNamePattern>.*</campaignNamePattern>
                  <campaignType>INBOUND</campaignType>
                </ns0:getCampaigns>
              </soap-env:Body>
            </soap-env:Envelope>
            """);
        var skills = await caller.CallAsync(SoapCaller.Request("getSkills", "<skillNamePattern>Support .*</skillNamePattern>"));
        var users = await caller.CallAsync(SoapCaller.Request("getUsersGeneralInfo", "<userNamePattern>.*</userNamePattern>"));

        Assert.That(campaigns.Descendants("name").Select(n => n.Value), Is.EqualTo(new[] { "Support EN - Inbound", "Support DE - Inbound" }));
        Assert.That(skills.Descendants("name").Select(n => n.Value), Is.EqualTo(new[] { "Support EN", "Support DE" }));
        Assert.That(users.Descendants("userName").Select(n => n.Value), Is.EqualTo(new[] { "ava.meyer", "ben.okafor", "chloe.schaefer" }));
    }

    private static async Task<XDocument> GetAsync(Five9Simulator simulator)
    {
        using var http = new HttpClient();
        return XDocument.Parse(await http.GetStringAsync($"{simulator.BaseAddress}wsadmin/v13/AdminWebService?wsdl&user=importer"));
    }

    private static XmlSchemaSet Compile(XDocument wsdl)
    {
        var set = new XmlSchemaSet();
        set.Add(null, wsdl.Descendants(Schema + "schema").Single().CreateReader());
        set.Compile();
        return set;
    }
}
