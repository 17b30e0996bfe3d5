using Azure;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.Integrations;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>Stores a credential in a vault in the form that the importer reads.</summary>
internal static class SecretVersions
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <param name="vault">The vault.</param>
    /// <param name="secret">The secret's name.</param>
    /// <param name="integration">The id of the integration that it is stored for.</param>
    /// <param name="userName">Who logs in.</param>
    /// <param name="password">The password.</param>
    /// <param name="host">The only host, besides Five9's own where it is one of them, that the password may be sent to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The id of the new version.</returns>
    public static Task<string> StoreAsync(
        this SecretClient vault, string secret, string integration, string userName, string password, Uri host, CancellationToken cancellationToken) =>
        vault.StoreVersionAsync(Content(secret, integration, userName, password, host), cancellationToken);

    /// <inheritdoc cref="SecretStore.StoreAsync" path="/param|/returns"/>
    public static Task<string> StoreVersionAsync(
        this SecretClient vault, Integration integration, string password, Instant? expires, IEnumerable<(string Name, string Value)> tags, CancellationToken cancellationToken)
    {
        var content = Content(integration.SecretName, integration.Id, integration.UserName, password, integration.Host);
        content.Properties.ExpiresOn = expires?.ToDateTimeOffset();
        foreach (var (name, value) in tags)
        {
            content.Properties.Tags[name] = value;
        }

        return vault.StoreVersionAsync(content, cancellationToken);
    }

    private static KeyVaultSecret Content(string secret, string integration, string userName, string password, Uri host) => new(secret, Five9Secret.Content(userName, password, host))
    {
        Properties = { ContentType = Five9Secret.ContentType, Tags = { [Five9Secret.IntegrationTag] = integration } },
    };

    private static async Task<string> StoreVersionAsync(this SecretClient vault, KeyVaultSecret content, CancellationToken cancellationToken)
    {
        try
        {
            return await SetAsync();
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // A deleted secret keeps its name: one of an integration of this id that was removed. What it held is no more the current version then.
            await (await vault.StartRecoverDeletedSecretAsync(content.Name, cancellationToken)).WaitForCompletionAsync(LookAgain, cancellationToken);
            return await SetAsync();
        }

        async Task<string> SetAsync() => (await vault.SetSecretAsync(content, cancellationToken)).Value.Properties.Version;
    }
}
