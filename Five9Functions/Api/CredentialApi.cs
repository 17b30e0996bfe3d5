using Five9Functions.Credentials;
using Five9Functions.Integrations;
using Five9Functions.Time;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Five9Functions.Api;

/// <summary>Replaces, rotates and tries the passwords of integrations: docs/api.md.</summary>
public sealed class CredentialApi
{
    private const int MaxPassword = 256;

    private readonly IntegrationLookup _known;
    private readonly CredentialStatuses _statuses;
    private readonly ReplaceCredential _replace;
    private readonly ManagedRotation _rotation;
    private readonly Five9Secrets _secrets;
    private readonly Five9Hosts _hosts;
    private readonly CredentialEventQueue _queue;
    private readonly TimeProvider _time;

    public CredentialApi(
        IntegrationLookup known,
        CredentialStatuses statuses,
        ReplaceCredential replace,
        ManagedRotation rotation,
        Five9Secrets secrets,
        Five9Hosts hosts,
        CredentialEventQueue queue,
        TimeProvider time)
    {
        (_known, _statuses, _replace, _rotation, _secrets, _hosts, _queue, _time) = (known, statuses, replace, rotation, secrets, hosts, queue, time);
    }

    /// <summary>Asks for a new password; it is made and changed by RotateCredential, once however often it is asked for.</summary>
    public async Task<IResult> RotateAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var integration = (await _known.RequireAsync(id, cancellationToken)).Value;
        if (integration.Rotation != CredentialRotation.Managed)
        {
            throw ApiException.Conflict(
                ApiProblem.RotationNotManaged, $"The importer does not manage the password of {id}: set rotation to managed, or send a password with PUT /integrations/{id}/credential.");
        }

        RequireHost(integration);
        if (await _rotation.InTheWayAsync(integration, cancellationToken) is { } other)
        {
            throw ApiException.Conflict(
                ApiProblem.UserSharedByAnotherSecret,
                $"The integration {other.Id} logs in as {integration.UserName} too, with the secret {other.SecretName}: a new password would leave it with the old one. Let both name one secret, or set rotation to external.");
        }

        var version = await VersionAsync(integration, cancellationToken);
        await _queue.SendAsync(CredentialEvent.RotationRequested(integration.SecretName, version), TimeSpan.Zero, cancellationToken);
        return new JsonAnswer<RotationRequested>(new RotationRequested(id, version), StatusCodes.Status202Accepted) { Location = $"integrations/{id}" };
    }

    /// <summary>Tests the password, and stores it if Five9 takes it.</summary>
    public async Task<IResult> ReplaceAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var integration = (await _known.RequireAsync(id, cancellationToken)).Value;
        var body = await RequestBody.ReadAsync<CredentialBody>(request, cancellationToken);
        body.RequireValid(MaxPassword, _time.Now());
        RequireHost(integration);
        var replacement = await _replace.RunAsync(integration, body.Password, body.ExpiresAt, cancellationToken);
        return replacement.Outcome switch
        {
            ReplacementOutcome.Replaced => new JsonAnswer<CredentialStatus>(await _statuses.GetAsync(integration, cancellationToken)),
            ReplacementOutcome.Rejected => throw ApiException.Conflict(ApiProblem.CredentialRejected, replacement.Why),
            ReplacementOutcome.TriesUsed => throw TriesUsed(replacement.Why, replacement.Again!.Value - _time.Now()),
            ReplacementOutcome.Busy => throw new ApiException(StatusCodes.Status503ServiceUnavailable, ApiProblem.UserBusy, replacement.Why),
            ReplacementOutcome.NotStored => throw new ApiException(StatusCodes.Status502BadGateway, ApiProblem.VaultRefused, replacement.Why),
            _ => throw new ApiException(StatusCodes.Status502BadGateway, ApiProblem.CredentialUnproven, replacement.Why),
        };
    }

    /// <summary>Lets a rejected password be tried once more.</summary>
    public async Task<IResult> RetryAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var integration = (await _known.RequireAsync(id, cancellationToken)).Value;
        return new JsonAnswer<Retried>(new Retried(id, await _replace.ClearAsync(integration, cancellationToken)));
    }

    /// <summary>429: too many passwords that were sent did not work.</summary>
    internal static ApiException TriesUsed(string why, Duration wait) =>
        new(StatusCodes.Status429TooManyRequests, ApiProblem.CredentialTriesUsed, why) { RetryAfter = wait.ToTimeSpan() };

    private void RequireHost(Integration integration)
    {
        if (_hosts.RefusalOf(integration) is { Text: var text })
        {
            throw ApiException.Conflict(ApiProblem.HostNotAllowed, text);
        }
    }

    private async Task<string> VersionAsync(Integration integration, CancellationToken cancellationToken) => await _secrets.NewestAsync(integration.SecretName, cancellationToken) switch
    {
        SecretReading.Held { Secret: var secret } => secret.Version,
        SecretReading.Refused { Error: var error } => throw new ApiException(StatusCodes.Status502BadGateway, ApiProblem.VaultRefused, error.Text),
        SecretReading.Unreachable { Text: var text } => throw new ApiException(StatusCodes.Status503ServiceUnavailable, ApiProblem.VaultUnavailable, text),
        _ => throw new InvalidOperationException("A secret's reading is not known."),
    };

    /// <param name="Replaces">The version of the secret that the new one is to replace.</param>
    private sealed record RotationRequested(string Id, string Replaces);

    /// <param name="Cleared">False when there was nothing that kept the password from being tried.</param>
    private sealed record Retried(string Id, bool Cleared);

    /// <summary>A class, so that nothing ever prints the password.</summary>
    private sealed class CredentialBody
    {
        public required string Password { get; init; }

        public Instant? ExpiresAt { get; init; }

        public void RequireValid(int longest, Instant now)
        {
            List<FieldError> errors = [];
            if (string.IsNullOrWhiteSpace(Password) || Password.Length > longest)
            {
                errors.Add(new FieldError("password", $"password must have 1 to {longest} characters."));
            }

            if (ExpiresAt <= now)
            {
                errors.Add(new FieldError("expiresAt", "expiresAt must be in the future, or left out."));
            }

            if (errors.Count > 0)
            {
                throw ApiException.Invalid(errors);
            }
        }
    }
}
