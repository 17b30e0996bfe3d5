using System.Text;
using System.Xml.Linq;
using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>Requests as other SOAP stacks put them on the wire.</summary>
public sealed class RawRequestTests
{
    private const string GetSkills =
        """<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><f:getSkills xmlns:f="http://service.admin.ws.five9.com/"><skillNamePattern>Sales</skillNamePattern></f:getSkills></e:Body></e:Envelope>""";

    private Five9Simulator? _simulator;
    private RawConnection? _connection;

    [SetUp]
    public async Task StartAsync()
    {
        _simulator = await Five9Simulator.StartAsync(new SimulatorOptions
        {
            AgentStates = new LiteralRows("A,B", ("2026-08-21T07:00:00Z", "x,"), ("2026-08-21T08:00:00Z", "late,1")),
            ReportDuration = TimeSpan.Zero,
        });
        _connection = new RawConnection(_simulator);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _connection!.Dispose();
        await _simulator!.DisposeAsync();
    }

    [TestCase("<time><end>2026-08-21T07:30:00Z</end><start>2026-08-21T07:00:00Z</start></time>", TestName = "RunReport_EndBeforeStart")]
    [TestCase("<time><start>2026-08-21T07:00:00Z</start><end>2026-08-21T07:30:00Z</end></time>", TestName = "RunReport_StartBeforeEnd")]
    [TestCase("<time>\n  <end>2026-08-21T00:30:00.000-07:00</end>\n  <start> 2026-08-21T00:00:00.000-07:00 </start>\n</time>", TestName = "RunReport_OffsetsAndBlanks")]
    [TestCase("<time><end><![CDATA[2026-08-21T07:30:00Z]]></end><start>2026-08-<!-- the -->21T07:00:00<?p i?>Z</start></time>", TestName = "RunReport_CDataCommentsAndInstructions")]
    [TestCase("<reportObjects x:nil=\"true\" xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\"/><time><end>2026-08-21T07:30:00Z</end><start>2026-08-21T07:00:00Z</start></time>", TestName = "RunReport_NilObjects")]
    public async Task RunReport_InEveryShape_AsksForTheSame(string criteria)
    {
        var id = (await CallAsync($"""
            <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ser="http://service.admin.ws.five9.com/">
              <soapenv:Header/>
              <soapenv:Body>
                <ser:runReport>
                  <reportName>Agent State Details</reportName>
                  <!--Optional:-->
                  <criteria>{criteria}</criteria>
                  <folderName>Agent Reports</folderName>
                </ser:runReport>
              </soapenv:Body>
            </soapenv:Envelope>
            """)).Element("return")!.Value;

        var csv = await CallAsync($"""
            <Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><q:getReportResultCsv xmlns:q="http://service.admin.ws.five9.com/"><identifier xmlns="">{id}</identifier></q:getReportResultCsv></Body></Envelope>
            """);

        Assert.That(csv.Name, Is.EqualTo(SoapCaller.Service + "getReportResultCsvResponse"));
        Assert.That(csv.Elements().Select(e => (e.Name.ToString(), e.Value)), Is.EqualTo(new[] { ("return", "A,B\nx,\n") }));
    }

    [TestCase("")]
    [TestCase("<timeout/>")]
    [TestCase("<timeout></timeout>")]
    [TestCase("<timeout>\n</timeout>")]
    [TestCase("<timeout>0</timeout>")]
    [TestCase("<timeout>-5</timeout>")]
    [TestCase("<timeout xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>")]
    public async Task IsReportRunning_TakesAnyTimeout(string timeout)
    {
        using var caller = new SoapCaller(_simulator!);
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T07:00:00Z", "2026-08-21T07:30:00Z"));

        var answer = await CallAsync($"""
            <S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><ns2:isReportRunning xmlns:ns2="http://service.admin.ws.five9.com/"><identifier>{id}</identifier>{timeout}</ns2:isReportRunning></S:Body></S:Envelope>
            """);

        Assert.That(answer.Element("return")!.Value, Is.EqualTo("false"));
    }

    [Test]
    public async Task ForeignAttributesAndHeaders_AreIgnored()
    {
        var answer = await CallAsync("""
            <?xml version="1.0" encoding="utf-8" standalone="no"?>
            <?client instruction?>
            <!-- comment -->
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:u="urn:u">
              <s:Header>
                <u:trace s:mustUnderstand="0">7</u:trace>
                <u:hop s:mustUnderstand="1" s:actor="urn:somebody-else"/>
              </s:Header>
              <s:Body u:Id="body">
                <a:getSkills xmlns:a="http://service.admin.ws.five9.com/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="a:getSkills" id="o0" s:root="1">
                  <skillNamePattern xsi:type="xsd:string" id="i1">Sales</skillNamePattern>
                </a:getSkills>
              </s:Body>
            </s:Envelope>
            """);

        AssertSales(answer);
    }

    [TestCase("1")]
    [TestCase("true")]
    public async Task AHeaderThatMustBeUnderstood_IsRefusedAsSoap11Says(string mustUnderstand)
    {
        var fault = await CallAsync($"""
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><w:Security xmlns:w="urn:w" s:mustUnderstand="{mustUnderstand}"/></s:Header><s:Body><a:getSkills xmlns:a="http://service.admin.ws.five9.com/"/></s:Body></s:Envelope>
            """);

        Assert.That(fault.Element("faultcode")!.Value, Is.EqualTo("env:MustUnderstand"));
    }

    [Test]
    public async Task Soap12_IsAnotherVersion()
    {
        var fault = await CallAsync(GetSkills.Replace("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope", StringComparison.Ordinal));

        Assert.That(fault.Element("faultcode")!.Value, Is.EqualTo("env:VersionMismatch"));
    }

    [Test]
    public async Task QualifiedArguments_AreNotThoseOfTheWsdl()
    {
        var fault = await CallAsync("""
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><getReportResult xmlns="http://service.admin.ws.five9.com/"><identifier>x</identifier></getReportResult></s:Body></s:Envelope>
            """);

        Assert.That(fault.Element("detail")!.Element(SoapCaller.Service + "MissedArgumentFault")!.Element("message")!.Value, Is.EqualTo("Missed argument: identifier"));
    }

    [Test]
    public async Task OneConnection_CarriesRequestAfterRequest_FaultsAndRefusalsAmongThem()
    {
        var body = Encoding.UTF8.GetBytes(GetSkills);
        byte[] notXml = [.. "not XML"u8];
        var withoutLogin = RawConnection.Join(["POST /wsadmin/v13/AdminWebService HTTP/1.1", "Host: 127.0.0.1", $"Content-Length: {body.Length}"], body);
        foreach (var (request, status) in new[]
        {
            (RawConnection.Post(body, "Content-Type: text/xml"), 200), (RawConnection.Post(notXml, "Content-Type: text/xml"), 500), (withoutLogin, 401),
            (RawConnection.Join(["POST /elsewhere HTTP/1.1", "Host: 127.0.0.1", $"Content-Length: {body.Length}"], body), 404),
        })
        {
            await _connection!.SendAsync(request);
            Assert.That((await _connection.ReceiveAsync()).Head, Does.StartWith($"HTTP/1.1 {status} "));
        }

        await _connection!.SendAsync(RawConnection.Post(body));
        var (head, last) = await _connection.ReceiveAsync();

        Assert.That(head, Does.Contain("Transfer-Encoding: chunked").And.Contain("Set-Cookie: ").And.Contain("Content-Type: text/xml;charset=utf-8").And.Not.Contain("Content-Length"));
        Assert.That(last, Does.Contain("<name>Sales</name>"));
    }

    [TestCase("SOAPAction: \"\"")]
    [TestCase("SOAPAction: urn:something")]
    [TestCase("Accept-Encoding: gzip, deflate, br")]
    [TestCase("Content-Type: text/xml; charset=\"UTF-8\"")]
    [TestCase("Content-Type: application/soap+xml")]
    [TestCase("Cookie: clientId=simulated; other=1")]
    public async Task HeadersThatDoNotMatter_DoNot(string header)
    {
        await _connection!.SendAsync(RawConnection.Post(Encoding.UTF8.GetBytes(GetSkills), header));

        var (head, body) = await _connection.ReceiveAsync();

        Assert.That(head, Does.StartWith("HTTP/1.1 200 ").And.Not.Contain("Content-Encoding"));
        Assert.That(body, Does.Contain("<name>Sales</name>"));
    }

    [Test]
    public async Task Expect100Continue_IsAnsweredBeforeTheBody()
    {
        var request = Encoding.UTF8.GetBytes(GetSkills);
        await _connection!.SendAsync(RawConnection.Post(request, "Content-Type: text/xml", "Expect: 100-continue")[..^request.Length]);
        Assert.That((await _connection.ReceiveAsync()).Head, Is.EqualTo("HTTP/1.1 100 Continue\n"));

        await _connection.SendAsync(request);

        AssertSales(await _connection.PayloadAsync());
    }

    [Test]
    public async Task AChunkedRequest_IsReadToItsEnd()
    {
        await _connection!.SendAsync(RawConnection.Join(
            ["POST /wsadmin/v13/AdminWebService HTTP/1.1", "Host: 127.0.0.1", RawConnection.Login, "Content-Type: text/xml; charset=utf-8", "Transfer-Encoding: chunked"],
            [.. Encoding.UTF8.GetBytes($"a;x=1\r\n{GetSkills[..10]}\r\n{GetSkills.Length - 10:X}\r\n{GetSkills[10..]}\r\n0\r\n\r\n")]));

        AssertSales(await _connection.PayloadAsync());
    }

    [TestCase("utf-8", true, "", "Content-Type: text/xml")]
    [TestCase("utf-8", true, "<?xml version='1.0' encoding='UTF-8'?>", "Content-Type: text/xml; charset=utf-8")]
    [TestCase("utf-16", true, "", "Content-Type: text/xml")]
    [TestCase("utf-16", true, "<?xml version='1.0' encoding='UTF-16'?>", "Content-Type: text/xml; charset=utf-16")]
    [TestCase("utf-16", false, "", "Content-Type: text/xml; charset=utf-16")]
    [TestCase("utf-16BE", true, "<?xml version='1.0' encoding='UTF-16'?>", "Content-Type: text/xml; charset=utf-16")]
    [TestCase("iso-8859-1", false, "<?xml version='1.0' encoding='ISO-8859-1'?>", "Content-Type: text/xml")]
    [TestCase("iso-8859-1", false, "", "Content-Type: text/xml; charset=ISO-8859-1")]
    public async Task EveryEncoding_SaysTheSame(string encoding, bool withMark, string declaration, string contentType)
    {
        var how = Encoding.GetEncoding(encoding);
        var request = how.GetBytes(declaration + GetSkills.Replace("Sales", "(Sälé|Sales)", StringComparison.Ordinal));

        await _connection!.SendAsync(RawConnection.Post([.. withMark ? how.GetPreamble() : [], .. request], contentType));

        AssertSales(await _connection.PayloadAsync());
    }

    [TestCase("Content-Type: text/xml; charset=utf-8")]
    [TestCase("Content-Type: text/xml; charset=ebcdic-of-mars")]
    public async Task BytesThatAreNotInTheirCharset_AreTheClientsFault(string contentType)
    {
        await _connection!.SendAsync(RawConnection.Post(Encoding.Latin1.GetBytes(GetSkills.Replace("Sales", "Sälé", StringComparison.Ordinal)), contentType));

        Assert.That((await _connection.PayloadAsync()).Element("faultcode")!.Value, Is.EqualTo("env:Client"));
    }

    private static void AssertSales(XElement answer)
    {
        Assert.That(answer.Name, Is.EqualTo(SoapCaller.Service + "getSkillsResponse"));
        Assert.That(answer.Elements("return").Select(s => s.Element("name")!.Value), Is.EqualTo(new[] { "Sales" }));
    }

    private async Task<XElement> CallAsync(string request)
    {
        await _connection!.SendAsync(RawConnection.Post(Encoding.UTF8.GetBytes(request), "Content-Type: text/xml; charset=utf-8", "SOAPAction: \"\""));
        return await _connection.PayloadAsync();
    }
}
