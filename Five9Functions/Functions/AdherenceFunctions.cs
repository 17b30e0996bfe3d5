using Five9Functions.Api;
using Five9Functions.Api.Adherence;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of what was planned, and how it was kept to: docs/api.md.</summary>
public sealed class AdherenceFunctions(ApiAnswers answers, SchedulesApi schedules, ActivitiesApi activities, AdherenceApi adherence)
{
    [Function("ListSchedules"), Answers(200, 400, 404, 406)]
    public Task<IResult> ListSchedules([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/schedules")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => schedules.ListAsync(id, request, cancellationToken));

    [Function("ReplaceSchedules"), Answers(200, 400, 404, 408, 409, 413, 415, 503)]
    public Task<IResult> ReplaceSchedules([HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}/schedules")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => schedules.ReplaceAsync(id, request, cancellationToken));

    [Function("GetActivities"), Answers(200, 400, 404)]
    public Task<IResult> GetActivities([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/activities")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => activities.GetAsync(id, request, cancellationToken));

    [Function("ReplaceActivities"), Answers(200, 400, 404, 408, 412, 413, 415, 428)]
    public Task<IResult> ReplaceActivities([HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}/activities")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => activities.ReplaceAsync(id, request, cancellationToken));

    [Function("GetAdherence"), Answers(200, 400, 404, 406)]
    public Task<IResult> GetAdherence([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/adherence")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => adherence.ListAsync(id, request, cancellationToken));
}
