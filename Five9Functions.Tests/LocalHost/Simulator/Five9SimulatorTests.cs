using System.Net;
using System.Text;
using System.Xml.Linq;
using Five9Functions.LocalHost.Simulator;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class Five9SimulatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 22, 10, 0, 30, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);
    private Five9Simulator? _simulator;
    private SoapCaller? _caller;

    [TearDown]
    public async Task StopAsync()
    {
        _caller?.Dispose();
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }
    }

    [Test]
    public async Task RunReport_ThenItsCsv_HasTheRowsThatStartInTheWindow()
    {
        var caller = await StartAsync(new LiteralRows(
            "DATE,TIME,AGENT",
            ("2026-08-21T06:59:59Z", "2026/08/20,23:59:59,early"),
            ("2026-08-21T07:00:00Z", "2026/08/21,00:00:00,\"in, sharp\""),
            ("2026-08-21T18:59:59Z", "2026/08/21,11:59:59,in"),
            ("2026-08-21T19:00:00Z", "2026/08/21,12:00:00,late")), callLog: true);

        // The request as people's integrations send it.
        var id = await caller.ReturnAsync("""
            <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/">
              <soap-env:Body>
                <ns0:runReport xmlns:ns0="http://service.admin.ws.five9.com/">
                  <folderName>Call Log Reports</folderName>
                  <reportName>Call Log</reportName>
                  <criteria>
                    <time>
                      <end>2026-08-21T12:00:00.000-07:00</end>
                      <start>2026-08-21T00:00:00.000-07:00</start>
                    </time>
                  </criteria>
                </ns0:runReport>
              </soap-env:Body>
            </soap-env:Envelope>
            """);
        var csv = await caller.ReturnAsync($"""
            <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/">
              <soap-env:Body>
                <ns0:getReportResultCsv xmlns:ns0="http://service.admin.ws.five9.com/">
                  <identifier>{id}</identifier>
                </ns0:getReportResultCsv>
              </soap-env:Body>
            </soap-env:Envelope>
            """);

        Assert.That(csv, Is.EqualTo("DATE,TIME,AGENT\n2026/08/21,00:00:00,\"in, sharp\"\n2026/08/21,11:59:59,in\n"));
    }

    [Test]
    public async Task RunReport_WithObjectsAndStartBeforeEnd_IsUnderstood()
    {
        var caller = await StartAsync(new LiteralRows("SKILL", ("2026-08-21T11:59:58Z", "Sales"), ("2026-08-21T11:59:59Z", "Support DE")), callLog: true);

        var id = await caller.ReturnAsync("""
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://service.admin.ws.five9.com/"><e:Header/><e:Body e:id="1">
              <x:runReport><folderName>Call Log Reports</folderName><reportName>Call Log</reportName><criteria>
                <reportObjects><objectNames>Support EN</objectNames><objectNames>Support DE</objectNames><objectType>Skill</objectType></reportObjects>
                <time><start>2026-08-21T00:00:00Z</start><end>2026-08-21T12:00:00Z</end></time>
              </criteria></x:runReport></e:Body></e:Envelope>
            """);

        Assert.That(await caller.ReturnAsync(SoapCaller.WithId("getReportResultCsv", id)), Is.EqualTo("SKILL\nSupport DE\n"));
    }

    [Test]
    public async Task RunReport_TimesWithoutOffset_AreInTheZoneOfTheDataCentre()
    {
        var caller = await StartAsync(new LiteralRows("A", ("2026-08-21T06:59:59Z", "before"), ("2026-08-21T07:00:00Z", "in")));

        Assert.That(await caller.CsvAsync("2026-08-21T00:00:00", "2026-08-21T00:00:01"), Is.EqualTo("A\nin\n"));
    }

    [Test]
    public async Task Answer_LooksLikeFive9s()
    {
        var caller = await StartAsync(new LiteralRows("A"));

        using var response = await caller.SendAsync(SoapCaller.Request("closeSession"));

        Assert.That(response.Content.Headers.ContentLength, Is.Null);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(
            "<?xml version='1.0' encoding='UTF-8'?><env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\"><env:Header/><env:Body>"
            + "<ns2:closeSessionResponse xmlns:ns2=\"http://service.admin.ws.five9.com/\"></ns2:closeSessionResponse></env:Body></env:Envelope>"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.TransferEncodingChunked, Is.True);
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.True);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/xml"));
    }

    [Test]
    public async Task Csv_KeepsMarkupAndCarriageReturns_AndReplacesWhatXmlForbids()
    {
        var caller = await StartAsync(new LiteralRows("A", ("2026-08-21T00:00:00Z", "\"<a> & ]]>\r\nÄ😀\u0000\u001b\uFFFE\"")));

        Assert.That(
            await caller.CsvAsync("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"),
            Is.EqualTo("A\n\"<a> & ]]>\r\nÄ😀\uFFFD\uFFFD\uFFFD\"\n"));
    }

    [Test]
    public async Task Csv_OfAFile_IsTheFilesText()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, [.. "\uFEFFDATE,TIME,AGENT\r\n2026/08/21,09:00:00,\"M"u8, 0xFC, .. "ller\r\n& Söhne\"\r\nbroken \"row\""u8]);
            var caller = await StartAsync(new ReportFile(path, DateTimeZone.Utc));

            Assert.That(
                await caller.CsvAsync("2026-08-21T09:00:00Z", "2026-08-21T09:00:01Z"),
                Is.EqualTo("DATE,TIME,AGENT\n2026/08/21,09:00:00,\"M\uFFFDller\r\n& Söhne\"\nbroken \"row\"\n"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Csv_OfAnEmptyReport_IsTheHeaderAlone()
    {
        var caller = await StartAsync(new LiteralRows("A,B"));

        Assert.That(await caller.CsvAsync("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"), Is.EqualTo("A,B\n"));
    }

    [Test]
    public async Task Csv_OverTheRowCap_IsCutWithoutAWord()
    {
        var caller = await StartAsync(new LiteralRows("A", [.. Enumerable.Range(1, 4).Select(i => ($"2026-08-21T00:00:0{i}Z", $"row {i}"))]), rowCap: 3);

        Assert.That(await caller.CsvAsync("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"), Is.EqualTo("A\nrow 1\nrow 2\nrow 3\n"));
    }

    [Test]
    public async Task GetReportResult_GivesFieldsOneByOne_AndNilForEmptyOnes()
    {
        var caller = await StartAsync(new LiteralRows("A,B", ("2026-08-21T00:00:00Z", "\"x, \"\"y\"\"\","), ("2026-08-21T00:00:01Z", "1,2")));
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));

        var result = (await caller.CallAsync(SoapCaller.WithId("getReportResult", id))).Element("return")!;

        Assert.That(result.Elements().Select(e => e.Name.LocalName), Is.EqualTo(new[] { "header", "records", "records" }));
        Assert.That(result.Descendants("data").Select(d => d.Value), Is.EqualTo(new[] { "A", "B", "x, \"y\"", "", "1", "2" }));
        Assert.That(result.Descendants("data").Select(d => (string?)d.Attribute(XName.Get("nil", "http://www.w3.org/2001/XMLSchema-instance"))), Is.EqualTo(new[] { null, null, null, "true", null, null }));
    }

    [Test]
    public async Task GetReportResult_IsCutAtFiveThousand()
    {
        var caller = await StartAsync(new LiteralRows("A", [.. Enumerable.Range(1, 5_001).Select(i => ("2026-08-21T00:00:00Z", $"{i}"))]));
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));

        var result = await caller.CallAsync(SoapCaller.WithId("getReportResult", id));

        Assert.That(result.Descendants("records").Count(), Is.EqualTo(5_000));
    }

    [Test]
    public async Task IsReportRunning_SaysTrueForAWhile_AndTheResultComesOnlyThen()
    {
        var caller = await StartAsync(new LiteralRows("A"), duration: TimeSpan.FromSeconds(20));
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));
        var noTimeout = SoapCaller.WithId("isReportRunning", id);
        var emptyTimeout = SoapCaller.Request("isReportRunning", $"<identifier>{id}</identifier><timeout/>");

        Assert.That(await caller.ReturnAsync(noTimeout), Is.EqualTo("true"));
        Assert.That(await caller.FaultAsync(SoapCaller.WithId("getReportResultCsv", id)), Is.EqualTo(("ResultIsNotReadyFault", "Result is not ready due to process is not complete")));

        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.That(await caller.ReturnAsync(emptyTimeout), Is.EqualTo("false"));
        Assert.That(await caller.ReturnAsync(SoapCaller.WithId("getReportResultCsv", id)), Is.EqualTo("A\n"));
    }

    [Test]
    public async Task IsReportRunning_WithTimeout_AnswersAsSoonAsTheReportIsDone()
    {
        var caller = await StartAsync(new LiteralRows("A"), duration: TimeSpan.FromSeconds(20));
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));

        var poll = caller.ReturnAsync(SoapCaller.Request("isReportRunning", $"<identifier>{id}</identifier><timeout>60</timeout>"));
        await CountedAsync("isReportRunning");
        _clock.Advance(TimeSpan.FromSeconds(20));

        // The clock stands still now: a poll that waited its minute out would not come back.
        Assert.That(await poll, Is.EqualTo("false"));
    }

    [Test]
    public async Task IsReportRunning_WithTimeout_AnswersTrueWhenItIsOver()
    {
        var caller = await StartAsync(new LiteralRows("A"), duration: TimeSpan.FromDays(300));
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));

        var poll = caller.ReturnAsync("""
            <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/">
              <soap-env:Body>
                <ns0:isReportRunning xmlns:ns0="http://service.admin.ws.five9.com/">
                  <identifier>ID</identifier>
                  <timeout>5</timeout>
                </ns0:isReportRunning>
              </soap-env:Body>
            </soap-env:Envelope>
            """.Replace("ID", id, StringComparison.Ordinal));
        await CountedAsync("isReportRunning");
        while (!poll.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That(await poll, Is.EqualTo("true"));
    }

    [Test]
    public async Task TheSameUserTwiceAtOnce_IsRefused_AndNotAfterwards()
    {
        var caller = await StartAsync(new LiteralRows("A"), duration: TimeSpan.FromSeconds(20));
        var id = await caller.ReturnAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z"));
        var poll = caller.ReturnAsync(SoapCaller.Request("isReportRunning", $"<identifier>{id}</identifier><timeout>60</timeout>"));
        await CountedAsync("isReportRunning");

        (string Name, string Message) second;
        do
        {
            // The first one has been counted; its turn begins a moment later.
            second = await caller.FaultAsync(SoapCaller.Request("getSkills"));
        }
        while (second.Name != "UserAlreadyLoggedInFault");

        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.That(await poll, Is.EqualTo("false"));
        Assert.That((await caller.CallAsync(SoapCaller.Request("getSkills"))).Name, Is.EqualTo(SoapCaller.Service + "getSkillsResponse"));
    }

    [TestCase("Agent reports", "Agent State Details")]
    [TestCase("Agent Reports", "Agent state details")]
    [TestCase("Call Log Reports", "Call Log")]
    public async Task RunReport_OfAReportThatIsNotThere_IsATypedFault(string folder, string report)
    {
        var caller = await StartAsync(new LiteralRows("A"));

        using var response = await caller.SendAsync(SoapCaller.RunReport("2026-08-21T00:00:00Z", "2026-08-22T00:00:00Z", folder, report));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.EndWith(
            $"<env:Body><env:Fault><faultcode>env:Server</faultcode><faultstring>Report \"{report}\" is not found in folder \"{folder}\"</faultstring><detail>"
            + $"<ns2:ReportNotFoundFault xmlns:ns2=\"http://service.admin.ws.five9.com/\"><folder>{folder}</folder><message>Report \"{report}\" is not found in folder \"{folder}\"</message><reportName>{report}</reportName></ns2:ReportNotFoundFault>"
            + "</detail></env:Fault></env:Body></env:Envelope>"));
    }

    [TestCase("isReportRunning")]
    [TestCase("getReportResult")]
    [TestCase("getReportResultCsv")]
    public async Task AnUnknownIdentifier_IsATypedFault(string operation)
    {
        var caller = await StartAsync(new LiteralRows("A"));

        Assert.That(await caller.FaultAsync(SoapCaller.WithId(operation, "gone")), Is.EqualTo(("UnknownIdentifierFault", "Unknown report identifier gone")));
    }

    [Test]
    public async Task AMissingArgument_IsATypedFault()
    {
        var caller = await StartAsync(new LiteralRows("A"));

        Assert.That(
            await caller.FaultAsync(SoapCaller.Request("runReport", "<folderName>Agent Reports</folderName><reportName>Agent State Details</reportName>")),
            Is.EqualTo(("MissedArgumentFault", "Missed argument: criteria.time.start")));
    }

    [TestCase("<html><body>no SOAP</body></html>")]
    [TestCase("<!DOCTYPE x [<!ENTITY e 'e'>]><x/>")]
    [TestCase("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>")]
    [TestCase("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><runReport/></s:Body></s:Envelope>")]
    [TestCase("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><a:deleteUser xmlns:a=\"http://service.admin.ws.five9.com/\"/></s:Body></s:Envelope>")]
    [TestCase("not XML")]
    public async Task ARequestThatIsNone_IsTheClientsFault(string request)
    {
        var caller = await StartAsync(new LiteralRows("A"));

        using var response = await caller.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("<faultcode>env:Client</faultcode>").And.Not.Contain("<detail>"));
    }

    [Test]
    public async Task Calls_AreCountedByOperation()
    {
        var caller = await StartAsync(new LiteralRows("A"));

        await caller.CallAsync(SoapCaller.Request("getSkills"));
        await caller.CallAsync(SoapCaller.Request("getSkills"));
        await caller.CallAsync(SoapCaller.WithId("getReportResult", "gone"));

        Assert.That(_simulator!.Calls, Is.EquivalentTo(new Dictionary<string, int> { ["getSkills"] = 2, ["getReportResult"] = 1 }));
    }

    [Test]
    public async Task MissingSoapAction_OtherContentType_AndAddressesOutsideTheService()
    {
        await StartAsync(new LiteralRows("A"));
        using var http = new HttpClient { BaseAddress = _simulator!.BaseAddress };

        using var elsewhere = await http.PostAsync("wsdialer/v13/DialerWebService", new StringContent("", Encoding.UTF8));
        using var withoutWsdl = await http.GetAsync("wsadmin/v13/AdminWebService");

        Assert.That(elsewhere.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(withoutWsdl.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(_simulator.BaseAddress.AbsoluteUri, Does.Match(@"^http://127\.0\.0\.1:\d+/$"));
    }

    private async Task CountedAsync(string operation)
    {
        while (!_simulator!.Calls.ContainsKey(operation))
        {
            await Task.Yield();
        }
    }

    private async Task<SoapCaller> StartAsync(IReportSource rows, bool callLog = false, int rowCap = 50_000, TimeSpan duration = default)
    {
        _simulator = await Five9Simulator.StartAsync(new SimulatorOptions
        {
            AgentStates = callLog ? null : rows,
            CallLog = callLog ? rows : null,
            Limits = false,
            ReportDuration = duration,
            RowCap = rowCap,
            TimeProvider = _clock,
        });
        return _caller = new SoapCaller(_simulator);
    }
}
