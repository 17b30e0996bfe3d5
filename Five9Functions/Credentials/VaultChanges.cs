using System.Globalization;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>Stores, disables and deletes the versions of passwords. What it says of a failure never quotes a value.</summary>
internal sealed class VaultChanges(SecretClient vault, IOptions<KeyVaultOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private string Host => vault.VaultUri.Host;

    /// <summary>Stores a new version, enabled. A secret that was deleted but keeps its name is recovered for it.</summary>
    /// <param name="tags">Besides that of the integration.</param>
    /// <returns>The version's id.</returns>
    /// <exception cref="Five9MisconfiguredException">The vault refuses it.</exception>
    /// <exception cref="Five9TransientException">The vault does not answer; it may have stored it all the same.</exception>
    public Task<string> StoreAsync(Integration integration, string password, Instant? expires, params (string Name, string Value)[] tags) => AskAsync($"store the secret {integration.SecretName}", async token =>
    {
        var content = new KeyVaultSecret(integration.SecretName, Five9Secret.Content(integration.UserName, password, integration.Host))
        {
            Properties = { ContentType = Five9Secret.ContentType, ExpiresOn = expires?.ToDateTimeOffset(), Tags = { [Five9Secret.IntegrationTag] = integration.Id } },
        };
        foreach (var (name, value) in tags)
        {
            content.Properties.Tags[name] = value;
        }

        try
        {
            return (await vault.SetSecretAsync(content, token)).Value.Properties.Version;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            await (await vault.StartRecoverDeletedSecretAsync(integration.SecretName, token)).WaitForCompletionAsync(LookAgain, token);
            return (await vault.SetSecretAsync(content, token)).Value.Properties.Version;
        }
    });

    /// <summary>Nobody needs it any more; one that is not there is deleted already.</summary>
    /// <inheritdoc cref="StoreAsync" path="/exception"/>
    public Task DeleteAsync(string name) => AskAsync($"delete the secret {name}", async token =>
    {
        try
        {
            await vault.StartDeleteSecretAsync(name, token);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
        }

        return true;
    });

    /// <summary>Disables the versions that another one replaced so long ago.</summary>
    /// <returns>How many.</returns>
    /// <inheritdoc cref="StoreAsync" path="/exception"/>
    public Task<int> DisableReplacedAsync(string name, TimeSpan ago) => AskAsync($"disable old versions of the secret {name}", async token =>
    {
        var versions = await vault.GetPropertiesOfSecretVersionsAsync(name, token).OrderBy(v => v.CreatedOn).ToListAsync(token);
        var newest = (await vault.GetSecretAsync(name, cancellationToken: token)).Value.Properties.Version; // two can be of one second
        var disabled = 0;
        for (var i = 0; i < versions.Count; i++)
        {
            var replacedOn = i + 1 < versions.Count ? versions[i + 1].CreatedOn : versions[i].CreatedOn;
            if (versions[i] is { Enabled: true } version && version.Version != newest && replacedOn + ago <= time.GetUtcNow())
            {
                version.Enabled = false;
                await vault.UpdateSecretPropertiesAsync(version, token);
                disabled++;
            }
        }

        return disabled;
    });

    private async Task<T> AskAsync<T>(string what, Func<CancellationToken, Task<T>> ask)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            return await ask(timeout.Token);
        }
        catch (RequestFailedException e) when (e.Status is 0 or 404 or 408 or 409 or 429 or >= 500)
        {
            throw Unavailable(what, e.Status == 0 ? "it could not be reached" : $"HTTP {e.Status}", e);
        }
        catch (RequestFailedException e)
        {
            throw new Five9MisconfiguredException(
                ImportProblem.VaultRefused, $"The key vault {Host} did not let the app {what} (HTTP {e.Status}): give its identity the role Key Vault Secrets Officer (docs/credentials.md).", e);
        }
        catch (AuthenticationFailedException e)
        {
            throw Unavailable(what, "the app could not get a token for it: see whether its identity is set up", e);
        }
        catch (IOException e)
        {
            throw Unavailable(what, "the connection broke", e);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw Unavailable(what, string.Create(CultureInfo.InvariantCulture, $"no answer within {options.Value.Timeout.TotalSeconds:0} s"), e);
        }
    }

    private Five9TransientException Unavailable(string what, string why, Exception inner) => new(ImportProblem.VaultUnavailable, $"The key vault {Host} did not {what} ({why}).", inner);
}
