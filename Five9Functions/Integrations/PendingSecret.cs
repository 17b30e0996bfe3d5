namespace Five9Functions.Integrations;

/// <summary>
/// The secret that holds a new password from before Five9 knows it until it is the newest version of the integration's own: five9-acme-pending.
/// Integrations that share a secret share its pending one.
/// </summary>
public static class PendingSecret
{
    private const int MaxInVault = 127;
    private const string Suffix = "-pending";

    public static int LongestName => MaxInVault - Suffix.Length;

    public static string NameOf(string secret) => secret + Suffix;

    /// <summary>Whether a name is that of a pending secret: no integration may have it for its own.</summary>
    public static bool IsOne(string secret) => secret.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The integration as one that would log in with it.</summary>
    public static Integration Of(Integration integration) => integration with { SecretName = NameOf(integration.SecretName) };
}
