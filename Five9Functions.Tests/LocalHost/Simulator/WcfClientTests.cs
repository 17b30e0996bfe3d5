using System.ServiceModel;
using Five9Functions.LocalHost.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>A SOAP stack that shares nothing with ours: WCF.</summary>
public sealed class WcfClientTests
{
    private static readonly DateTime Start = new(2026, 8, 21, 7, 0, 0, DateTimeKind.Utc);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 8, 22, 10, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task AReport_IsRunAndRead_WithNilForWhatIsEmpty()
    {
        await using var simulator = await StartAsync();

        var id = (await RunAsync(simulator, "Agent State Details")).Return;
        var result = (await Client<IWcfReportResults>(simulator).GetReportResultAsync(new WcfGetReportResult { Identifier = id })).Return!;

        Assert.That(result.Header!.Values, Is.EqualTo(new[] { "A", "B" }));
        Assert.That(result.Records!.Select(r => r.Values), Is.EqualTo(new[] { new[] { "x & y", null }, ["1", "2"] }));
    }

    [Test]
    public async Task Faults_AreTyped()
    {
        await using var simulator = await StartAsync();

        var missing = await FaultAsync<WcfReportNotFoundFault>(() => RunAsync(simulator, "Nothing"));
        var gone = await FaultAsync<WcfUnknownIdentifierFault>(() => Client<IWcfReportResults>(simulator).GetReportResultAsync(new WcfGetReportResult { Identifier = "gone" }));
        var login = await FaultAsync<WcfInvalidAccountFault>(() => RunAsync(simulator, "Agent State Details", password: "wrong"));
        for (var i = 1; i < 16; i++)
        {
            await RunAsync(simulator, "Agent State Details");
        }

        var limit = await FaultAsync<WcfOperationsLimitExceededFault>(() => RunAsync(simulator, "Agent State Details"));

        Assert.That((missing.Folder, missing.ReportName), Is.EqualTo(("Agent Reports", "Nothing")));
        Assert.That(gone.Message, Is.EqualTo("Unknown report identifier gone"));
        Assert.That(login.Message, Is.EqualTo("Invalid login or password"));
        Assert.That((limit.Limit, limit.OperationType), Is.EqualTo((16L, "ReportRequest")));
    }

    private static async Task<T> FaultAsync<T>(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (FaultException<T> fault)
        {
            return fault.Detail;
        }

        throw new AssertionException($"There was no {typeof(T).Name}.");
    }

    private static Task<WcfRunReportResponse> RunAsync(Five9Simulator simulator, string report, string password = "simulated") =>
        Client<IWcfAdminService>(simulator, password).RunReportAsync(new WcfRunReport
        {
            FolderName = "Agent Reports",
            ReportName = report,
            Criteria = new WcfCriteria { Time = new WcfTime { Start = Start, End = Start.AddHours(1) } },
        });

    private static T Client<T>(Five9Simulator simulator, string password = "simulated")
        where T : class
    {
        var binding = new BasicHttpBinding(BasicHttpSecurityMode.TransportCredentialOnly);
        binding.Security.Transport.ClientCredentialType = HttpClientCredentialType.Basic;
        var factory = new ChannelFactory<T>(binding, new EndpointAddress(new Uri(simulator.BaseAddress, "wsadmin/v13/AdminWebService")));
        factory.Credentials.UserName.UserName = "importer@example.com";
        factory.Credentials.UserName.Password = password;
        return factory.CreateChannel();
    }

    private Task<Five9Simulator> StartAsync() => Five9Simulator.StartAsync(new SimulatorOptions
    {
        AgentStates = new LiteralRows("A,B", ("2026-08-21T07:00:00Z", "x & y,"), ("2026-08-21T07:00:01Z", "1,2")),
        ReportDuration = TimeSpan.Zero,
        TimeProvider = _clock,
    });
}
