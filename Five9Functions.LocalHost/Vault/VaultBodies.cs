namespace Five9Functions.LocalHost.Vault;

/// <summary>The JSON bodies of the secrets REST interface; what is null is left out.</summary>
internal sealed class VaultBodies(Uri vault)
{
    public const string ApiVersion = "api-version";

    // The version that pages are asked for again with: any is served.
    private const string OfNextLink = "7.6";

    private const int RecoverableDays = 90;
    private const long RecoverableSeconds = RecoverableDays * 24L * 3600;

    public object WithValue(HeldSecret secret, HeldVersion version) =>
        new { value = version.Value, contentType = version.ContentType, id = Id(secret, version), attributes = Attributes(version), tags = version.Tags };

    public object OfVersion(HeldSecret secret, HeldVersion version) =>
        new { contentType = version.ContentType, id = Id(secret, version), attributes = Attributes(version), tags = version.Tags };

    public object OfSecret(HeldSecret secret)
    {
        var newest = secret.Versions[^1];
        return new { contentType = newest.ContentType, id = $"{vault}secrets/{secret.Name}", attributes = Attributes(newest), tags = newest.Tags };
    }

    public object OfDeleted(HeldSecret secret)
    {
        var newest = secret.Versions[^1];
        return new
        {
            recoveryId = $"{vault}deletedsecrets/{secret.Name}",
            deletedDate = secret.Deleted,
            scheduledPurgeDate = secret.Deleted + RecoverableSeconds,
            contentType = newest.ContentType,
            id = Id(secret, newest),
            attributes = Attributes(newest),
            tags = newest.Tags,
        };
    }

    public object Page(IReadOnlyList<object> items, string? next) =>
        new { value = items, nextLink = next is null ? null : $"{vault}{next}&{ApiVersion}={OfNextLink}" };

    private string Id(HeldSecret secret, HeldVersion version) => $"{vault}secrets/{secret.Name}/{version.Id}";

    private static object Attributes(HeldVersion version) => new
    {
        enabled = version.Enabled,
        nbf = version.NotBefore,
        exp = version.Expires,
        created = version.Created,
        updated = version.Updated,
        recoveryLevel = "Recoverable+Purgeable",
        recoverableDays = RecoverableDays,
    };
}
