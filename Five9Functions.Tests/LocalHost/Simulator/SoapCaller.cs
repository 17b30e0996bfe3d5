using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>A caller that knows nothing of our own client: literal requests in, answers as XML out.</summary>
internal sealed class SoapCaller(Five9Simulator simulator, string user = "importer@example.com", string password = "simulated") : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = simulator.BaseAddress };

    public static XNamespace Env => "http://schemas.xmlsoap.org/soap/envelope/";

    public static XNamespace Service => "http://service.admin.ws.five9.com/";

    public static string Request(string operation, string arguments = "") =>
        $"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a:{operation} xmlns:a="http://service.admin.ws.five9.com/">{arguments}</a:{operation}></s:Body></s:Envelope>""";

    public static string RunReport(string from, string to, string folder = "Agent Reports", string report = "Agent State Details") => Request(
        "runReport",
        $"<folderName>{folder}</folderName><reportName>{report}</reportName><criteria><time><end>{to}</end><start>{from}</start></time></criteria>");

    public static string WithId(string operation, string id) => Request(operation, $"<identifier>{id}</identifier>");

    public async Task<HttpResponseMessage> SendAsync(string request, bool withLogin = true)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "wsadmin/v13/AdminWebService") { Content = new StringContent(request, Encoding.UTF8, "text/xml") };
        if (withLogin)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>What is inside the envelope's body.</summary>
    public async Task<XElement> CallAsync(string request)
    {
        using var response = await SendAsync(request);
        var document = XDocument.Parse(await response.Content.ReadAsStringAsync(), LoadOptions.PreserveWhitespace);
        return document.Root!.Element(Env + "Body")!.Elements().Single();
    }

    public async Task<string> ReturnAsync(string request) => (await CallAsync(request)).Element("return")!.Value;

    /// <summary>Name and message of the fault that a call is answered with.</summary>
    public async Task<(string Name, string Message)> FaultAsync(string request)
    {
        var fault = await CallAsync(request);
        var detail = fault.Element("detail")?.Elements().Single();
        return (detail?.Name.LocalName ?? fault.Name.LocalName, fault.Element("faultstring")?.Value ?? fault.Value);
    }

    public async Task<string> CsvAsync(string from, string to)
    {
        var id = await ReturnAsync(RunReport(from, to));
        return await ReturnAsync(WithId("getReportResultCsv", id));
    }

    public void Dispose() => _http.Dispose();
}
