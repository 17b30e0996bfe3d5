using System.Threading.Channels;
using System.Xml.Linq;
using System.Xml.Schema;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>The simulator's supervisor service, called with literal requests.</summary>
public sealed class SupervisorServiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 21, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new();

    [TearDown]
    public void Close() => _http.Dispose();

    [Test]
    public async Task EveryAnswer_IsValidByTheWsdl_WhichNamesItsOwnAddress()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions { Live = new LiveCentre().Put("anna", "Ready", "20:50:00"), Limits = false, HoldsUpdates = false });
        using var http = new HttpClient { BaseAddress = simulator.BaseAddress };
        var wsdl = XDocument.Parse(await http.GetStringAsync("wssupervisor/v13/SupervisorWebService?wsdl&user=importer"));
        Assert.That(wsdl.ToString(), Does.Contain($"{simulator.BaseAddress}wssupervisor/v13/SupervisorWebService"));
        var schemas = new XmlSchemaSet();
        schemas.Add(null, wsdl.Descendants(XName.Get("schema", XmlSchema.Namespace)).Single().CreateReader());
        schemas.Compile();

        string[] requests =
        [
            Request("getStatistics", "<statisticType>AgentState</statisticType>"), // no session
            Request("setSessionParameters", "<viewSettings><idleTimeOut>10</idleTimeOut><shiftStart>0</shiftStart><timeZone>0</timeZone></viewSettings>"),
            Request("setSessionParameters", "<viewSettings><idleTimeOut>60</idleTimeOut><shiftStart>0</shiftStart><timeZone>0</timeZone></viewSettings>"),
            Request("getStatisticsUpdate", "<statisticType>AgentState</statisticType><previousTimestamp>1</previousTimestamp><longPollingTimeout>5000</longPollingTimeout>"), // nothing was asked for
            Request("getColumnNames", "<statisticType>AgentState</statisticType>"),
            Request("getStatistics", "<statisticType>AgentState</statisticType><columnNames><values><data>Shoe Size</data></values></columnNames>"),
            Request("getStatistics", "<statisticType>AgentState</statisticType>"),
            Request("getStatisticsUpdate", "<statisticType>AgentState</statisticType><previousTimestamp>1</previousTimestamp><longPollingTimeout>5000</longPollingTimeout>"),
            Request("getStatisticsUpdate", "<statisticType>AgentState</statisticType><previousTimestamp>1</previousTimestamp><longPollingTimeout>4999</longPollingTimeout>"),
            Request("closeSession", ""),
        ];
        var answers = new List<string>();
        foreach (var request in requests)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "wssupervisor/v13/SupervisorWebService") { Content = new StringContent(request) };
            message.Headers.TryAddWithoutValidation("Authorization", "Basic aW1wb3J0ZXJAZXhhbXBsZS5jb206c2ltdWxhdGVk");
            using var response = await http.SendAsync(message);
            var answer = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Elements().Last().Elements().Single();
            var payload = answer.Element("detail")?.Elements().Single() ?? answer;
            new XDocument(payload).Validate(schemas, (_, problem) => Assert.Fail($"{payload.Name.LocalName}: {problem.Message}"));
            answers.Add(payload.Name.LocalName);
        }

        Assert.That(answers, Is.EqualTo(new[]
        {
            "SessionNotInitializedFault", "IncorrectArgumentFault", "setSessionParametersResponse", "StatisticsNotRequestedFault", "getColumnNamesResponse", "UnknownColumnFault",
            "getStatisticsResponse", "UnknownTimestampFault", "IncorrectArgumentFault", "closeSessionResponse",
        }));
    }

    [TestCase(true)]
    [TestCase(false)]
    [CancelAfter(30_000)]
    public async Task AnUpdate_IsHeldUntilSomethingChanges_OrItsTimeIsOver(bool changes, CancellationToken cancellationToken)
    {
        var (centre, clock) = (new LiveCentre().Put("anna", "Ready", "20:50:00"), new HeldClock(Now));
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions { Live = centre, TimeProvider = clock }, cancellationToken);
        var (client, login) = Client(simulator);
        await client.SetSessionParametersAsync(login, TimeSpan.FromMinutes(30), Offset.Zero, cancellationToken);
        var all = await client.GetStatisticsAsync(login, ["Username", "State"], cancellationToken);

        // After each look the simulator waits for the next: after that of 4.8 s the one of 5.0 s is awaited.
        var held = client.GetStatisticsUpdateAsync(login, all.Timestamp, Hold, cancellationToken);
        await clock.WhenHeldAsync(cancellationToken);
        for (var look = 1; look <= 24; look++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(200));
            await clock.WhenHeldAsync(cancellationToken);
        }

        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.That((held.IsCompleted, clock.GetUtcNow() - Now), Is.EqualTo((false, TimeSpan.FromSeconds(4.9))));

        if (changes)
        {
            centre.Put("anna", "On Call", "21:00:00");
        }

        clock.Advance(TimeSpan.FromMilliseconds(100));
        var update = await held;
        Assert.That(update.IsEmpty, Is.EqualTo(!changes));
        Assert.That(update.Values, Is.EqualTo(changes ? new[] { new LiveValue("anna", "State", "On Call") } : []));
    }

    [Test]
    public async Task TheThirdCallOfAMinute_ThatOpensASessionOrAsksForAll_IsOneTooMany()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions { Live = new LiveCentre(), HoldsUpdates = false, TimeProvider = new FakeTimeProvider(Now) });
        var (client, login) = Client(simulator);
        await client.SetSessionParametersAsync(login, TimeSpan.FromMinutes(30), Offset.Zero, CancellationToken.None);
        var all = await client.GetStatisticsAsync(login, ["Username"], CancellationToken.None);

        Assert.That((await client.GetStatisticsUpdateAsync(login, all.Timestamp, Hold, CancellationToken.None)).IsEmpty, Is.True);
        Assert.That(() => client.GetStatisticsAsync(login, ["Username"], CancellationToken.None), Throws.TypeOf<Five9QuotaExceededException>().With.Message.Contains("(2 QueryStatistics: "));
    }

    [Test]
    public void TheGeneratedAgents_AreInTheStatesOfTheirReport()
    {
        var zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
        var states = new GeneratedAgentStates(seed: 11, agents: 40, zone);
        var noon = Instant.FromUtc(2026, 8, 20, 19, 0);

        var now = new GeneratedLive(states).At(noon);
        var rows = states.Records(new Interval(noon - Duration.FromHours(12), noon + Duration.FromTicks(1)), noon).Select(record => System.Text.Encoding.UTF8.GetString(record.Span)).ToList();

        Assert.That(now, Has.Count.InRange(10, 40));
        foreach (var agent in now)
        {
            var local = agent.Since.InZone(zone).LocalDateTime;
            Assert.That(rows.Where(row => row.StartsWith($"{local:uuuu/MM/dd,HH:mm:ss},{agent.Agent},", StringComparison.Ordinal) && row.Contains($",{agent.State},{agent.Reason},", StringComparison.Ordinal)), Is.Not.Empty, agent.ToString());
        }
    }

    /// <summary>A clock that a test moves, and on which it can wait until the simulator waits for it.</summary>
    private sealed class HeldClock(DateTimeOffset now) : FakeTimeProvider(now)
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Writer.TryWrite(dueTime);
            return timer;
        }

        public async Task WhenHeldAsync(CancellationToken cancellationToken) => await _waits.Reader.ReadAsync(cancellationToken);
    }

    private static string Request(string operation, string arguments) =>
        $"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a:{operation} xmlns:a="http://service.supervisor.ws.five9.com/">{arguments}</a:{operation}></s:Body></s:Envelope>""";

    private (SupervisorClient Client, Five9Login Login) Client(Five9Simulator simulator) =>
        (new SupervisorClient(_http, new Five9ClientOptions()), new Five9Login(simulator.BaseAddress, "importer@example.com", "simulated"));
}
