using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Five9Functions.Credentials;

/// <summary>Stores a credential in a vault in the form that the importer reads.</summary>
internal static class SecretVersions
{
    /// <param name="sent">Whether it came over HTTP and is stored untried.</param>
    /// <returns>The id of the new version.</returns>
    public static async Task<string> StoreAsync(
        this SecretClient vault,
        string secret,
        string integration,
        string userName,
        string password,
        Uri host,
        CancellationToken cancellationToken,
        bool sent = false)
    {
        var content = new KeyVaultSecret(secret, Five9Secret.Content(userName, password, host))
        {
            Properties = { ContentType = Five9Secret.ContentType, Tags = { [Five9Secret.IntegrationTag] = integration } },
        };
        if (sent)
        {
            content.Properties.Tags[Five9Secret.SentTag] = "http";
        }

        try
        {
            return await SetAsync();
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // A deleted secret keeps its name: one of an integration of this id that was removed. What it held is no more the current version then.
            await (await vault.StartRecoverDeletedSecretAsync(secret, cancellationToken)).WaitForCompletionAsync(cancellationToken);
            return await SetAsync();
        }

        async Task<string> SetAsync() => (await vault.SetSecretAsync(content, cancellationToken)).Value.Properties.Version;
    }
}
