using Five9Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of integrations: docs/api.md.</summary>
public sealed class IntegrationFunctions(ApiErrorHandler answers, IntegrationsApi integrations, IntegrationActionsApi actions)
{
    [Function("ListIntegrations"), Responses(200, 400)]
    public Task<IResult> ListIntegrations([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => integrations.ListAsync(request, cancellationToken));

    [Function("CreateIntegration"), Responses(201, 400, 408, 409, 413, 415, 422, 429, 502, 503)]
    public Task<IResult> CreateIntegration([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => integrations.CreateAsync(request, cancellationToken));

    [Function("GetIntegration"), Responses(200, 400, 404)]
    public Task<IResult> GetIntegration([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => integrations.GetAsync(request, id, cancellationToken));

    [Function("ReplaceIntegration"), Responses(200, 400, 404, 408, 409, 412, 413, 415, 422, 428, 429, 502, 503)]
    public Task<IResult> ReplaceIntegration([HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => integrations.ReplaceAsync(request, id, cancellationToken));

    [Function("TestIntegration"), Responses(200, 400, 404)]
    public Task<IResult> TestIntegration([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/test")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => actions.TestAsync(request, id, cancellationToken));

    [Function("PauseIntegration"), Responses(200, 400, 404, 409)]
    public Task<IResult> PauseIntegration([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/pause")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => actions.PauseAsync(request, id, paused: true, cancellationToken));

    [Function("ResumeIntegration"), Responses(200, 400, 404, 409)]
    public Task<IResult> ResumeIntegration([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/resume")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => actions.PauseAsync(request, id, paused: false, cancellationToken));
}
