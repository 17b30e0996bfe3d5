using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>What came of a password that a person sent.</summary>
public enum ReplacementOutcome
{
    Replaced,

    /// <summary>Five9 rejected it now, or is known to.</summary>
    Rejected,

    /// <summary>So many did not work within an hour that another one could lock the user.</summary>
    TriesUsed,

    /// <summary>Somebody else has the user's turn.</summary>
    Busy,

    /// <summary>Five9 did not say whether it takes it.</summary>
    Unknown,

    /// <summary>The vault did not take it.</summary>
    NotStored,
}

/// <summary>What came of it, and in a sentence why nothing was changed.</summary>
/// <param name="Again">When another password may be sent, where that is known.</param>
public sealed record Replacement(ReplacementOutcome Outcome, string Why = "", Instant? Again = null);

/// <summary>
/// Replaces a password by one that a person sends, after Five9 took it: a bad one changes nothing. It is a login like any other, so it
/// is counted in the user's row before it is made, and three bad ones in an hour are all that there will be.
/// </summary>
public sealed partial class ReplaceCredential
{
    private readonly Five9UserTable _users;
    private readonly Five9Secrets _secrets;
    private readonly Logins _credentials;
    private readonly SecretStore _vault;
    private readonly CredentialGuard _guard;
    private readonly SliceWaker _waiting;
    private readonly SecretTurns _turns;
    private readonly TimeProvider _time;
    private readonly ILogger<ReplaceCredential> _logger;

    public ReplaceCredential(
        Five9UserTable users,
        Five9Secrets secrets,
        Logins credentials,
        SecretStore vault,
        CredentialGuard guard,
        SliceWaker waiting,
        SecretTurns turns,
        TimeProvider time,
        ILogger<ReplaceCredential> logger) =>
        (_users, _secrets, _credentials, _vault, _guard, _waiting, _turns, _time, _logger) = (users, secrets, credentials, vault, guard, waiting, turns, time, logger);

    /// <summary>Why no password that comes over HTTP is tried for now, and what to do.</summary>
    public static string TriesUsed(Integration integration, Instant again) =>
        $"{Five9User.MaxSentLogins} passwords of {integration.UserName} that were sent within an hour did not work, "
        + "and one more may lock the user in Five9, so this one was not tried and nothing was changed. "
        + $"Send it after {again}, or store it as a new version of the secret {integration.SecretName} in the key vault: a version there is tried at once.";

    public async Task<Replacement> RunAsync(Integration integration, string password, Instant? expires, CancellationToken cancellationToken)
    {
        var key = await _users.EnsureAsync(integration, cancellationToken);
        await using (var lease = await _users.TryLeaseAsync(key, cancellationToken))
        {
            if (lease is null)
            {
                return new(ReplacementOutcome.Busy, $"An import has the turn of {integration.UserName}; nothing was changed. Send the password again in a few seconds.");
            }

            using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
            var login = new Five9Login(integration.Host, integration.UserName, password);
            if (await TryAsync(integration, login, lease, call.Token) is { } refused)
            {
                return refused;
            }

            if (await StoreAsync(integration, password, expires, lease) is { } notStored)
            {
                return notStored;
            }
        }

        await _secrets.NewestAsync(integration.SecretName, cancellationToken);
        await _waiting.SendNowAsync(key, cancellationToken);
        return new(ReplacementOutcome.Replaced);
    }

    /// <summary>Lets a password that counts as rejected, or as unproven, be tried once more; that counts as one that was sent.</summary>
    /// <returns>Whether there was anything to clear.</returns>
    public async Task<bool> ClearAsync(Integration integration, CancellationToken cancellationToken)
    {
        var key = await _users.EnsureAsync(integration, cancellationToken);
        var cleared = false;
        await _users.UpdateAsync(
            key,
            user =>
            {
                var next = user.WithRetry(integration.SecretName);
                cleared = !ReferenceEquals(next, user);
                return next;
            },
            cancellationToken);
        if (cleared)
        {
            Log.Cleared(_logger, integration.Id, integration.UserName);
            await _waiting.SendNowAsync(key, cancellationToken);
        }

        return cleared;
    }

    /// <returns>Null when Five9 takes it.</returns>
    private async Task<Replacement?> TryAsync(Integration integration, Five9Login login, UserLease lease, CancellationToken cancellationToken)
    {
        var began = _time.Now();
        if (lease.User.SentLoginAt(began) is { } again)
        {
            return new(ReplacementOutcome.TriesUsed, TriesUsed(integration, again), again);
        }

        foreach (var (secret, mark) in lease.User.Versions.Where(v => v.Value.State == VersionState.Rejected))
        {
            if (await _credentials.IsPasswordOfAsync(secret, mark.Version, login, cancellationToken))
            {
                return new(
                    ReplacementOutcome.Rejected,
                    $"This is the password in the secret {secret}, and Five9 rejected that one: it was not tried again, and nothing was changed. If it is right by now, POST /integrations/{integration.Id}/credential/retry.");
            }
        }

        await lease.RecordBeforeCallAsync(user => user.WithSentLogin(began), cancellationToken);
        try
        {
            await _guard.PingAsync(login, cancellationToken);
            await lease.RecordAsync(user => user.WithoutSentLogins(), CancellationToken.None);
            return null;
        }
        catch (Five9CredentialRejectedException e)
        {
            Log.Rejected(_logger, integration.Id, integration.UserName, e.Message);
            return new(ReplacementOutcome.Rejected, $"{e.Message} Nothing was changed.");
        }
        catch (Five9Exception e)
        {
            if (!e.LoginUnknown)
            {
                await lease.RecordAsync(user => user.WithoutSentLogin(began), CancellationToken.None);
            }

            return new(ReplacementOutcome.Unknown, $"{e.Message} Nothing was changed.");
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
        {
            return new(ReplacementOutcome.Unknown, $"The turn of the Five9 user {integration.UserName} was lost during the login. Nothing was changed.");
        }
    }

    // Nobody may give up in between: whoever has the turn next must know the version.
    private async Task<Replacement?> StoreAsync(Integration integration, string password, Instant? expires, UserLease lease)
    {
        try
        {
            await using var turn = await _turns.TakeAsync(integration.SecretName, CancellationToken.None);
            var version = await _vault.StoreAsync(integration, password, expires);
            await lease.RecordAsync(user => user.WithTaken(integration.SecretName, version), CancellationToken.None);
            Log.Replaced(_logger, integration.Id, integration.UserName, version, integration.SecretName);
            return null;
        }
        catch (Five9Exception e)
        {
            return new(ReplacementOutcome.NotStored, $"Five9 takes the password, but {char.ToLowerInvariant(e.Message[0])}{e.Message[1..]}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A person replaced the password of {UserName} ({Integration}): it is version {Version} of the secret {Secret}.")]
        public static partial void Replaced(ILogger logger, string integration, string userName, string version, string secret);

        [LoggerMessage(2, LogLevel.Warning, "A password that a person sent for {UserName} ({Integration}) does not work; nothing was changed. {Reason}")]
        public static partial void Rejected(ILogger logger, string integration, string userName, string reason);

        [LoggerMessage(3, LogLevel.Information, "A person lets the password of {UserName} ({Integration}) be tried once more.")]
        public static partial void Cleared(ILogger logger, string integration, string userName);
    }
}
