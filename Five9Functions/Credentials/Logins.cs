using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>A login with the name of its version, the version's id in the vault: another version is another secret. Never prints the password.</summary>
public sealed record Five9Credential(Five9Login Login, string Version)
{
    /// <summary>It came over HTTP and was stored untried: such logins are counted.</summary>
    public bool IsSent { get; init; }

    public override string ToString() => Login.ToString();
}

/// <summary>The logins of the integrations. Their passwords are in the key vault and nowhere else: docs/credentials.md.</summary>
public sealed class Logins
{
    private readonly Five9Secrets _secrets;
    private readonly Five9Hosts _hosts;
    private readonly TimeProvider _time;

    public Logins(Five9Secrets secrets, Five9Hosts hosts, TimeProvider time) => (_secrets, _hosts, _time) = (secrets, hosts, time);

    /// <exception cref="Five9MisconfiguredException">
    /// The host is not allowed; or the secret is missing, disabled, not valid now, not of our form, that of another user or host, or refused to the app.
    /// </exception>
    /// <exception cref="Five9TransientException">The vault does not answer, and has not since the app was started.</exception>
    public ValueTask<Five9Credential> ForAsync(Integration integration, CancellationToken cancellationToken) => ForAsync(integration, notVersion: null, cancellationToken);

    /// <summary>The credential that is newest, after another look into the vault if it would be <paramref name="notVersion"/>. It can still be that version.</summary>
    /// <inheritdoc cref="ForAsync(Integration, CancellationToken)" path="/exception"/>
    public async ValueTask<Five9Credential> ForAsync(Integration integration, string? notVersion, CancellationToken cancellationToken)
    {
        _hosts.Require(integration);
        var reading = await _secrets.GetAsync(integration.SecretName, notVersion, cancellationToken);

        // The vault may have a version by now that fits.
        return reading is SecretReading.Held { Secret: var secret } && secret.RefusalFor(integration) is not null
            ? await NewestAsync(integration, cancellationToken) : For(integration, reading);
    }

    /// <summary>The credential that is newest right now, from the vault itself. What is in memory does not serve, also while the vault does not answer.</summary>
    /// <inheritdoc cref="ForAsync(Integration, CancellationToken)" path="/exception"/>
    public async ValueTask<Five9Credential> NewestAsync(Integration integration, CancellationToken cancellationToken)
    {
        _hosts.Require(integration);
        return For(integration, await _secrets.NewestAsync(integration.SecretName, cancellationToken));
    }

    /// <summary>Whether a version of a secret has the password of a login, as far as can be told: no when that version is no longer the newest, or cannot be had.</summary>
    public async ValueTask<bool> IsPasswordOfAsync(string secret, string version, Five9Login login, CancellationToken cancellationToken) =>
        await _secrets.GetAsync(secret, notVersion: null, cancellationToken) is SecretReading.Held { Secret: var held } && held.Version == version && held.Password == login.Password;

    private Five9Credential For(Integration integration, SecretReading reading) => reading switch
    {
        SecretReading.Held { Secret: var secret } => For(integration, secret, _time.Now()),
        SecretReading.Refused { Error: var (problem, text) } => throw new Five9MisconfiguredException(problem, text),
        SecretReading.Unreachable { Text: var text, RetryAfter: var retryAfter } => throw new Five9TransientException(ImportProblem.VaultUnavailable, text, retryAfter: retryAfter),
        _ => throw new InvalidOperationException($"A secret's reading {reading.GetType().Name} is not known."),
    };

    // Key Vault hands out secrets that have expired or are not valid yet: it leaves that to whoever reads them.
    private static Five9Credential For(Integration integration, Five9Secret secret, Instant now)
    {
        if (secret.Expires <= now)
        {
            throw new Five9MisconfiguredException(ImportProblem.SecretExpired, $"The secret {integration.SecretName} expired at {secret.Expires}: store a new version, or move its expiry.");
        }

        if (secret.NotBefore > now)
        {
            throw new Five9MisconfiguredException(ImportProblem.SecretNotYetValid, $"The secret {integration.SecretName} is not valid before {secret.NotBefore}: store a version that is, or move that time.");
        }

        if (secret.RefusalFor(integration) is var (problem, text))
        {
            throw new Five9MisconfiguredException(problem, text);
        }

        return new Five9Credential(new Five9Login(integration.Host, integration.UserName, secret.Password), secret.Version) { IsSent = secret.IsSent };
    }
}
