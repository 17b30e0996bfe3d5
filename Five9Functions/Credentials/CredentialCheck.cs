using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Credentials;

/// <summary>Has Five9 judge the newest version of a secret, once, and lets what waits for it go on.</summary>
public sealed partial class CredentialCheck
{
    private readonly Five9UserTable _users;
    private readonly Five9Secrets _secrets;
    private readonly CredentialGuard _guard;
    private readonly SliceWaker _waiting;
    private readonly ILogger<CredentialCheck> _logger;

    public CredentialCheck(Five9UserTable users, Five9Secrets secrets, CredentialGuard guard, SliceWaker waiting, ILogger<CredentialCheck> logger) =>
        (_users, _secrets, _guard, _waiting, _logger) = (users, secrets, guard, waiting, logger);

    /// <summary>Looks into the vault, past what this instance has in memory, and logs in if nobody has with that version. Integrations that share user and secret share the answer.</summary>
    public async Task<RotationOutcome> RunAsync(Integration integration, CancellationToken cancellationToken)
    {
        var key = Five9UserTable.KeyOf(integration);
        if (await _secrets.NewestAsync(integration.SecretName, cancellationToken) is not SecretReading.Held { Secret: var newest } || await _users.FindAsync(key, cancellationToken) is not { Value: var user })
        {
            return RotationOutcome.Ended; // nothing to log in with, or nobody has ever wanted to
        }

        if (!PendingCredentials.IsOpen(integration, user) && IsKnown(integration, user.MarkOf(integration.SecretName), newest.Version))
        {
            return RotationOutcome.Ended;
        }

        await using var lease = await _users.TryLeaseAsync(key, cancellationToken);
        if (lease is null)
        {
            return RotationOutcome.Busy;
        }

        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            await _guard.CallAsync(integration, lease, login => _guard.PingAsync(login, call.Token), call.Token);
        }
        catch (Five9Exception e)
        {
            // Slices that need it ask again by themselves, and so does the next look.
            Log.NotTaken(_logger, integration.Id, integration.SecretName, e.Message);
            return RotationOutcome.Ended;
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return RotationOutcome.Later;
        }

        Log.Taken(_logger, integration.Id, integration.UserName, integration.SecretName);
        await _waiting.SendNowAsync(key, cancellationToken);
        return RotationOutcome.Ended;
    }

    // One that Five9 rejected is looked at again where a pending one may be the right one.
    private static bool IsKnown(Integration integration, VersionMark? mark, string version) =>
        mark?.Version == version && (mark.State == VersionState.InForce || (mark.State == VersionState.Rejected && integration.Rotation != CredentialRotation.Managed));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Five9 takes the newest password of {UserName} ({Integration}) in the secret {Secret}.")]
        public static partial void Taken(ILogger logger, string integration, string userName, string secret);

        [LoggerMessage(2, LogLevel.Information, "The newest version of the secret {Secret} ({Integration}) could not be seen to work. {Reason}")]
        public static partial void NotTaken(ILogger logger, string integration, string secret, string reason);
    }
}
