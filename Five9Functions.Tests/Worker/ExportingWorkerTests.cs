using Five9Functions.Tests.Support;
using Status = Five9Functions.Tests.Worker.Protocol.StatusResult.Types.Status;

namespace Five9Functions.Tests.Worker;

/// <summary>The worker with an exporter: what comes to the collector, and what still comes to the Functions host.</summary>
[CancelAfter(180_000)]
public sealed class ExportingWorkerTests
{
    private const string Key = "KEYOFTHEFUNCTION";

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task TheFunctionKey_IsInNoSpanAndNoRecord_AndWarningsAreInTheHostsLogToo()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var worker = await RunningWorker.StartAsync(
            new Dictionary<string, string?>(WorkerSettings.Of(await TestStorage.NewAccountAsync()))
            {
                ["Telemetry:Exporter"] = "otlp",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
            Token);

        using var list = new HttpRequestMessage(HttpMethod.Get, $"/api/integrations?code={Key}");
        using var unknown = new HttpRequestMessage(HttpMethod.Get, $"/api/health?code={Key}&unknown=1") { Headers = { { "x-functions-key", Key } } };
        using var lost = new HttpRequestMessage(HttpMethod.Get, $"{worker.Capabilities["HttpUri"]}api/integrations?code={Key}");
        using var listed = await worker.SendAsync("ListIntegrations", list, Token);
        using var refused = await worker.SendAsync("GetHealth", unknown, Token);
        using var http = new HttpClient();
        using var failed = await http.SendAsync(lost, Token); // the host never called it, so the server fails, and says so in the log
        var empty = await worker.DeliverAsync("NormalizeDay", "{}", Token);
        var exitCode = await worker.EndAsync(Token);

        Assert.That(new[] { (int)listed.StatusCode, (int)refused.StatusCode, (int)failed.StatusCode, exitCode }, Is.EqualTo(new[] { 200, 400, 500, 0 }));
        Assert.That(collector.Of("/v1/traces"), Does.Contain("function ListIntegrations").And.Contain("function GetHealth"));
        Assert.That(collector.Of("/v1/traces"), Does.Contain("function NormalizeDay"));
        Assert.That(collector.Of("/v1/logs"), Does.Contain("An unhandled exception was thrown by the application"));
        Assert.That(collector.Of("/v1/logs"), Does.Contain("A message of the queue {Queue} is empty"));
        Assert.That(collector.All.Append(worker.Output).Concat(worker.Logs.Select(log => log.Message)), Has.None.Contains(Key));

        // The host keeps a line of the app's log only if it names an invocation that is under way.
        Assert.That(worker.Capabilities["WorkerOpenTelemetryEnabled"], Is.EqualTo("True"));
        Assert.That(empty.Result.Status, Is.EqualTo(Status.Success));
        Assert.That(WorkerSettings.Lines(worker, empty.InvocationId), Has.One.StartsWith(WorkerSettings.EmptyMessage));
    }
}
