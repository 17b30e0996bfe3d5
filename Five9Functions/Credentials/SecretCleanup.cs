using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Five9Functions.Credentials;

/// <summary>What is left in the vault after rotations: old versions, and a pending secret that nobody needs or that waits to be sent.</summary>
public sealed partial class SecretCleanup
{
    private readonly Five9UserTable _users;
    private readonly Five9Secrets _secrets;
    private readonly SecretStore _vault;
    private readonly RotationOptions _options;
    private readonly ILogger<SecretCleanup> _logger;

    public SecretCleanup(Five9UserTable users, Five9Secrets secrets, SecretStore vault, IOptions<RotationOptions> options, ILogger<SecretCleanup> logger) =>
        (_users, _secrets, _vault, _options, _logger) = (users, secrets, vault, options.Value, logger);

    /// <summary>Whether a password was made for this version that nobody came to send.</summary>
    public async Task<bool> IsHalfDoneAsync(Integration integration, Five9Secret secret, CancellationToken cancellationToken) =>
        await PendingAsync(integration, cancellationToken) is { } pending && pending.Replaces == secret.Version;

    /// <summary>Disables versions whose grace period is over, and deletes a pending secret that is for a version replaced since.</summary>
    public async Task RunAsync(Integration integration, CancellationToken cancellationToken)
    {
        try
        {
            if (await _vault.DisableReplacedAsync(integration.SecretName, _options.GracePeriod) is > 0 and var disabled)
            {
                Log.Disabled(_logger, disabled, integration.SecretName);
            }

            var name = PendingSecret.NameOf(integration.SecretName);
            if (await PendingAsync(integration, cancellationToken) is { } pending
                && await _users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken) is { Value: var user } && user.MarkOf(name) is null
                && await _secrets.NewestAsync(integration.SecretName, cancellationToken) is SecretReading.Held { Secret: var newest } && pending.Replaces != newest.Version
                && user.MarkOf(integration.SecretName) is { State: VersionState.InForce } mark && mark.Version == newest.Version)
            {
                await _vault.DeleteAsync(name, cancellationToken);
            }
        }
        catch (Five9Exception e)
        {
            Log.NotTidied(_logger, integration.SecretName, e.Message);
        }
    }

    private async Task<Five9Secret?> PendingAsync(Integration integration, CancellationToken cancellationToken) =>
        await _secrets.NewestAsync(PendingSecret.NameOf(integration.SecretName), cancellationToken) is SecretReading.Held { Secret: var pending } ? pending : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} old versions of the secret {Secret} were disabled.")]
        public static partial void Disabled(ILogger logger, int count, string secret);

        [LoggerMessage(2, LogLevel.Warning, "Old versions of the secret {Secret} could not be tidied up; it is tried again. {Reason}")]
        public static partial void NotTidied(ILogger logger, string secret, string reason);
    }
}
