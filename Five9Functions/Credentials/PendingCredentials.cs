using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>
/// The second half of a rotation, for whoever comes first after Five9 may know the new password: the one who rotates, or, when that
/// one died, whoever has the user's turn next. Each step can be done again.
/// </summary>
public sealed partial class PendingCredentials
{
    internal static readonly Duration PauseAfterRefusal = Duration.FromHours(6);

    private readonly Five9Secrets _secrets;
    private readonly SecretStore _vault;
    private readonly RotationOptions _options;
    private readonly ILogger<PendingCredentials> _logger;

    public PendingCredentials(Five9Secrets secrets, SecretStore vault, IOptions<RotationOptions> options, ILogger<PendingCredentials> logger) =>
        (_secrets, _vault, _options, _logger) = (secrets, vault, options.Value, logger);

    /// <summary>Five9 was sent a new password, and nobody has seen the end of it: which one is in force is not known without looking.</summary>
    public static bool IsOpen(Integration integration, Five9User user) => MarkOf(integration, user) is { State: VersionState.Trying or VersionState.InForce };

    /// <summary>What refused the last rotation, which a person must see to first; null when none was refused, or it is time to try again.</summary>
    public static VersionMark? Refusal(Integration integration, Five9User user, Instant now) => MarkOf(integration, user) is { State: VersionState.Rejected, TryAgainAt: { } again } mark && again > now ? mark : null;

    /// <summary>There may be a pending password, though nothing says that it was sent.</summary>
    public static bool MayBe(Integration integration, Five9User user) =>
        integration.Rotation == CredentialRotation.Managed && MarkOf(integration, user) is not { State: VersionState.Rejected };

    /// <summary>Tries the pending password, once, and makes it the integration's if Five9 takes it.</summary>
    /// <param name="logIn">A login under the user's lease as the integration that it gets, with all that is noted of it.</param>
    /// <returns>Whether the integration's secret has the password by now.</returns>
    /// <exception cref="Five9Exception">Nobody knows yet: the vault or Five9 did not answer.</exception>
    public async Task<bool> CompletePendingRotationAsync(Integration integration, UserLease lease, Func<Integration, Task> logIn, CancellationToken cancellationToken)
    {
        var pending = PendingSecret.Of(integration);
        switch (await _secrets.NewestAsync(pending.SecretName, cancellationToken))
        {
            case SecretReading.Unreachable { Text: var text, RetryAfter: var retryAfter }:
                throw new Five9TransientException(ImportProblem.VaultUnavailable, text, retryAfter: retryAfter);

            case SecretReading.Refused { Error: { Problem: ImportProblem.VaultRefused } error }:
                throw new Five9MisconfiguredException(error.Problem, error.Text);

            case SecretReading.Refused:
                // It was deleted when all was done, or by a person.
                await lease.RecordAsync(user => user.WithoutMark(pending.SecretName), cancellationToken);
                return false;

            case SecretReading.Held { Secret: var secret } when secret.RefusalFor(pending) is { Text: var why }:
                Log.NotOurs(_logger, integration.Id, pending.SecretName, why, integration.SecretName);
                return false;

            case SecretReading.Held { Secret: var secret }:
                if (MarkOf(integration, lease.User) is not { State: VersionState.InForce } mark || mark.Version != secret.Version)
                {
                    try
                    {
                        await logIn(pending);
                    }
                    catch (Five9CredentialRejectedException)
                    {
                        return false; // noted by whoever logged in
                    }
                }

                await AdoptAsync(integration, pending, secret, lease, cancellationToken);
                return true;

            default:
                return false;
        }
    }

    /// <summary>Five9 never got it, or did not take it.</summary>
    public async Task DropAsync(Integration integration, UserLease lease)
    {
        var name = PendingSecret.NameOf(integration.SecretName);
        await _vault.DeleteAsync(name);
        await lease.RecordAsync(user => user.WithoutMark(name), CancellationToken.None);
    }

    private static VersionMark? MarkOf(Integration integration, Five9User user) => user.MarkOf(PendingSecret.NameOf(integration.SecretName));

    private async Task AdoptAsync(Integration integration, Integration pending, Five9Secret secret, UserLease lease, CancellationToken cancellationToken)
    {
        // Whoever died may have come so far.
        var version = await _secrets.NewestAsync(integration.SecretName, cancellationToken) is SecretReading.Held { Secret: var main } && main.Password == secret.Password
            ? main.Version
            : await _vault.StoreAsync(integration, secret.Password, secret.Expires, (Five9Secret.OursTag, integration.Rotation.Code()));
        await lease.RecordAsync(user => user.WithTaken(integration.SecretName, version), CancellationToken.None);
        Log.Adopted(_logger, integration.Id, integration.UserName, version, integration.SecretName);
        try
        {
            await _secrets.NewestAsync(integration.SecretName, cancellationToken);
            await _vault.DisableReplacedAsync(integration.SecretName, _options.GracePeriod);
            await DropAsync(integration, lease);
        }
        catch (Five9Exception e)
        {
            // The password works; the rest is tidied up at the next look.
            Log.NotTidied(_logger, integration.Id, pending.SecretName, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Warning, "The new password of {Integration} in the secret {Pending} is not tried. {Reason} If Five9 has it already, store it as a new version of the secret {Secret} that names the host; then delete {Pending}.")]
        public static partial void NotOurs(ILogger logger, string integration, string pending, string reason, string secret);

        [LoggerMessage(1, LogLevel.Information, "Five9 takes the new password of {UserName} ({Integration}): it is version {Version} of the secret {Secret}.")]
        public static partial void Adopted(ILogger logger, string integration, string userName, string version, string secret);

        [LoggerMessage(2, LogLevel.Warning, "The password of {Integration} is changed, but the secret {Pending} is still there; it is deleted later. {Reason}")]
        public static partial void NotTidied(ILogger logger, string integration, string pending, string reason);
    }
}
