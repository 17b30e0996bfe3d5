using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Five9Functions.Five9;
using Microsoft.Extensions.Options;

namespace Five9Functions.Integrations;

/// <summary>A login with the name of its version: two versions differ exactly when the secret does. Never prints the password.</summary>
public sealed record Five9Credential(Five9Login Login, string Version)
{
    public override string ToString() => Login.ToString();
}

/// <summary>The only place that knows where passwords are: for now the configuration section <c>Integrations</c>.</summary>
public sealed class Credentials(IOptions<IntegrationOptions> options)
{
    // Slow on purpose: the version is stored, and must not be a way to guess the password.
    private const int Iterations = 210_000;

    private readonly ConcurrentDictionary<(string UserName, string Password), string> _versions = new();

    /// <exception cref="Five9MisconfiguredException">No password is configured for the integration.</exception>
    public ValueTask<Five9Credential> ForAsync(Integration integration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!options.Value.Integrations.TryGetValue(integration.Id, out var settings) || settings.Password.Length == 0)
        {
            throw new Five9MisconfiguredException(SliceProblem.PasswordMissing, $"No password is configured for the integration {integration.Id}: set {IntegrationSettings.Section}:{integration.Id}:Password.");
        }

        var version = _versions.GetOrAdd((integration.UserName, settings.Password), static key => Version(key.UserName, key.Password));
        return new(new Five9Credential(new Five9Login(integration.Host, integration.UserName, settings.Password), version));
    }

    private static string Version(string userName, string password) => Convert.ToHexStringLower(
        Rfc2898DeriveBytes.Pbkdf2(password, Encoding.UTF8.GetBytes($"five9functions|{userName.ToLowerInvariant()}"), Iterations, HashAlgorithmName.SHA256, 16));
}
