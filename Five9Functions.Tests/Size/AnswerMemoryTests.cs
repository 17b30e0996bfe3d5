using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Five9Functions.Tests.Size;

/// <summary>
/// Whatever a host sends, and for however long, the memory of the one that calls it stays small: measured in processes of their own. Their heap is limited
/// to 24 MiB, and a process that holds more ends with an error.
/// </summary>
[CancelAfter(240_000)]
public sealed class AnswerMemoryTests
{
    private const string HeapLimit = "1800000";

    private const string Envelope = "<env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\"><env:Body>";

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [TestCase("campaigns", "<return ", "x='1' ", "a tag with over 64 attributes")]
    [TestCase("campaigns", "<return x='", "abcdefgh", "an attribute of over 4096 characters")]
    [TestCase("campaigns", "<return x", "abcdefgh", "a name of over 256 characters")]
    [TestCase("campaigns", "<return", "        ", "a tag or comment of over 16384 characters")]
    [TestCase("campaigns", "<!--", "abcdefgh", "a tag or comment of over 16384 characters")]
    [TestCase("campaigns", "<?p ", "abcdefgh", "a tag or comment of over 16384 characters")]
    [TestCase("campaigns", "<return><name>&", "abcdefgh", "a reference of over 32 characters")]
    [TestCase("campaigns", "<return><name><![CDATA[", "abcdefgh", "text of over 33554432 characters")]
    [TestCase("campaigns", "<return><name>", "abcdefgh", "text of over 33554432 characters")]
    [TestCase("campaigns", "<return><name>", "        ", "text of over 33554432 characters")]
    [TestCase("campaigns", "", "<return>", "nesting of over 32 levels")]
    [TestCase("campaigns", "", "<a/>", "a list of over 1000000 elements and attributes")]
    [TestCase("campaigns", "", "<return><name>Campaign of an ordinary length</name><mode>BASIC</mode><state>RUNNING</state></return>", "over 50000 names")]
    [TestCase("skills", "", "<return><name>s</name></return>", "over 50000 names")]
    [TestCase("counters", "", "<return><callCounterStates><operationType>Query</operationType><limit>1</limit><value>0</value></callCounterStates><timeout>60</timeout></return>", "over 1000 counters")]
    [TestCase("counters", "<return>", "<callCounterStates/>", "over 1000 counters")]
    [TestCase("statistics", "<return>", "<rows><values><data>a</data></values></rows>", "over 50000 agents")]
    [TestCase("statistics", "<return><columns><values>", "<data>a</data>", "over 1000 columns")]
    [TestCase("updates", "<return><addedObjects><values>", "<data>a</data>", "over 50000 agents")]
    [TestCase("updates", "<return>", "<dataUpdate/>", "over 250000 changes")]
    [TestCase("report", "<return ", "x='1' ", "a tag with over 64 attributes")]
    [TestCase("report", "<return><!--", "abcdefgh", "a tag or comment of over 16384 characters")]
    [TestCase("report", "<return>", "<!-- -->", "text of over 33554432 characters")]
    [TestCase("report", "<return>&", "abcdefgh", "a reference of over 32 characters")]
    public async Task AnAnswerWithoutEnd_IsRefused(string call, string start, string part, string holds)
    {
        var said = await CallAsync(call, $"{Envelope}<ns2:{Operation(call)}Response xmlns:ns2=\"http://service.{(call is "statistics" or "updates" ? "supervisor" : "admin")}.ws.five9.com/\">{start}", part);

        Assert.That(said, Is.EqualTo($"Five9TransientException: The answer of Five9 at 127.0.0.1 to {Operation(call)} holds {holds}, more than Five9 sends; nothing of it is used."));
    }

    [TestCase("", " ", "text outside its envelope of over 16384 characters")]
    [TestCase("<", "abcdefgh", "a name of over 256 characters")]
    [TestCase("<env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\" ", "x='1' ", "a tag with over 64 attributes")]
    [TestCase("<env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\"><env:Header>", "abcdefgh", "text of over 33554432 characters")]
    [TestCase(Envelope + "<env:Fault><detail><ns2:AFault xmlns:ns2=\"http://service.admin.ws.five9.com/\">", "<a/>", "a list of over 1000000 elements and attributes")]
    public async Task AnAnswerThatNeverGetsToWhatWasAsked_IsRefused(string start, string part, string holds)
    {
        var said = await CallAsync("campaigns", start, part);

        Assert.That(said, Is.EqualTo(
            $"Five9TransientException: Five9 at 127.0.0.1 answered getCampaigns with HTTP 200 (text/xml, {holds}). If it stays so, see what answers in Five9's place: a proxy, a login page, an announcement of maintenance."));
    }

    [TestCase("<return>AGENT,DATE,TIME,STATE", ",C", "Five9MisconfiguredException: Line 1 of the agent-state report begins a record of over 1 MiB; a quote is probably never closed. Find and correct the name that holds it in Five9.")]
    [TestCase("<return>AGENT,DATE,TIME,STATE,AGENT STATE TIME\n", "anna,2026/08/21,09:00:00,Ready,00:00:01\n", "ReportCutException: *")]
    [TestCase("<return><![CDATA[AGENT,DATE,TIME,STATE,AGENT STATE TIME\n", "anna,2026/08/21,09:00:00,Ready,00:00:01\n", "ReportCutException: *")]
    public async Task AResultWithoutEnd_IsBoundedByWhoReadsIt(string start, string part, string ends)
    {
        var said = await CallAsync("report", $"{Envelope}<ns2:getReportResultCsvResponse xmlns:ns2=\"http://service.admin.ws.five9.com/\">{start}", part);

        Assert.That(said, Does.StartWith(ends.TrimEnd('*')));
    }

    private static string Operation(string call) => call switch
    {
        "campaigns" => "getCampaigns",
        "skills" => "getSkills",
        "counters" => "getCallCountersState",
        "statistics" => "getStatistics",
        "updates" => "getStatisticsUpdate",
        _ => "getReportResultCsv",
    };

    private static async Task<string> CallAsync(string call, string start, string part)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, start, part);
        var process = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        process.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        process.Environment["DOTNET_TieredCompilation"] = "0";
        foreach (var argument in new[] { typeof(Program).Assembly.Location, "answer", call, $"http://{listener.LocalEndpoint}/" })
        {
            process.ArgumentList.Add(argument);
        }

        using var child = Process.Start(process)!;
        var errors = child.StandardError.ReadToEndAsync(Token);
        var said = (await child.StandardOutput.ReadToEndAsync(Token)).Trim();
        await child.WaitForExitAsync(Token);
        Assert.That(child.ExitCode, Is.Zero, await errors);
        await serving;
        return said;
    }

    /// <summary>Sends until the caller hangs up.</summary>
    private static async Task ServeAsync(TcpListener listener, string start, string part)
    {
        using var socket = await listener.AcceptSocketAsync(Token);
        await socket.ReceiveAsync(new byte[64 * 1024], Token);
        var parts = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, Math.Max(1, 32 * 1024 / part.Length))));
        try
        {
            await SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/xml;charset=utf-8\r\nConnection: close\r\n\r\n{start}"));
            while (true)
            {
                await SendAsync(parts);
            }
        }
        catch (SocketException)
        {
            // It hung up.
        }

        async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await socket.SendAsync(bytes, Token)..];
            }
        }
    }
}
