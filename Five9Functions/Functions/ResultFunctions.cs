using Five9Functions.Api;
using Five9Functions.Api.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of what was imported: docs/api.md.</summary>
public sealed class ResultFunctions(ApiErrorHandler answers, CoverageApi coverage, QueuesApi queues, IntervalsApi intervals, TimelinesApi timelines, ReportedApi reported)
{
    [Function("GetCoverage"), Responses(200, 400, 404, 406)]
    public Task<IResult> GetCoverage([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/coverage")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => coverage.ListAsync(id, request, cancellationToken));

    [Function("ListQueues"), Responses(200, 400, 404, 406)]
    public Task<IResult> ListQueues([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/queues")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => queues.ListAsync(id, request, cancellationToken));

    [Function("SetWorkload"), Responses(200, 400, 404, 408, 412, 413, 415, 428)]
    public Task<IResult> SetWorkload(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}/queues/{queue}/workload")] HttpRequest request, string id, string queue, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => queues.SetWorkloadAsync(id, queue, request, cancellationToken));

    [Function("ListWorkloads"), Responses(200, 400, 406)]
    public Task<IResult> ListWorkloads([HttpTrigger(AuthorizationLevel.Function, "get", Route = "workloads")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => queues.WorkloadsAsync(request, cancellationToken));

    [Function("ListIntervals"), Responses(200, 400, 404, 406, 500)]
    public Task<IResult> ListIntervals([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/intervals")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => intervals.ListAsync(id, request, cancellationToken));

    [Function("ListAgents"), Responses(200, 400, 404, 406)]
    public Task<IResult> ListAgents([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/agents")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => timelines.AgentsAsync(id, request, cancellationToken));

    [Function("ListAgentStates"), Responses(200, 400, 404, 406)]
    public Task<IResult> ListAgentStates([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/agent-states")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => timelines.ListAsync(id, request, cancellationToken));

    [Function("ListRawAgentStates"), Responses(200, 400, 404, 406, 500)]
    public Task<IResult> ListRawAgentStates([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/agent-states/raw")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => reported.RawAgentStatesAsync(id, request, cancellationToken));

    [Function("ListCalls"), Responses(200, 400, 404, 406, 500)]
    public Task<IResult> ListCalls([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/calls")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => reported.CallsAsync(id, request, cancellationToken));

    [Function("ListRawCalls"), Responses(200, 400, 404, 406, 500)]
    public Task<IResult> ListRawCalls([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/calls/raw")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => reported.RawCallsAsync(id, request, cancellationToken));
}
