using System.Net;
using System.Text;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;

namespace Five9Functions.Tests.Five9;

/// <summary>Answers one request as told, keeps what was sent, and fails the test at a second one: nothing may be tried again.</summary>
internal sealed class ScriptedFive9(HttpStatusCode status, Stream body) : HttpMessageHandler
{
    public const string Password = "Pä:ss w0rd";

    public static readonly Five9Login Login = new(new Uri("https://api.five9.test/"), "import@example.test", Password);

    public ScriptedFive9(HttpStatusCode status, string body) : this(status, new MemoryStream(Encoding.UTF8.GetBytes(body)))
    {
    }

    public HttpRequestMessage? Request { get; private set; }

    public string? Sent { get; private set; }

    public string? RetryAfter { get; init; }

    /// <summary>Of the answer; null for none.</summary>
    public string? ContentType { get; init; }

    public static string Envelope(string body) =>
        $"""<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header/><env:Body>{body}</env:Body></env:Envelope>""";

    public static string Response(string operation, string content) =>
        Envelope($"""<ns2:{operation}Response xmlns:ns2="http://service.admin.ws.five9.com/">{content}</ns2:{operation}Response>""");

    public static string Fault(string text, string detail = "", string code = "env:Server") =>
        Envelope($"""<env:Fault><faultcode>{code}</faultcode><faultstring>{text}</faultstring>{detail}</env:Fault>""");

    public static string NamedFault(string name, string text, string extra = "") =>
        Fault(text, $"""<detail><ns2:{name}Fault xmlns:ns2="http://service.admin.ws.five9.com/"><message>{text}</message>{extra}</ns2:{name}Fault></detail>""");

    public SupervisorClient Supervisor(Five9ClientOptions? options = null) => new(new HttpClient(this), options ?? new Five9ClientOptions());

    public static string SupervisorResponse(string operation, string content) =>
        Response(operation, content).Replace("service.admin", "service.supervisor", StringComparison.Ordinal);

    public Five9AdminClient Client(TimeProvider? time = null) => new(new HttpClient(this), new Five9ClientOptions(), time);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.That(Request, Is.Null, "a second request was sent");
        (Request, Sent) = (request, await request.Content!.ReadAsStringAsync(cancellationToken));
        var response = new HttpResponseMessage(status) { Content = new StreamContent(body) };
        if (ContentType is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        if (RetryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", RetryAfter);
        }

        return response;
    }
}
