using Five9Functions.Integrations;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>What Five9 makes of an integration's newest known password.</summary>
public enum CredentialState
{
    /// <summary>Nobody has logged in with it, as far as is noted.</summary>
    Untried,

    /// <summary>Nobody knows yet: a login with it is under way, or was not answered.</summary>
    Unproven,

    InForce,

    Rejected,
}

/// <summary>How an integration's credential is, without anything of what is in it.</summary>
/// <param name="Problem">Why there is nothing to log in with, or why Five9 rejected it; null when all is well.</param>
/// <param name="ExpiresAt">Null when the secret does not say, or cannot be had.</param>
/// <param name="ExpiresInDays">Whole days that are left; negative once it has expired.</param>
/// <param name="Warning">That it expires soon, and what to do.</param>
public sealed record CredentialStatus(CredentialState State, CredentialRotation Rotation, string? Problem, Instant? ExpiresAt, int? ExpiresInDays, string? Warning);

/// <summary>Tells how credentials are, from the user's row and from what was read of the vault within the last minutes.</summary>
public sealed class CredentialStatuses
{
    private readonly Five9UserTable _users;
    private readonly Five9Secrets _secrets;
    private readonly RotationOptions _options;
    private readonly TimeProvider _time;

    public CredentialStatuses(Five9UserTable users, Five9Secrets secrets, IOptions<RotationOptions> options, TimeProvider time) =>
        (_users, _secrets, _options, _time) = (users, secrets, options.Value, time);

    public async Task<CredentialStatus> GetAsync(Integration integration, CancellationToken cancellationToken)
    {
        var reading = await _secrets.GetAsync(integration.SecretName, notVersion: null, cancellationToken);
        var user = (await _users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken))?.Value;
        var mark = user?.MarkOf(integration.SecretName);
        var secret = (reading as SecretReading.Held)?.Secret;
        var state = mark is null || (secret is not null && mark.Version != secret.Version) ? CredentialState.Untried : mark.State switch
        {
            VersionState.InForce => CredentialState.InForce,
            VersionState.Rejected => CredentialState.Rejected,
            VersionState.Trying when mark.Tries == 0 => CredentialState.Untried,
            _ => CredentialState.Unproven,
        };
        var problem = reading switch
        {
            SecretReading.Refused { Error: { Text: var text } } => text,
            SecretReading.Unreachable { Text: var text } => text,
            _ => state == CredentialState.Rejected ? mark!.Reason : secret?.RefusalFor(integration)?.Text,
        };
        var left = secret?.Expires - _time.Now();
        return new CredentialStatus(state, integration.Rotation, problem, secret?.Expires, left is { } span ? (int)Math.Floor(span.TotalDays) : null, Warning(integration, user, left));
    }

    private string? Warning(Integration integration, Five9User? user, Duration? left)
    {
        if (left is not { } span || span > Duration.FromTimeSpan(_options.NearExpiry))
        {
            return null;
        }

        var days = (int)Math.Floor(span.TotalDays);
        var when = span > Duration.Zero ? $"The password expires in {days} {(days == 1 ? "day" : "days")}" : "The password has expired";
        if (integration.Rotation == CredentialRotation.Managed)
        {
            return user is not null && PendingCredentials.Refusal(integration, user, _time.Now()) is { Reason: var why, TryAgainAt: var again }
                ? $"{when}, and the importer could not change it: {why} It tries again after {again}, or at once with POST /integrations/{integration.Id}/credential/rotate."
                : $"{when}; the importer changes it by itself.";
        }

        return $"{when}: change it in Five9 and send it with PUT /integrations/{integration.Id}/credential, or store it as a new version of the secret {integration.SecretName}.";
    }
}
