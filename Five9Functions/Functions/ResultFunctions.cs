using Five9Functions.Api;
using Five9Functions.Api.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of what was imported: docs/api.md.</summary>
public sealed class ResultFunctions(ApiAnswers answers, CoverageApi coverage, QueuesApi queues, IntervalsApi intervals, TimelinesApi timelines, ReportedApi reported)
{
    [Function("GetCoverage"), Answers(200, 400, 404, 406)]
    public Task<IResult> GetCoverage([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/coverage")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => coverage.ListAsync(id, request, cancellationToken));

    [Function("ListQueues"), Answers(200, 400, 404, 406)]
    public Task<IResult> ListQueues([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/queues")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => queues.ListAsync(id, request, cancellationToken));

    [Function("SetWorkload"), Answers(200, 400, 404, 408, 412, 413, 415, 428)]
    public Task<IResult> SetWorkload(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}/queues/{queue}/workload")] HttpRequest request, string id, string queue, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => queues.SetWorkloadAsync(id, queue, request, cancellationToken));

    [Function("ListWorkloads"), Answers(200, 400, 406)]
    public Task<IResult> ListWorkloads([HttpTrigger(AuthorizationLevel.Function, "get", Route = "workloads")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => queues.WorkloadsAsync(request, cancellationToken));

    [Function("ListIntervals"), Answers(200, 400, 404, 406, 500)]
    public Task<IResult> ListIntervals([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/intervals")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => intervals.ListAsync(id, request, cancellationToken));

    [Function("ListAgents"), Answers(200, 400, 404, 406)]
    public Task<IResult> ListAgents([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/agents")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => timelines.AgentsAsync(id, request, cancellationToken));

    [Function("ListAgentStates"), Answers(200, 400, 404, 406)]
    public Task<IResult> ListAgentStates([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/agent-states")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => timelines.ListAsync(id, request, cancellationToken));

    [Function("ListRawAgentStates"), Answers(200, 400, 404, 406, 500)]
    public Task<IResult> ListRawAgentStates([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/agent-states/raw")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => reported.RawAgentStatesAsync(id, request, cancellationToken));

    [Function("ListCalls"), Answers(200, 400, 404, 406, 500)]
    public Task<IResult> ListCalls([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/calls")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => reported.CallsAsync(id, request, cancellationToken));

    [Function("ListRawCalls"), Answers(200, 400, 404, 406, 500)]
    public Task<IResult> ListRawCalls([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/calls/raw")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => reported.RawCallsAsync(id, request, cancellationToken));
}
