using Five9Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of imports that people ask for, and of all runs: docs/api.md.</summary>
public sealed class RunFunctions(ApiAnswers answers, ImportsApi imports)
{
    [Function("RequestImport"), Answers(202, 400, 404, 408, 413, 415, 422)]
    public Task<IResult> RequestImport([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/imports")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => imports.RequestAsync(request, id, cancellationToken));

    [Function("ListImports"), Answers(200, 400, 404)]
    public Task<IResult> ListImports([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/imports")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => imports.ListAsync(request, id, cancellationToken));

    [Function("GetImport"), Answers(200, 400, 404)]
    public Task<IResult> GetImport([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations/{id}/imports/{runId}")] HttpRequest request, string id, string runId, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => imports.GetAsync(request, id, runId, cancellationToken));

    [Function("CancelImport"), Answers(202, 400, 404, 409)]
    public Task<IResult> CancelImport([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/imports/{runId}/cancel")] HttpRequest request, string id, string runId, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => imports.CancelAsync(request, id, runId, cancellationToken));

    [Function("RetryImport"), Answers(202, 400, 404, 409)]
    public Task<IResult> RetryImport([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/imports/{runId}/retry")] HttpRequest request, string id, string runId, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => imports.RetryAsync(request, id, runId, cancellationToken));
}
