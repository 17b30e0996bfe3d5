using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Tests.LocalHost.Hosting;

public sealed record Order(string Id, int Size);

public sealed class RecordingQueue(Probe probe)
{
    [Function("Record")]
    public void Record([QueueTrigger("%Queue%")] Order order, int dequeueCount) => probe.Tell($"{order.Id} {order.Size} delivery {dequeueCount}");
}

public sealed class MetadataQueue(Probe probe)
{
    [Function("Metadata")]
    public Task RunAsync(string id, DateTimeOffset insertionTime, [QueueTrigger("%Queue%", Connection = "AzureWebJobsStorage")] Order order, long dequeueCount, CancellationToken cancellationToken)
    {
        probe.Tell($"{order.Id}|{id}|{insertionTime:O}|{dequeueCount}|{cancellationToken.CanBeCanceled}");
        return Task.CompletedTask;
    }
}

public sealed class FailingQueue(Probe probe)
{
    [Function("Fail")]
    public async Task FailAsync([QueueTrigger("%Queue%")] Order order, long dequeueCount)
    {
        await Task.Yield();
        probe.Tell($"{order.Id} delivery {dequeueCount}");
        throw new InvalidOperationException($"no room for {order.Size}");
    }
}

public sealed class GatedQueue(Probe probe)
{
    [Function("Wait")]
    public Task WaitAsync([QueueTrigger("%Queue%")] Order order, CancellationToken cancellationToken) => probe.PassGateAsync(order.Id, cancellationToken);
}

public sealed class EveryQuarter(Probe probe, TimeProvider time)
{
    [Function("Quarter")]
    public void Run([TimerTrigger("30 */15 * * * *")] TimerInfo timer) =>
        probe.Tell($"{time.GetUtcNow():HH:mm:ss} pastDue={timer.IsPastDue} last={timer.ScheduleStatus!.Last:HH:mm:ss} next={timer.ScheduleStatus.Next:HH:mm:ss}");
}

public sealed class ScheduleFromSetting(Probe probe, TimeProvider time)
{
    [Function("FromSetting")]
    public void Run([TimerTrigger("%Imports:Schedule%", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) =>
        probe.Tell($"{time.GetUtcNow():HH:mm:ss} status={timer.ScheduleStatus is not null}");
}

public sealed class GatedTimer(Probe probe, TimeProvider time)
{
    [Function("Slow")]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        probe.PassGateAsync($"{time.GetUtcNow():HH:mm:ss} pastDue={timer.IsPastDue}", cancellationToken);
}

public sealed class FailingTimer
{
    [Function("FailingTimer")]
    public static Task RunAsync([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer) => Task.FromException(new InvalidOperationException($"pastDue={timer.IsPastDue}"));
}

public sealed class Orders(Probe probe)
{
    [Function("GetOrder")]
    public static Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", Route = "orders/{number}")] HttpRequest request, string number, CancellationToken cancellationToken) =>
        Task.FromResult(Results.Text($"{number}|{request.Query["colour"]}|{cancellationToken.CanBeCanceled}"));

    [Function("FailOrder")]
    public static Task<IResult> Fail([HttpTrigger(AuthorizationLevel.Function, "post", Route = "orders")] HttpRequest request) =>
        throw new InvalidOperationException($"no room for {request.Method}");

    [Function("Alive")]
    public static Task<IResult> Alive([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "alive")] HttpRequest request) => Task.FromResult(Results.Text(request.Path));

    [Function("SlowOrder")]
    public async Task<IResult> SlowAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "slow")] HttpRequest request, CancellationToken cancellationToken)
    {
        await probe.PassGateAsync(request.Method, cancellationToken);
        return Results.Text("done");
    }
}
