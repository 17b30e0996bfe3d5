using Five9Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of imports that people ask for, and of all runs: docs/api.md.</summary>
public sealed class RunFunctions(ApiErrorHandler answers, ImportsApi imports)
{
    [Function("RequestImport"), Responses(202, 400, 404, 408, 413, 415, 422)]
    public Task<IResult> RequestImport([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/imports")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => imports.RequestAsync(request, id, cancellationToken));

    [Function("ListImports"), Responses(200, 400, 404)]
    public Task<IResult> ListImports([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/imports")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => imports.ListAsync(request, id, cancellationToken));

    [Function("GetImport"), Responses(200, 400, 404)]
    public Task<IResult> GetImport([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/imports/{runId}")] HttpRequest request, string id, string runId, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => imports.GetAsync(request, id, runId, cancellationToken));

    [Function("CancelImport"), Responses(202, 400, 404, 409)]
    public Task<IResult> CancelImport([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/imports/{runId}/cancel")] HttpRequest request, string id, string runId, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => imports.CancelAsync(request, id, runId, cancellationToken));

    [Function("RetryImport"), Responses(202, 400, 404, 409)]
    public Task<IResult> RetryImport([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/imports/{runId}/retry")] HttpRequest request, string id, string runId, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => imports.RetryAsync(request, id, runId, cancellationToken));
}
