using System.Globalization;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Microsoft.Extensions.Options;

namespace Five9Functions.Credentials;

/// <summary>Puts passwords into the key vault, once each, where nothing of somebody else's is. What it says of a failure never quotes a value.</summary>
internal sealed class SecretWriter(SecretClient vault, SecretReader reader, IOptions<KeyVaultOptions> options, TimeProvider time)
{
    private string Host => vault.VaultUri.Host;

    /// <summary>A password may be stored under the name: nothing is there, or something of our form. Whether the vault takes it, only storing shows.</summary>
    /// <exception cref="Five9MisconfiguredException">Something else is there, or the vault refuses the app.</exception>
    /// <exception cref="Five9TransientException">The vault does not answer.</exception>
    public async Task RequireOursAsync(string name)
    {
        switch (await reader.ReadAsync(name))
        {
            case SecretReading.Refused { Error: { Problem: ImportProblem.SecretUnreadable } }:
                throw new Five9MisconfiguredException(
                    ImportProblem.SecretUnreadable, $"The secret {name} of the key vault {Host} holds something that is not the importer's, so it is not written over: name another secret.");

            case SecretReading.Refused { Error: { Problem: ImportProblem.VaultRefused, Text: var text } }:
                throw new Five9MisconfiguredException(ImportProblem.VaultRefused, $"{text} To store passwords it needs the role Key Vault Secrets Officer as well.");

            case SecretReading.Unreachable { Text: var text, RetryAfter: var retryAfter }:
                throw new Five9TransientException(ImportProblem.VaultUnavailable, text, retryAfter: retryAfter);
        }
    }

    /// <summary>
    /// Why the newest version of the integration's secret must not be sent for it; null when it may, or none can be read: it is judged again before it is sent.
    /// </summary>
    public async Task<ImportError?> RefusalForAsync(Integration integration) =>
        await reader.ReadAsync(integration.SecretName) is SecretReading.Held { Secret: var secret } ? secret.RefusalFor(integration) : null;

    /// <returns>The id of the new version.</returns>
    /// <exception cref="Five9MisconfiguredException">The vault refuses it.</exception>
    /// <exception cref="Five9TransientException">The vault does not answer; it may have stored the password all the same.</exception>
    public async Task<string> WriteAsync(Integration integration, string password)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            return await vault.StoreAsync(integration.SecretName, integration.Id, integration.UserName, password, integration.Host, timeout.Token, sent: true);
        }
        catch (RequestFailedException e) when (e.Status is 0 or 408 or 429 or >= 500)
        {
            throw Unavailable(integration, e.Status == 0 ? "it could not be reached" : $"HTTP {e.Status}");
        }
        catch (RequestFailedException e)
        {
            throw new Five9MisconfiguredException(ImportProblem.VaultRefused, e.Status == 409
                ? $"The key vault {Host} has deleted the secret {integration.SecretName} but keeps its name: recover or purge it there, or name another secret."
                : $"The key vault {Host} did not let the app store the secret {integration.SecretName} (HTTP {e.Status}): give its identity the role Key Vault Secrets Officer, "
                    + "or store the password there yourself (docs/credentials.md), leave it out here and name the secret.");
        }
        catch (AuthenticationFailedException)
        {
            throw Unavailable(integration, "the app could not get a token for it: see whether its identity is set up");
        }
        catch (IOException)
        {
            throw Unavailable(integration, "the connection broke");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw Unavailable(integration, string.Create(CultureInfo.InvariantCulture, $"no answer within {options.Value.Timeout.TotalSeconds:0} s"));
        }
    }

    private Five9TransientException Unavailable(Integration integration, string why) =>
        new(ImportProblem.VaultUnavailable, $"The key vault {Host} did not say that it stored the secret {integration.SecretName} ({why}): send the password again.");
}
