using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>
/// Lets a call to Five9 be made with a credential that may be good, and keeps in the user's row what Five9 made of it, so that no
/// password is ever a bad login twice, whichever instance calls and whenever one dies. It works under the user's lease.
/// </summary>
public sealed partial class CredentialGuard(Logins credentials, PendingCredentials pending, Five9AdminClient five9, IOptions<ImportOptions> options, TimeProvider time, ILogger<CredentialGuard> logger)
{
    // A service that hangs is not asked again at once with a password that nobody has seen it take; longer each time.
    private static readonly Duration PauseAfterSilence = Duration.FromMinutes(15);

    /// <exception cref="Five9CredentialRejectedException">Five9 refused the newest version now or before; nothing is called with it again.</exception>
    /// <exception cref="Five9Exception">The secret cannot be had, or the call did not succeed.</exception>
    /// <exception cref="OperationCanceledException">The lease was lost, or the caller gave up.</exception>
    public async Task<T> CallAsync<T>(Integration integration, UserLease lease, Func<Five9Login, Task<T>> call, CancellationToken cancellationToken)
    {
        if (PendingCredentials.IsOpen(integration, lease.User))
        {
            await CompletePendingRotationAsync(integration, lease, cancellationToken);
        }

        try
        {
            return await CallWithCurrentSecretAsync(integration, lease, call, cancellationToken);
        }
        catch (Five9CredentialRejectedException) when (PendingCredentials.MayBe(integration, lease.User))
        {
            if (!await CompletePendingRotationAsync(integration, lease, cancellationToken))
            {
                throw;
            }
        }

        return await CallWithCurrentSecretAsync(integration, lease, call, cancellationToken);
    }

    /// <summary>
    /// A call of another of Five9's services, beside the imports. With a password that Five9 is known to take it needs their turn no
    /// more than they need this one's; any other is tried in their turn, so that nobody else tries it at the same time.
    /// </summary>
    /// <param name="lease">The turn of that service.</param>
    /// <param name="importsTurn">Takes the turn of imports; null while another call has it.</param>
    /// <inheritdoc cref="CallAsync{T}(Integration, UserLease, Func{Five9Login, Task{T}}, CancellationToken)" path="/exception"/>
    public async Task<T> CallFromRealTimeAsync<T>(
        Integration integration, UserLease lease, Func<Task<UserLease?>> importsTurn, Func<Five9Login, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (!PendingCredentials.IsOpen(integration, lease.User) && lease.User.MarkOf(integration.SecretName) is { State: VersionState.InForce } mark)
        {
            var credential = await NewestAsync(integration, mark, cancellationToken);
            if (credential.Version == mark.Version)
            {
                return await CallAsync(integration, credential.Version, lease, () => call(credential.Login, cancellationToken));
            }
        }

        await using var turn = await importsTurn() ?? throw new Five9TransientException(
            ImportProblem.UserBusy, $"The password of {integration.UserName} has yet to prove good, and an import has the user's turn: the next poll tries it.");
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, turn.Lost);
        var result = await CallAsync(integration, turn, login => call(login, both.Token), both.Token);
        await lease.RecordAsync(user => user, cancellationToken); // what was noted of the password
        return result;
    }

    /// <summary>Tries the pending password of a rotation that somebody did not finish: <see cref="PendingCredentials.CompletePendingRotationAsync"/>.</summary>
    public Task<bool> CompletePendingRotationAsync(Integration integration, UserLease lease, CancellationToken cancellationToken) =>
        pending.CompletePendingRotationAsync(integration, lease, with => LogInAsync(with, lease, cancellationToken), cancellationToken);

    /// <summary>A call that costs Five9 nothing and changes nothing: what counts is that it takes the login.</summary>
    /// <inheritdoc cref="CallAsync{T}(Integration, UserLease, Func{Five9Login, Task{T}}, CancellationToken)" path="/exception"/>
    public Task LogInAsync(Integration integration, UserLease lease, CancellationToken cancellationToken) =>
        CallWithCurrentSecretAsync(integration, lease, login => PingAsync(login, cancellationToken), cancellationToken);

    /// <inheritdoc cref="LogInAsync"/>
    public Task<IReadOnlyList<CallCounter>> PingAsync(Five9Login login, CancellationToken cancellationToken) => five9.GetCallCountersAsync(login, cancellationToken);

    /// <summary>With the integration's own secret, whatever is pending.</summary>
    internal async Task<T> CallWithCurrentSecretAsync<T>(Integration integration, UserLease lease, Func<Five9Login, Task<T>> call, CancellationToken cancellationToken)
    {
        var mark = lease.User.MarkOf(integration.SecretName);
        var credential = await NewestAsync(integration, mark, cancellationToken);
        var (secret, version) = (integration.SecretName, credential.Version);
        if (mark is { State: VersionState.InForce } && mark.Version == version)
        {
            return await CallAsync(integration, version, lease, () => call(credential.Login));
        }

        await RequireUnjudgedAsync(integration, lease, mark, credential, cancellationToken);
        var (began, isSent) = (time.Now(), IsSent(credential, mark));
        if (isSent)
        {
            RequireSentLogin(integration, lease.User, began);
        }

        // Before the call: an instance that dies in the middle leaves a trace.
        await lease.RecordBeforeCallAsync(
            user => user.MarkOf(secret) == mark ? (isSent ? user.WithSentLogin(began) : user).WithTry(secret, version) : null, cancellationToken);
        try
        {
            var result = await CallAsync(integration, version, lease, () => call(credential.Login));
            await lease.RecordAsync(user => user.WithAccepted(secret, version).WithoutSentLogins(), cancellationToken);
            return result;
        }
        catch (Five9Exception e) when (e is not Five9CredentialRejectedException)
        {
            await lease.RecordAsync(
                user => e.LoginUnknown ? user.WithUnansweredTry(secret, version, time.Now(), PauseAfterSilence)
                    : (isSent ? user.WithoutSentLogin(began) : user).WithoutTry(secret, version),
                CancellationToken.None);
            throw;
        }
    }

    private async Task<T> CallAsync<T>(Integration integration, string version, UserLease lease, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Five9CredentialRejectedException e)
        {
            await RejectAsync(integration, version, lease, e.Message, e.Error.Problem);
            throw;
        }
    }

    /// <summary>The version that may be in use, or else the one that is newest right now: what another instance has seen rejected, or replaced, may still be in memory here.</summary>
    private async Task<Five9Credential> NewestAsync(Integration integration, VersionMark? mark, CancellationToken cancellationToken)
    {
        var credential = await credentials.ForAsync(integration, mark is { State: not VersionState.InForce } ? mark.Version : null, cancellationToken);
        return mark is null || mark.Version == credential.Version ? credential : await credentials.NewestAsync(integration, cancellationToken);
    }

    private async Task RequireUnjudgedAsync(Integration integration, UserLease lease, VersionMark? mark, Five9Credential credential, CancellationToken cancellationToken)
    {
        if (mark?.Version != credential.Version || mark is { State: VersionState.Trying, Tries: 0 })
        {
            if (await RejectedElsewhereAsync(integration, lease.User, credential, cancellationToken) is { } elsewhere)
            {
                // The mark may still be that of the version before.
                await lease.RecordBeforeCallAsync(user => user.WithTry(integration.SecretName, credential.Version), cancellationToken);
                throw await RejectAsync(
                    integration, credential.Version, lease, $"The secret {integration.SecretName} holds the same password as the secret {elsewhere}, and Five9 rejected that one for {integration.UserName}.");
            }
        }
        else if (mark.State == VersionState.Rejected)
        {
            throw new Five9CredentialRejectedException(mark.Reason, mark.Problem);
        }
        else if (mark.TryAgainAt is { } again && again > time.Now())
        {
            throw new Five9TransientException(
                ImportProblem.CredentialUnproven,
                $"Nobody knows whether Five9 takes the password in the secret {integration.SecretName}: it gave no answer that tells to {mark.Tries} of at most {VersionMark.MaxTries} logins of {integration.UserName}. The next one is at {again}, because it may be a bad one.",
                retryAfter: Duration.Min(again - time.Now(), Duration.FromTimeSpan(options.Value.CredentialCheck)).ToTimeSpan());
        }
        else if (mark.Tries >= VersionMark.MaxTries)
        {
            throw await RejectAsync(
                integration,
                credential.Version,
                lease,
                $"{mark.Tries} logins of {integration.UserName} with the password in the secret {integration.SecretName} ended without an answer that tells whether Five9 takes it; each may have been a bad one, so it counts as rejected.");
        }
    }

    // A version that was stored in the vault by hand is tried whatever came over HTTP.
    private static bool IsSent(Five9Credential credential, VersionMark? mark) =>
        credential.IsSent || (mark is { IsRetried: true } && mark.Version == credential.Version);

    private void RequireSentLogin(Integration integration, Five9User user, Instant now)
    {
        if (user.SentLoginAt(now) is { } at)
        {
            throw new Five9TransientException(
                ImportProblem.CredentialUnproven,
                $"{Five9User.MaxSentLogins} passwords of {integration.UserName} that came over HTTP within an hour did not work, "
                + "and one more may lock the user in Five9: "
                + $"the newest version of the secret {integration.SecretName} came over HTTP too, so it is tried at {at}. "
                + "A version that is stored in the key vault itself is tried at once.",
                retryAfter: Duration.Min(at - now, Duration.FromTimeSpan(options.Value.CredentialCheck)).ToTimeSpan());
        }
    }

    /// <summary>Another secret of the user that holds this very password, and was rejected; null for none. Only in memory can two passwords be compared.</summary>
    private async Task<string?> RejectedElsewhereAsync(Integration integration, Five9User user, Five9Credential credential, CancellationToken cancellationToken)
    {
        foreach (var (secret, mark) in user.Versions.Where(v => v.Value.State == VersionState.Rejected && !v.Key.Equals(integration.SecretName, StringComparison.OrdinalIgnoreCase)))
        {
            if (await credentials.IsPasswordOfAsync(secret, mark.Version, credential.Login, cancellationToken))
            {
                return secret;
            }
        }

        return null;
    }

    // Written whatever becomes of the message, and before the lease is released: whoever has it next must know.
    private async Task<Five9CredentialRejectedException> RejectAsync(
        Integration integration, string version, UserLease lease, string reason, ImportProblem problem = ImportProblem.CredentialRejected)
    {
        await lease.RecordAsync(user => user.WithRejected(integration.SecretName, version, reason, problem), CancellationToken.None);
        Log.Rejected(logger, integration.Id, integration.UserName, version, integration.SecretName, reason);
        return new Five9CredentialRejectedException(reason, problem);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Five9 rejected the credential of {UserName} ({Integration}), version {Version} of the secret {Secret}; no call is made with it again. {Reason}")]
        public static partial void Rejected(ILogger logger, string integration, string userName, string version, string secret, string reason);
    }
}
