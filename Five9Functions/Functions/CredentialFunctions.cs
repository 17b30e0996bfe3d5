using Five9Functions.Imports;
using Five9Functions.Rotation;
using Five9Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of credentials that change: docs/credentials.md.</summary>
public sealed class CredentialFunctions(RotateCredential rotateCredential, PrepareStorage storage)
{
    [Function("RotateCredential")]
    public Task RotateCredential([QueueTrigger(ImportQueues.CredentialEvents)] CredentialEvents events, CancellationToken cancellationToken) =>
        storage.WithItAsync(() => rotateCredential.RunAsync(events, cancellationToken), cancellationToken);

    [Function("CheckCredentials")]
    public Task CheckCredentials([TimerTrigger("%ImportSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        storage.WithItAsync(() => rotateCredential.LookAsync(cancellationToken), cancellationToken);
}
