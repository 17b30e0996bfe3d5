using Azure.Data.Tables;
using Azure.Storage.Queues;
using Five9Functions.Tests.Worker.Protocol;
using Status = Five9Functions.Tests.Worker.Protocol.StatusResult.Types.Status;

namespace Five9Functions.Tests.Worker;

/// <summary>What is deployed, as a process of its own: the worker's build output, with a stand-in for the Functions host and a real storage emulator.</summary>
[CancelAfter(180_000)]
public sealed class WorkerTests
{
    private static readonly Dictionary<string, TypedData> None = [];

    private static string _storage = "";
    private static RunningWorker _worker = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        using var ample = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        _storage = await TestStorage.NewAccountAsync();
        var settings = new Dictionary<string, string?>(WorkerSettings.Of(_storage))
        {
            ["Integrations:elsewhere:Region"] = "https://five9.example.com/", // a host that no setting allows
            ["Integrations:elsewhere:UserName"] = "importer@example.com",
            ["Integrations:elsewhere:Paused"] = "true",
        };
        _worker = await RunningWorker.StartAsync(settings, ample.Token);
    }

    [OneTimeTearDown]
    public static async Task EndAsync() => await (_worker?.DisposeAsync() ?? default);

    [Test]
    public void Init_OffersItsOwnHttpServer_AndLeavesTelemetryToTheHost()
    {
        Assert.That(_worker.Capabilities["HttpUri"], Does.StartWith("http://localhost:"));
        Assert.That(_worker.Capabilities.Keys, Has.None.StartsWith("WorkerOpenTelemetry"));
    }

    [Test]
    public async Task ATick_OpensARun_AndItsMessage_PlansIt()
    {
        var tick = await _worker.InvokeAsync("ScheduleImports", ("timer", new TypedData { Json = """{"IsPastDue":false}""" }), None, Token);

        Assert.That((tick.Result.Status, tick.Result.Exception?.Message), Is.EqualTo((Status.Success, (string?)null)));
        var runs = await new TableClient(_storage, "ImportRuns").QueryAsync<TableEntity>(cancellationToken: Token).Select(run => run.RowKey).ToListAsync(Token);
        Assert.That(runs, Has.Count.EqualTo(1), string.Join('\n', WorkerSettings.Lines(_worker, tick.InvocationId)));
        var queued = new QueueClient(_storage, "import-jobs");
        Assert.That((int)(await queued.GetPropertiesAsync(Token)).Value.ApproximateMessagesCount, Is.EqualTo(1));

        // As the host gives it, which has decoded its base64; it becomes visible in the second that the import begins.
        var json = $$"""{"integration":"acme","run":"{{runs[0]}}"}""";
        var job = await _worker.DeliverAsync("StartImport", json, Token);

        Assert.That((job.Result.Status, job.Result.Exception?.Message), Is.EqualTo((Status.Success, (string?)null)));
        var slices = await new TableClient(_storage, "ImportSlices").QueryAsync<TableEntity>(cancellationToken: Token).ToListAsync(Token);
        Assert.That(slices, Is.Not.Empty);
        var lines = WorkerSettings.Lines(_worker, job.InvocationId);
        Assert.That(lines, Has.One.StartsWith("Information Five9Functions.Imports.StartImport: ").And.One.Contains("is planned: "));
    }

    [Test]
    public async Task AnEmptyMessage_IsDropped_AndItsWarningComesToTheHostsLog()
    {
        var answer = await _worker.DeliverAsync("NormalizeDay", "{}", Token);

        Assert.That(answer.Result.Status, Is.EqualTo(Status.Success));
        Assert.That(WorkerSettings.Lines(_worker, answer.InvocationId), Has.One.StartsWith(WorkerSettings.EmptyMessage));
    }

    [Test]
    public void AnErrorOfTheStart_IsALineOfTheConsole_WhichTheHostLogs() => Assert.That(
        _worker.Output.Split('\n').Select(line => line.TrimEnd()),
        Has.One.StartsWith("error: Five9Functions.Connections.SeedIntegrations: The integration elsewhere is not imported. ")
            .And.None.Contains("is empty or lacks what it is about"));

    [Test]
    public async Task Health_IsAnswered_ByTheWorkersOwnServer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/health");

        using var answer = await _worker.SendAsync("GetHealth", request, Token);

        Assert.That(((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((200, "application/json")));
    }

    [TestCase(30_000_001)]
    [TestCase(30_000_000)]
    [TestCase(65_537)]
    public async Task ABodyThatIsTooLong_Is413(int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/integrations") { Content = new ByteArrayContent(new byte[length]) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.ExpectContinue = true;

        using var answer = await _worker.SendAsync("CreateIntegration", request, Token);

        Assert.That((int)answer.StatusCode, Is.EqualTo(413));
        Assert.That(await answer.Content.ReadAsStringAsync(Token), Does.Contain("\"code\":\"body-too-large\"").And.Contain("The body is longer than 64 KiB."));
    }

    [Test]
    public async Task TheQueryOfARequest_IsInNoLogOfTheWorker()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/integrations?code=KEYOFTHEFUNCTION");

        using var answer = await _worker.SendAsync("ListIntegrations", request, Token);

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(_worker.Logs.Select(log => log.Message), Is.Not.Empty.And.None.Contains("KEYOFTHEFUNCTION"));
        Assert.That(_worker.Output, Does.Not.Contain("KEYOFTHEFUNCTION"));
    }
}
