using Five9Functions.Api;
using Five9Functions.Credentials;
using Five9Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of credentials that change: docs/credentials.md.</summary>
public sealed class CredentialFunctions(RotateCredential rotateCredential, FunctionTracing tracing, ApiErrorHandler answers, CredentialApi credentials)
{
    [Function("RotateCredential")]
    public Task RotateCredential([QueueTrigger(StorageLayout.CredentialEvents)] CredentialEvents events, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(RotateCredential), StorageLayout.CredentialEvents, events, () => rotateCredential.RunAsync(events, cancellationToken), cancellationToken);

    [Function("CheckCredentials")]
    public Task CheckCredentials([TimerTrigger("%ImportSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(CheckCredentials), () => rotateCredential.LookAsync(cancellationToken), cancellationToken);

    [Function("ReplaceCredential"), Responses(200, 400, 404, 408, 409, 413, 415, 429, 502, 503)]
    public Task<IResult> ReplaceCredential([HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}/credential")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => credentials.ReplaceAsync(request, id, cancellationToken));

    [Function("RequestRotation"), Responses(202, 400, 404, 409, 502, 503)]
    public Task<IResult> RequestRotation([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/credential/rotate")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => credentials.RotateAsync(request, id, cancellationToken));

    [Function("RetryCredential"), Responses(200, 400, 404)]
    public Task<IResult> RetryCredential([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/credential/retry")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => credentials.RetryAsync(request, id, cancellationToken));
}
