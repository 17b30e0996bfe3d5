using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using Five9Functions.LocalHost.Simulate;
using Five9Functions.Tests.LocalHost.Simulator;

namespace Five9Functions.Tests.LocalHost.Simulate;

/// <summary>The command as a person gives it: what it prints, exits with, and serves.</summary>
public sealed class SimulatorCommandTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulator");
    private readonly StringWriter _error = new();

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task WithoutFiles_ItServesGeneratedReports_AndEndsWithZero()
    {
        var said = await ServeAsync(["--report-seconds", "0"], async post =>
        {
            Assert.That(await CsvAsync(post, "Agent Reports", "Agent State Details"), Does.StartWith("DATE,TIME,AGENT,").And.Contain(",ava.meyer,"));
            Assert.That(await CsvAsync(post, "Call Log Reports", "Call Log"), Does.StartWith("CALL ID,TIMESTAMP,").And.Contain(",ava.meyer,"));
        });

        Assert.That(said, Does.Match(@"^http://127\.0\.0\.1:\d+\n$"));
        Assert.That(_error.ToString(), Is.Empty);
    }

    [Test]
    public async Task Files_AreServedInTheirZone_AndCut()
    {
        var states = File("states.csv", "DATE,TIME,AGENT\n2026/03/03,10:00:00,ann\n2026/03/03,10:30:00,bob\n2026/03/03,11:00:00,cid\n");
        var calls = File("calls.csv", "CALL ID,TIMESTAMP\n1,\"Tue, 03 Mar 2026 10:00:00\"\n");

        await ServeAsync(["--agent-states", states, "--call-log", calls, "--zone", "UTC", "--row-cap", "1", "--report-seconds", "0"], async post =>
        {
            Assert.That(await CsvAsync(post, "Agent Reports", "Agent State Details"), Is.EqualTo("DATE,TIME,AGENT\n2026/03/03,10:00:00,ann\n"));
            Assert.That(await CsvAsync(post, "Call Log Reports", "Call Log"), Is.EqualTo("CALL ID,TIMESTAMP\n1,\"Tue, 03 Mar 2026 10:00:00\"\n"));
        });
    }

    [Test]
    public async Task AFileOfAgentStatesAlone_HasNoCallLogBesideIt()
    {
        await ServeAsync(["--agent-states", File("alone.csv", "DATE,TIME,AGENT\n")], async post =>
            Assert.That(await post(Run("Call Log Reports", "Call Log")), Does.Contain("ReportNotFoundFault")));
    }

    [Test]
    public async Task UserAndPassword_AreTheOnesGiven_AndNeverPrinted()
    {
        var said = await ServeAsync(
            ["--user", "me", "--password", "s3cret: ü"],
            async post => Assert.That(await post(SoapCaller.Request("getApiVersions")), Does.Contain("<maxVersion>v13</maxVersion>")),
            "me:s3cret: ü");
        await ServeAsync(
            ["--user", "me", "--password", "s3cret: ü"],
            async post => Assert.That(await post(SoapCaller.Request("getApiVersions")), Does.Contain("Invalid login or password")));

        Assert.That(said + _error, Does.Not.Contain("s3cret"));
    }

    [TestCase(false, "OperationsLimitExceededFault")]
    [TestCase(true, "runReportResponse")]
    public async Task TheSeventeenthReportOfAMinute_IsRefused_UnlessThereAreNoLimits(bool noLimits, string answer)
    {
        await ServeAsync(noLimits ? ["--no-limits"] : [], async post =>
        {
            // As many as two minutes allow, and one: wherever the minute turns in between.
            var last = "";
            for (var i = 0; i < 33 && !last.Contains("Fault", StringComparison.Ordinal); i++)
            {
                last = await post(Run("Agent Reports", "Agent State Details"));
            }

            Assert.That(last, Does.Contain(answer));
        });
    }

    [Test]
    public async Task AScenario_IsPlayed_AndReportsTakeAsLongAsSaid()
    {
        var scenario = File("scenario.json", """{ "calls": [ { "operation": "getSkills", "call": 1, "http": { "status": 503, "body": "busy" } } ] }""");

        await ServeAsync(["--scenario", scenario, "--report-seconds", "3600"], async post =>
        {
            Assert.That(await post(SoapCaller.Request("getSkills")), Is.EqualTo("busy"));
            var id = XDocument.Parse(await post(Run("Agent Reports", "Agent State Details"))).Descendants("return").Single().Value;
            Assert.That(await post(SoapCaller.WithId("isReportRunning", id)), Does.Contain("<return>true</return>"));
        });
    }

    [Test]
    public async Task APortThatIsTaken_IsOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await FailsAsync(["--port", $"{port}"], $"--port: {port} cannot be listened on (");
    }

    [Test]
    public async Task WhatCannotBeUsed_IsOneSentenceThatNamesIt()
    {
        var missing = Path.Combine(_folder.FullName, "missing.csv");
        var scenario = File("bad.json", """{ "calls": [ { "operation": "runReport", "call": 0 } ] }""");

        await FailsAsync(["--agent-states", missing], $"--agent-states: there is no file {missing}.");
        await FailsAsync(["--call-log", _folder.FullName], $"--call-log: there is no file {_folder.FullName}.");
        await FailsAsync(["--scenario", missing], $"--scenario: there is no file {missing}.");
        await FailsAsync(["--scenario", scenario], $"--scenario: {scenario} is no scenario: calls[0] must have one of");
        await FailsAsync(["--zone", "Mars/Phobos"], "--zone: 'Mars/Phobos' is not an IANA time zone such as America/Los_Angeles.");
        await FailsAsync(["--user", "a:b"], "--user must be a name without a colon");
    }

    [TestCase("--port", "65536")]
    [TestCase("--port", "-1")]
    [TestCase("--port", "http")]
    [TestCase("--row-cap", "-1")]
    [TestCase("--report-seconds", "-1")]
    [TestCase("--report-seconds", "NaN")]
    [TestCase("--report-seconds", "1e9")]
    public void ANumberThatIsNone_IsABadCommandLine(string option, string value) =>
        Assert.That(SimulatorCommand.Create().Parse([option, value]).Errors.Select(e => e.Message), Has.One.StartsWith($"{option}: '{value}' is not a "));

    /// <summary>Without --port: the one that people know.</summary>
    [Test]
    public void ThePort_Is7090_UnlessSaidOtherwise() =>
        Assert.That(SimulatorCommand.Create().Parse([]).GetValue<int>("--port"), Is.EqualTo(7090));

    private static string Run(string folder, string report) => SoapCaller.RunReport("2026-03-03T10:00:00Z", "2026-03-03T20:00:00Z", folder, report);

    private static async Task<string> CsvAsync(Func<string, Task<string>> post, string folder, string report)
    {
        var id = XDocument.Parse(await post(Run(folder, report))).Descendants("return").Single().Value;
        return XDocument.Parse(await post(SoapCaller.WithId("getReportResultCsv", id)), LoadOptions.PreserveWhitespace).Descendants("return").Single().Value;
    }

    private static async Task FailsAsync(string[] options, string error)
    {
        using var output = new StringWriter();
        using var said = new StringWriter();

        Assert.That(await SimulatorCommand.Create().Parse(options).InvokeAsync(new InvocationConfiguration { Output = output, Error = said }), Is.EqualTo(1));
        Assert.That(output.ToString(), Is.Empty);
        Assert.That(said.ToString(), Does.StartWith(error).And.EndsWith(Environment.NewLine));
        Assert.That(said.ToString().TrimEnd('\r', '\n'), Does.Not.Contain("\n"));
    }

    /// <summary>Starts the command, talks to the URL on its first line, ends it as Ctrl+C does; what it has printed.</summary>
    private async Task<string> ServeAsync(string[] options, Func<Func<string, Task<string>>, Task> talk, string login = "importer@example.com:simulated")
    {
        using var ctrlC = new CancellationTokenSource();
        using var output = new FirstLineWriter();
        var run = SimulatorCommand.Create().Parse(["--port", "0", .. options])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = _error }, ctrlC.Token);
        try
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
            var url = await output.FirstLine.WaitAsync(TimeSpan.FromSeconds(60));
            await talk(async request =>
            {
                using var response = await http.PostAsync($"{url}/wsadmin/v13/AdminWebService", new StringContent(request, Encoding.UTF8, "text/xml"));
                return await response.Content.ReadAsStringAsync();
            });
        }
        finally
        {
            await ctrlC.CancelAsync();
        }

        Assert.That(await run, Is.EqualTo(0));
        return output.ToString().ReplaceLineEndings("\n");
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private sealed class FirstLineWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> FirstLine => _line.Task;

        public override Task WriteLineAsync(string? value)
        {
            _line.TrySetResult(value ?? "");
            return base.WriteLineAsync(value);
        }
    }
}
