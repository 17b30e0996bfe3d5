using Five9Functions.Api;
using Five9Functions.RealTime;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of real time: docs/live.md.</summary>
public sealed class LiveFunctions(PollAgentStates pollAgentStates, UpdateLiveStates updateLiveStates, FunctionTracing tracing, ApiErrorHandler answers, LiveApi live)
{
    [Function("PollAgentStates")]
    public Task PollAgentStates([TimerTrigger("%LiveSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(PollAgentStates), () => pollAgentStates.RunAsync(cancellationToken), cancellationToken);

    [Function("UpdateLiveStates")]
    public Task UpdateLiveStates([QueueTrigger(StorageLayout.LivePolls)] LivePoll poll, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(UpdateLiveStates), StorageLayout.LivePolls, poll, () => updateLiveStates.RunAsync(poll, cancellationToken), cancellationToken);

    [Function("GetLive"), Responses(200, 304, 400, 404, 406, 409)]
    public Task<IResult> GetLive([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/live")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => live.GetAsync(request, id, cancellationToken));
}
