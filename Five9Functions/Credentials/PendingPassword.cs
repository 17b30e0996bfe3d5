using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>The new password of a rotation, in the pending secret before Five9 gets it.</summary>
public sealed partial class PendingPassword(
    Five9Secrets secrets,
    SecretStore vault,
    PendingCredentials pendings,
    CredentialGuard guard,
    Five9AdminClient five9,
    IOptions<RotationOptions> options,
    TimeProvider time,
    ILogger<PendingPassword> logger)
{
    /// <summary>A password that somebody made and did not come to send; what is left of another rotation is deleted.</summary>
    /// <exception cref="Five9MisconfiguredException">The pending secret is that of another user or host.</exception>
    public async Task<Five9Secret?> FindAsync(Integration integration, Five9Secret current, UserLease lease, CancellationToken cancellationToken)
    {
        var name = PendingSecret.NameOf(integration.SecretName);
        if (await secrets.NewestAsync(name, cancellationToken) is not SecretReading.Held { Secret: var pending })
        {
            return null;
        }

        if (pending.RefusalFor(PendingSecret.Of(integration)) is var (problem, text))
        {
            // Five9 may know it, so it is neither sent nor deleted.
            throw new Five9MisconfiguredException(problem, text);
        }

        if (pending.Replaces == current.Version && lease.User.MarkOf(name)?.IsRejected(pending.Version) != true)
        {
            return pending;
        }

        await pendings.DropAsync(integration, lease);
        return null;
    }

    /// <summary>Makes one as Five9 wants it, and stores it as the pending secret. Null when Five9 rejects the present one, of which the guard tells.</summary>
    public async Task<Five9Secret?> MakeAsync(Integration integration, Five9Secret current, UserLease lease, CancellationToken cancellationToken)
    {
        PasswordPolicy policy;
        try
        {
            policy = await guard.CallWithCurrentSecretAsync(integration, lease, login => five9.GetPasswordPolicyAsync(login, cancellationToken), cancellationToken);
        }
        catch (Five9CredentialRejectedException)
        {
            return null;
        }

        var (password, expires) = (PasswordGenerator.For(policy), time.Now() + (policy.ExpiresDays > 0 ? Duration.FromDays(policy.ExpiresDays) : Duration.FromTimeSpan(options.Value.Lifetime)));
        var version = await vault.StoreAsync(PendingSecret.Of(integration), password, expires, (Five9Secret.ReplacesTag, current.Version));
        Log.Made(logger, integration.Id, integration.UserName, PendingSecret.NameOf(integration.SecretName));
        return new Five9Secret { Version = version, UserName = integration.UserName, Password = password, Expires = expires };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A new password of {UserName} ({Integration}) was made; it is in the secret {Pending} until Five9 has it.")]
        public static partial void Made(ILogger logger, string integration, string userName, string pending);
    }
}
