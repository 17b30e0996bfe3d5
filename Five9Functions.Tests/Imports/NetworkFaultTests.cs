using System.Net.Sockets;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.Five9;
using static Five9Functions.Tests.Imports.ImportData;
using static Five9Functions.Tests.Imports.WireFaults;

namespace Five9Functions.Tests.Imports;

/// <summary>
/// Whatever comes back from Five9, or does not: what the slice then says, how often Five9 is called, and that nothing is lost once it is over.
/// Every slice starts at 20:00:00; each test is one named fault, with its outcome.
/// </summary>
public sealed class NetworkFaultTests : NetworkFixture
{
    private const string Undisturbed = "1 runReport, 1 isReportRunning, 1 getReportResultCsv";
    private const string RunTwice = "2 runReport, 1 isReportRunning, 1 getReportResultCsv";
    private const string AskedTwice = "1 runReport, 2 isReportRunning, 1 getReportResultCsv";
    private const string ReadTwice = "1 runReport, 1 isReportRunning, 2 getReportResultCsv";
    private const string Instead = "If it stays so, see what answers in Five9's place: a proxy, a login page, an announcement of maintenance. It is tried again by itself.";

    private protected override IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?> { ["Five9:DownloadTimeout"] = TestContext.CurrentContext.Test.MethodName == nameof(ADownloadThatTrickles) ? "00:01:40" : "00:10:00" };

    [Test]
    public Task NoFault() => IsDoneAsync(Undisturbed);

    // The way to Five9 and back

    [Test]
    public async Task AConnectionResetInTheMiddleOfTheCsv()
    {
        Wire.Next("getReportResultCsv", Reset);

        await WaitsAndIsDoneAsync(
            SliceState.Fetching, ImportProblem.AnswerCutShort, "2026-11-02T20:00:05Z",
            "The connection to Five9 at 127.0.0.1 broke in the middle of the answer to getReportResultCsv; nothing of it is used. It is tried again by itself.", ReadTwice);
    }

    [TestCase("</return>", Description = "Behind a whole row: nothing but the closing tags shows that rows are missing.")]
    [TestCase("03:00:00", Description = "In the middle of a row.")]
    public async Task ACsvThatEndsWithoutTheClosingTags(string before)
    {
        Wire.Next("getReportResultCsv", CutBefore(before));

        await WaitsAndIsDoneAsync(
            SliceState.Fetching, ImportProblem.AnswerCutShort, "2026-11-02T20:00:05Z",
            "The answer of Five9 at 127.0.0.1 to getReportResultCsv ended before its closing tags; nothing of it is used. It is tried again by itself.", ReadTwice);
    }

    [TestCase(SocketError.HostNotFound, "the name of the host is not known")]
    [TestCase(SocketError.ConnectionRefused, "nobody accepts the connection")]
    [TestCase(SocketError.NetworkUnreachable, "nobody accepts the connection")]
    public async Task AHostThatCannotBeReached(SocketError error, string why)
    {
        ConnectFails = new SocketException((int)error);
        var waits = await StoppedAsync();
        ConnectFails = null;

        Assert.That((waits.State, waits.Error, waits.DueAt), Is.EqualTo((
            SliceState.Requesting,
            new ImportError(ImportProblem.Five9Unreachable, $"Five9 at 127.0.0.1 could not be reached for runReport: {why}. If it stays so, check the region of the integration and the network. It is tried again by itself."),
            At("2026-11-02T20:00:05Z"))));
        await IsDoneAsync(Undisturbed);
    }

    [Test]
    public async Task AHostThatDoesNotSpeakTls()
    {
        await Bench.SeedAsync(Integration with { Host = new UriBuilder(Wire.Address) { Scheme = "https" }.Uri });
        var waits = await StoppedAsync();
        await Bench.SeedAsync(Integration);

        Assert.That((waits.State, waits.Error), Is.EqualTo((SliceState.Requesting, new ImportError(
            ImportProblem.Five9Unreachable,
            "Five9 at 127.0.0.1 could not be reached for runReport: no secure connection came about, because its certificate is not trusted here or it does not speak TLS. "
            + "If it stays so, check the region of the integration and the network. It is tried again by itself."))));
        await IsDoneAsync(Undisturbed);
    }

    [Test]
    public async Task ACallThatIsNotAnsweredInAMinute()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Wire.Next("runReport", Hang(asked));

        var waits = await PassAsync(asked.Task);

        Assert.That((waits.State, waits.Error, waits.DueAt), Is.EqualTo((
            SliceState.Requesting,
            new ImportError(ImportProblem.CallTimedOut, "Five9 at 127.0.0.1 did not finish runReport within 60 s. It is tried again by itself."),
            At("2026-11-02T20:01:05Z"))));
        await IsDoneAsync(RunTwice);
    }

    [Test]
    public async Task ADownloadThatFallsSilent()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Wire.Next("getReportResultCsv", FallSilent(asked));

        var waits = await PassAsync(asked.Task);

        Assert.That((waits.State, waits.Error), Is.EqualTo((
            SliceState.Fetching, new ImportError(ImportProblem.CallTimedOut, "Five9 at 127.0.0.1 sent nothing for 120 s during getReportResultCsv. It is tried again by itself."))));
        await IsDoneAsync(ReadTwice);
    }

    [Test]
    public async Task ADownloadThatTrickles()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Wire.Next("getReportResultCsv", Trickle(asked, Bench.Time));

        var waits = await PassAsync(asked.Task);

        Assert.That((waits.State, waits.Error, waits.DueAt), Is.EqualTo((
            SliceState.Fetching,
            new ImportError(ImportProblem.CallTimedOut, "Five9 at 127.0.0.1 did not finish getReportResultCsv within 100 s. It is tried again by itself."),
            At("2026-11-02T20:01:45Z"))));
        await IsDoneAsync(ReadTwice);
    }

    [Test]
    public async Task ACompressedAnswer_IsReadLikeAnyOther()
    {
        Wire.Next("getReportResultCsv", Compressed);

        await IsDoneAsync(Undisturbed);
    }

    [Test]
    public async Task AnAnswerThatCallsItselfCompressedAndIsNot()
    {
        Wire.Next("getReportResultCsv", CalledCompressed);

        await WaitsAndIsDoneAsync(
            SliceState.Fetching, ImportProblem.AnswerUnreadable, "2026-11-02T20:00:05Z",
            "The answer of Five9 at 127.0.0.1 to getReportResultCsv is garbled (not well-formed XML); nothing of it is used. It is tried again by itself.", ReadTwice);
    }

    [Test]
    public async Task ADownloadThatDrips_IsGivenUpAtTheThirdTime()
    {
        var asked = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        foreach (var one in asked)
        {
            Wire.Next("getReportResultCsv", Drip(one, Bench.Time));
        }

        const string said = "Five9 at 127.0.0.1 sent less than 64 KiB of the report in 120 s during getReportResultCsv.";
        var first = await PassAsync(asked[0].Task);
        Assert.That((first.State, first.Error, first.SlowDownloads), Is.EqualTo((SliceState.Fetching, new ImportError(ImportProblem.TooSlow, $"{said} It is tried again by itself."), 1)));

        var second = await PassAsync(asked[1].Task);
        Assert.That((second.State, second.Attempts, second.SlowDownloads), Is.EqualTo((SliceState.Fetching, 2, 2)));
        Assert.That(second.DueAt - first.DueAt, Is.GreaterThanOrEqualTo(NodaTime.Duration.FromSeconds(130)), "two minutes of dripping, and 10 seconds instead of 5");

        await PassAsync(asked[2].Task);
        await FailsAsync(ImportProblem.TooSlow, $"{said} That happened 3 times, so the slice is given up; the next run asks again.", "1 runReport, 1 isReportRunning, 3 getReportResultCsv");
    }

    [Test]
    public async Task AnswersInOtherEncodings_AreReadLikeAnyOther()
    {
        Wire.Next("runReport", Encoded(System.Text.Encoding.Latin1, "text/xml; charset=iso-8859-1"));
        Wire.Next("isReportRunning", Encoded(System.Text.Encoding.BigEndianUnicode, "text/xml"));
        Wire.Next("getReportResultCsv", Encoded(System.Text.Encoding.Unicode, "text/xml; charset=utf-16"));

        await IsDoneAsync(Undisturbed);
    }

    // What is no answer of Five9's

    [TestCase("runReport", SliceState.Requesting, RunTwice)]
    [TestCase("isReportRunning", SliceState.Running, AskedTwice)]
    [TestCase("getReportResultCsv", SliceState.Fetching, ReadTwice)]
    public async Task AnAnswerWhoseTagNeverEnds(string operation, SliceState state, string calls)
    {
        Wire.Next(operation, Endless($"<env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\"><env:Body><ns2:{operation}Response xmlns:ns2=\"http://service.admin.ws.five9.com/\"><return ", "x='1' "));

        await WaitsAndIsDoneAsync(
            state, ImportProblem.AnswerUnreadable, "2026-11-02T20:00:05Z",
            $"The answer of Five9 at 127.0.0.1 to {operation} holds a tag with over 64 attributes, more than Five9 sends; nothing of it is used. It is tried again by itself.", calls);
    }

    [Test]
    public async Task AnAnswerThatNeverBegins()
    {
        Wire.Next("runReport", Endless("", " "));

        await WaitsAndIsDoneAsync(
            SliceState.Requesting, ImportProblem.AnswerUnreadable, "2026-11-02T20:00:05Z",
            $"Five9 at 127.0.0.1 answered runReport with HTTP 200 (text/xml, text outside its envelope of over 16384 characters). {Instead}", RunTwice);
    }

    [Test]
    public async Task AnUnauthorizedAnswerThatNeverEnds_IsStillARejectedLogin()
    {
        Wire.Next("runReport", Endless("<", "x", 401));

        var waits = await StoppedAsync();

        Assert.That((waits.State, waits.Error!.Problem), Is.EqualTo((SliceState.Requesting, ImportProblem.CredentialRejected)));
        Assert.That(waits.Error.Text, Does.Contain("HTTP 401, text/xml, a name of over 256 characters"));
        Assert.That(Bench.Log.TakeWarnings(), Has.Length.EqualTo(1));
    }

    [TestCase(200, ImportProblem.AnswerUnreadable, $"Five9 at 127.0.0.1 answered runReport with HTTP 200 (text/html, no SOAP answer). {Instead}")]
    [TestCase(502, ImportProblem.Five9Failed, "Five9 at 127.0.0.1 answered runReport with HTTP 502 (text/html, no SOAP answer). It is tried again by itself.")]
    public async Task HtmlInPlaceOfXml(int status, ImportProblem problem, string text)
    {
        Wire.Next("runReport", Http(status, "<!DOCTYPE html><html><body><p>We are down for maintenance.<br></body></html>", "text/html"));

        await WaitsAndIsDoneAsync(SliceState.Requesting, problem, "2026-11-02T20:00:05Z", text, RunTwice);
    }

    [TestCase("<!DOCTYPE a [<!ENTITY a \"R1\">]>", "&a;", Description = "A DTD is refused, however harmless.")]
    [TestCase("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>", "&c;&c;&c;", Description = "An entity bomb.")]
    [TestCase("<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>", "&a;", Description = "A file of this machine.")]
    [TestCase("<!DOCTYPE a SYSTEM \"{wire}a.dtd\">", "R1", Description = "An address that would be called.")]
    public async Task ADoctype(string doctype, string id)
    {
        var answer = ScriptedFive9.Response("runReport", $"<return>{id}</return>");
        Wire.Next("runReport", Http(200, answer.Insert(answer.IndexOf("?>", StringComparison.Ordinal) + 2, doctype.Replace("{wire}", Wire.Address.AbsoluteUri, StringComparison.Ordinal))));

        await WaitsAndIsDoneAsync(
            SliceState.Requesting, ImportProblem.AnswerUnreadable, "2026-11-02T20:00:05Z", $"Five9 at 127.0.0.1 answered runReport with HTTP 200 (text/xml, no SOAP answer). {Instead}", RunTwice);
    }

    [Test]
    public async Task AnEntityThatNobodyDeclared()
    {
        Wire.Next("runReport", Answer("runReport", "<return>&nbsp;</return>"));

        await WaitsAndIsDoneAsync(
            SliceState.Requesting, ImportProblem.AnswerUnreadable, "2026-11-02T20:00:05Z",
            "The answer of Five9 at 127.0.0.1 to runReport is garbled (not well-formed XML); nothing of it is used. It is tried again by itself.", RunTwice);
    }

    [Test]
    public async Task AnEmptyBody()
    {
        Wire.Next("isReportRunning", Http(200, ""));

        await WaitsAndIsDoneAsync(
            SliceState.Running, ImportProblem.AnswerUnreadable, "2026-11-02T20:00:05Z", $"Five9 at 127.0.0.1 answered isReportRunning with HTTP 200 (text/xml, no SOAP answer). {Instead}", AskedTwice);
    }

    [Test]
    public async Task TheAnswerOfAnotherOperation()
    {
        Wire.Next("getReportResultCsv", Answer("isReportRunning", "<return>false</return>"));

        await WaitsAndIsDoneAsync(
            SliceState.Fetching, ImportProblem.AnswerUnreadable, "2026-11-02T20:00:05Z",
            $"Five9 at 127.0.0.1 answered getReportResultCsv with HTTP 200 (text/xml, the answer of another operation, isReportRunningResponse). {Instead}", ReadTwice);
    }

    [Test]
    public async Task AnotherContentType_IsReadLikeAnyOther()
    {
        Wire.Next("getReportResultCsv", Labelled("application/octet-stream"));

        await IsDoneAsync(Undisturbed);
    }

    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task ARedirect_IsNotFollowed_SoTheLoginStaysHere(int status)
    {
        await using var elsewhere = new Five9Wire(Simulator.BaseAddress);
        Wire.Next("runReport", Http(status, "", "text/html", $"Location: {elsewhere.Address}wsadmin/v13/AdminWebService"));

        await FailsAsync(
            ImportProblem.AddressWrong,
            $"Five9 at 127.0.0.1 answered runReport with HTTP {status} (text/html, no SOAP answer). A redirect is not followed, because the login would go with it. "
            + "Correct the region of the integration or the setting Five9:ApiVersion.",
            "1 runReport");
        Assert.That(elsewhere.Calls, Is.Empty);
    }

    [Test]
    public async Task AnAddressWhereNothingIs()
    {
        Wire.Next("runReport", Http(404, "Not found", "text/plain"));

        await FailsAsync(
            ImportProblem.AddressWrong, "Five9 at 127.0.0.1 answered runReport with HTTP 404 (text/plain, no SOAP answer). Correct the region of the integration or the setting Five9:ApiVersion.", "1 runReport");
    }

    // Five9 fails

    [Test]
    public async Task Http500_WithoutAFault()
    {
        Wire.Next("isReportRunning", Http(500, ""));

        await WaitsAndIsDoneAsync(
            SliceState.Running, ImportProblem.Five9Failed, "2026-11-02T20:00:05Z", "Five9 at 127.0.0.1 answered isReportRunning with HTTP 500 (text/xml, no SOAP answer). It is tried again by itself.", AskedTwice);
    }

    [TestCase(500)]
    [TestCase(200)]
    public async Task AFault_WhateverTheStatus(int status)
    {
        Wire.Next("isReportRunning", Fault("Server", "Database connection lost", status: status));

        await WaitsAndIsDoneAsync(
            SliceState.Running, ImportProblem.Five9Failed, "2026-11-02T20:00:05Z",
            "Five9 failed at isReportRunning at 127.0.0.1 (Server: \"Database connection lost\"). It is tried again by itself.", AskedTwice);
    }

    [TestCase("Retry-After: 90", "2026-11-02T20:01:30Z")]
    [TestCase("Retry-After: Mon, 02 Nov 2026 20:02:00 GMT", "2026-11-02T20:02:00Z")]
    [TestCase("Retry-After: Mon, 02 Nov 2026 19:00:00 GMT", "2026-11-02T20:00:05Z", Description = "That is over.")]
    [TestCase("Retry-After: 604801", "2026-11-02T21:00:00Z", Description = "No queue hides a message for longer than a week.")]
    [TestCase("Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", "2026-11-02T21:00:00Z")]
    [TestCase("Retry-After: 99999999999999999999", "2026-11-02T20:00:05Z", Description = "That is no number of seconds.")]
    [TestCase("Retry-After: -5", "2026-11-02T20:00:05Z")]
    public async Task Http503_WithRetryAfter(string header, string due)
    {
        Wire.Next("runReport", Http(503, "Busy", "text/plain", header));

        await WaitsAndIsDoneAsync(
            SliceState.Requesting, ImportProblem.Five9Failed, due, "Five9 at 127.0.0.1 answered runReport with HTTP 503 (text/plain, no SOAP answer). It is tried again by itself.", RunTwice);
    }

    [Test]
    public async Task AFaultAfterManyPolls_WaitsForTheFirstWait()
    {
        Wire.Next("isReportRunning", Answer("isReportRunning", "<return>true</return>"), times: 12);
        Wire.Next("isReportRunning", Fault("Server", "Busy"));

        await WaitsAndIsDoneAsync(
            SliceState.Running, ImportProblem.Five9Failed, "2026-11-02T20:04:40.9375Z", "Five9 failed at isReportRunning at 127.0.0.1 (Server: \"Busy\"). It is tried again by itself.",
            "1 runReport, 14 isReportRunning, 1 getReportResultCsv");
    }

    [Test]
    public async Task FaultsInARow_WaitLongerAndLonger_UpToFiveMinutes()
    {
        Wire.Next("runReport", Http(503, ""), times: 8);

        await StepAsync(s => s.Attempts == 8);

        Assert.That(Bench.Time.GetUtcNow().UtcDateTime.TimeOfDay, Is.EqualTo(new TimeSpan(20, 10, 15)), "5 + 10 + 20 + 40 + 80 + 160 + 300 seconds");
        await IsDoneAsync("9 runReport, 1 isReportRunning, 1 getReportResultCsv");
    }
}
