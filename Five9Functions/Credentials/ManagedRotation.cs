using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>What came of looking after a credential.</summary>
public enum RotationOutcome
{
    /// <summary>There is nothing to do any more, whoever did it.</summary>
    Ended,

    /// <summary>Somebody else has the user's turn.</summary>
    Busy,

    /// <summary>Five9 or the vault did not answer.</summary>
    Later,
}

/// <summary>
/// Changes the password of an integration that the importer manages, in Five9 and in the key vault. Killed anywhere, it leaves what
/// <see cref="PendingCredentials"/> needs to end it: the new password is stored before Five9 gets it, and the user's row says that
/// Five9 may know it before it is sent.
/// </summary>
public sealed partial class ManagedRotation
{
    private readonly Five9UserTable _users;
    private readonly IntegrationTable _integrations;
    private readonly Five9Secrets _secrets;
    private readonly PendingPassword _toSend;
    private readonly PendingCredentials _pending;
    private readonly CredentialGuard _guard;
    private readonly Five9AdminClient _five9;
    private readonly TimeProvider _time;
    private readonly ILogger<ManagedRotation> _logger;

    public ManagedRotation(
        Five9UserTable users,
        IntegrationTable integrations,
        Five9Secrets secrets,
        PendingPassword toSend,
        PendingCredentials pending,
        CredentialGuard guard,
        Five9AdminClient five9,
        TimeProvider time,
        ILogger<ManagedRotation> logger)
    {
        (_users, _integrations, _secrets, _toSend, _pending, _guard, _five9) = (users, integrations, secrets, toSend, pending, guard, five9);
        (_time, _logger) = (time, logger);
    }

    /// <summary>An integration of the same user with another secret: changing the password would leave it with the old one. Null for none.</summary>
    public async Task<Integration?> InTheWayAsync(Integration integration, CancellationToken cancellationToken) =>
        (await _integrations.AllAsync(_ => { }, cancellationToken)).FirstOrDefault(other =>
            Five9UserTable.KeyOf(other) == Five9UserTable.KeyOf(integration) && !other.SecretName.Equals(integration.SecretName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it was refused not long ago, so that it takes a person to change something.</summary>
    public async Task<bool> IsRefusedAsync(Integration integration, CancellationToken cancellationToken) =>
        await _users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken) is { Value: var user } && PendingCredentials.Refusal(integration, user, _time.Now()) is not null;

    /// <param name="from">The version that is to be replaced: if another one is the newest, somebody was faster.</param>
    public async Task<RotationOutcome> RunAsync(Integration integration, string from, CancellationToken cancellationToken)
    {
        if (await InTheWayAsync(integration, cancellationToken) is { } other)
        {
            Log.NotManageable(_logger, integration.Id, integration.UserName, other.Id, other.SecretName);
            return RotationOutcome.Ended;
        }

        await _users.EnsureAsync(integration, cancellationToken);
        await using var lease = await _users.TryLeaseAsync(integration, cancellationToken);
        if (lease is null)
        {
            return RotationOutcome.Busy;
        }

        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            await RunAsync(integration, from, lease, call.Token);
            return RotationOutcome.Ended;
        }
        catch (Five9Exception e) when (e is Five9TransientException or Five9QuotaExceededException || e.LoginUnknown)
        {
            Log.Later(_logger, integration.Id, e.Message);
            return RotationOutcome.Later;
        }
        catch (Five9Exception e)
        {
            var again = _time.Now() + PendingCredentials.PauseAfterRefusal;
            await lease.RecordAsync(user => user.WithRefusal(PendingSecret.NameOf(integration.SecretName), again, e.Message), CancellationToken.None);
            Log.NotRotated(_logger, integration.Id, integration.UserName, e.Message, again);
            return RotationOutcome.Ended;
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return RotationOutcome.Later;
        }
    }

    private async Task RunAsync(Integration integration, string from, UserLease lease, CancellationToken cancellationToken)
    {
        if (PendingCredentials.IsOpen(integration, lease.User) && await _guard.CompletePendingRotationAsync(integration, lease, cancellationToken))
        {
            return;
        }

        if (await _secrets.NewestAsync(integration.SecretName, cancellationToken) is not SecretReading.Held { Secret: var current } || current.Version != from)
        {
            return;
        }

        var found = await _toSend.FindAsync(integration, current, lease, cancellationToken);
        var pending = found ?? await _toSend.MakeAsync(integration, current, lease, cancellationToken);
        if (pending is null)
        {
            return;
        }

        // From here on the new password may be the right one: whoever has the turn next looks before it logs in.
        await lease.RecordBeforeCallAsync(user => user.WithPending(PendingSecret.NameOf(integration.SecretName), pending.Version), cancellationToken);
        if (await IsSentAsync(integration, pending, found is null, lease, cancellationToken) && !await _guard.CompletePendingRotationAsync(integration, lease, cancellationToken))
        {
            Log.NotTaken(_logger, integration.Id, integration.UserName);
        }
    }

    /// <returns>Whether Five9 may have the new password.</returns>
    private async Task<bool> IsSentAsync(Integration integration, Five9Secret pending, bool isNew, UserLease lease, CancellationToken cancellationToken)
    {
        try
        {
            return await _guard.CallWithCurrentSecretAsync(
                integration,
                lease,
                async login =>
                {
                    await _five9.ChangePasswordAsync(login, pending.Password, cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (Five9CredentialRejectedException) when (!isNew)
        {
            return true; // whoever made it may have sent it
        }
        catch (Five9Exception e) when (e is Five9MisconfiguredException or Five9CredentialRejectedException && !e.LoginUnknown)
        {
            await _pending.DropAsync(integration, lease);
            throw;
        }
        catch (Five9Exception e) when (!e.LoginUnknown)
        {
            // Five9 said why it did nothing; the password is sent at the next try.
            await lease.RecordAsync(user => user.WithoutMark(PendingSecret.NameOf(integration.SecretName)), CancellationToken.None);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The password of {Integration} is not changed yet; it is tried again by itself. {Reason}")]
        public static partial void Later(ILogger logger, string integration, string reason);

        [LoggerMessage(2, LogLevel.Error, "The password of {UserName} ({Integration}) was not changed; the old one stays. {Reason} It is tried again after {Again}, or when POST /integrations/{Integration}/credential/rotate asks for it.")]
        public static partial void NotRotated(ILogger logger, string integration, string userName, string reason, Instant again);

        [LoggerMessage(3, LogLevel.Error, "Five9 does not take the new password of {UserName} ({Integration}), though it did not refuse to change it; imports go on with the old one if that works.")]
        public static partial void NotTaken(ILogger logger, string integration, string userName);

        [LoggerMessage(4, LogLevel.Error, "The password of {UserName} ({Integration}) cannot be managed, because {Other} names the secret {OtherSecret} for the same user: let both name one secret, or set Rotation to external.")]
        public static partial void NotManageable(ILogger logger, string integration, string userName, string other, string otherSecret);
    }
}
