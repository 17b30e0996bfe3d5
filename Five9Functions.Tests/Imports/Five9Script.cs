using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Five9Functions.Tests.Imports;

/// <summary>Five9 behind the real client: answers the calls that a test planned, in their order, and remembers every other call as one that nobody wanted.</summary>
internal sealed partial class Five9Script : HttpMessageHandler
{
    private const string EnvelopeStart = """<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header/><env:Body>""";
    private const string EnvelopeEnd = "</env:Body></env:Envelope>";

    private readonly Queue<(string Operation, Func<CancellationToken, Task<HttpResponseMessage>> Answer)> _planned = new();
    private readonly List<string> _calls = [];
    private readonly List<string> _unplanned = [];

    /// <summary>The operations called so far.</summary>
    public IReadOnlyList<string> Calls => _calls;

    public IReadOnlyList<string> Unplanned => _unplanned;

    public IReadOnlyList<string> NotCalled => [.. _planned.Select(p => p.Operation)];

    /// <summary>The last request's body.</summary>
    public string Sent { get; private set; } = "";

    public string Authorization { get; private set; } = "";

    public void Answers(string operation, string content) =>
        Plans(operation, HttpStatusCode.OK, $"""<ns2:{operation}Response xmlns:ns2="http://service.admin.ws.five9.com/">{content}</ns2:{operation}Response>""");

    /// <summary>The content as the bytes that it is sent in.</summary>
    public void Answers(string operation, ReadOnlySpan<byte> content) => Plans(
        operation,
        HttpStatusCode.OK,
        [.. Encoding.UTF8.GetBytes($"""{EnvelopeStart}<ns2:{operation}Response xmlns:ns2="http://service.admin.ws.five9.com/">"""), .. content, .. Encoding.UTF8.GetBytes($"</ns2:{operation}Response>{EnvelopeEnd}")]);

    /// <summary>A fault of Five9's guide; its text is "said".</summary>
    public void Faults(string operation, string name, string detail = "") => Plans(
        operation,
        HttpStatusCode.InternalServerError,
        $"""<env:Fault><faultcode>env:Server</faultcode><faultstring>said</faultstring><detail><ns2:{name}Fault xmlns:ns2="http://service.admin.ws.five9.com/"><message>said</message>{detail}</ns2:{name}Fault></detail></env:Fault>""");

    public void Fails(string operation, HttpStatusCode status, int? retryAfterSeconds = null) => _planned.Enqueue((operation, _ =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent("") };
        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.Add("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return Task.FromResult(response);
    }
    ));

    /// <summary>Our own handling fails.</summary>
    public void Breaks(string operation, Exception exception) => _planned.Enqueue((operation, _ => Task.FromException<HttpResponseMessage>(exception)));

    /// <summary>Never answers; the task completes when the call has come.</summary>
    public Task Hangs(string operation)
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _planned.Enqueue((operation, async cancelled =>
        {
            called.SetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
            throw new InvalidOperationException("Waiting without end has ended.");
        }
        ));
        return called.Task;
    }

    /// <summary>getCallCountersState: "ReportRequest 60 16/16" is a window of 60 seconds whose 16 of 16 requests are used.</summary>
    public void Counts(params string[] counters) => Answers("getCallCountersState", string.Concat(counters.Select(counter =>
    {
        var (operation, seconds, used, limit) = counter.Split(' ', '/') switch { var p => (p[0], p[1], p[2], p[3]) };
        return $"<return><callCounterStates><limit>{limit}</limit><operationType>{operation}</operationType><value>{used}</value></callCounterStates><timeout>{seconds}</timeout></return>";
    })));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent = await request.Content!.ReadAsStringAsync(cancellationToken);
        Authorization = request.Headers.Authorization!.ToString();
        var operation = Operation().Match(Sent).Groups["name"].Value;
        _calls.Add(operation);
        if (!_planned.TryPeek(out var next) || next.Operation != operation)
        {
            if (operation is "getCampaigns" or "getSkills")
            {
                // Asked for once a day beside what a test is about.
                return Response(HttpStatusCode.OK, Encoding.UTF8.GetBytes($"""{EnvelopeStart}<ns2:{operation}Response xmlns:ns2="http://service.admin.ws.five9.com/"/>{EnvelopeEnd}"""));
            }

            _unplanned.Add(operation);
            throw new AssertionException($"Five9 was called for {operation}, which nobody planned.");
        }

        return await _planned.Dequeue().Answer(cancellationToken);
    }

    private void Plans(string operation, HttpStatusCode status, string body) => Plans(operation, status, Encoding.UTF8.GetBytes($"{EnvelopeStart}{body}{EnvelopeEnd}"));

    private void Plans(string operation, HttpStatusCode status, byte[] body) => _planned.Enqueue((operation, _ => Task.FromResult(Response(status, body))));

    private static HttpResponseMessage Response(HttpStatusCode status, byte[] body) =>
        new(status) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("text/xml", "utf-8") } } };

    [GeneratedRegex("<admin:(?<name>[A-Za-z]+)")]
    private static partial Regex Operation();
}
