using Five9Functions.Api;
using Five9Functions.Api.Adherence;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of what was planned, and how it was kept to: docs/api.md.</summary>
public sealed class AdherenceFunctions(ApiErrorHandler answers, SchedulesApi schedules, ActivitiesApi activities, AdherenceApi adherence)
{
    [Function("ListSchedules"), Responses(200, 400, 404, 406)]
    public Task<IResult> ListSchedules([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/schedules")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => schedules.ListAsync(id, request, cancellationToken));

    [Function("ReplaceSchedules"), Responses(200, 400, 404, 408, 409, 413, 415, 503)]
    public Task<IResult> ReplaceSchedules([HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}/schedules")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => schedules.ReplaceAsync(id, request, cancellationToken));

    [Function("GetActivities"), Responses(200, 400, 404)]
    public Task<IResult> GetActivities([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/activities")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => activities.GetAsync(id, request, cancellationToken));

    [Function("ReplaceActivities"), Responses(200, 400, 404, 408, 412, 413, 415, 428)]
    public Task<IResult> ReplaceActivities([HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}/activities")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => activities.ReplaceAsync(id, request, cancellationToken));

    [Function("GetAdherence"), Responses(200, 400, 404, 406)]
    public Task<IResult> GetAdherence([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/adherence")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => adherence.ListAsync(id, request, cancellationToken));
}
