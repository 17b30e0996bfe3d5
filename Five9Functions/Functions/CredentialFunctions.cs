using Five9Functions.Api;
using Five9Functions.Credentials;
using Five9Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of credentials that change: docs/credentials.md.</summary>
public sealed class CredentialFunctions(RotateCredential rotateCredential, Steps steps, ApiAnswers answers, CredentialApi credentials)
{
    [Function("RotateCredential")]
    public Task RotateCredential([QueueTrigger(StorageLayout.CredentialEvents)] CredentialEvents events, CancellationToken cancellationToken) =>
        steps.OfAsync(nameof(RotateCredential), StorageLayout.CredentialEvents, events, () => rotateCredential.RunAsync(events, cancellationToken), cancellationToken);

    [Function("CheckCredentials")]
    public Task CheckCredentials([TimerTrigger("%ImportSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        steps.OfAsync(nameof(CheckCredentials), () => rotateCredential.LookAsync(cancellationToken), cancellationToken);

    [Function("ReplaceCredential"), Answers(200, 400, 404, 408, 409, 413, 415, 429, 502, 503)]
    public Task<IResult> ReplaceCredential([HttpTrigger(AuthorizationLevel.Function, "put", Route = "integrations/{id}/credential")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => credentials.ReplaceAsync(request, id, cancellationToken));

    [Function("RequestRotation"), Answers(202, 400, 404, 409, 502, 503)]
    public Task<IResult> RequestRotation([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/credential/rotate")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => credentials.RotateAsync(request, id, cancellationToken));

    [Function("RetryCredential"), Answers(200, 400, 404)]
    public Task<IResult> RetryCredential([HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{id}/credential/retry")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.OfAsync(request, () => credentials.RetryAsync(request, id, cancellationToken));
}
