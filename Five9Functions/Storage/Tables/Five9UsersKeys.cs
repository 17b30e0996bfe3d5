using System.Security.Cryptography;
using System.Text;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Keys of the table Five9UserTable. A user is a user name on a host: two integrations that name the same one share its row, and
/// with it Five9's limits and its one request at a time.
/// </summary>
public static class Five9UsersKeys
{
    public const string Partition = "users";

    /// <summary>In it a row for each secret under whose name an edit is storing a password now.</summary>
    public const string SecretPartition = "secrets";

    /// <summary>Names of secrets do not depend on case.</summary>
    public static string SecretRow(string secret) => TableKey.Join(secret.ToLowerInvariant());

    /// <summary>32 hex digits, lower case: also fit to name the user's lease. Neither host nor user name depends on case.</summary>
    public static string Row(Uri host, string userName)
    {
        var user = $"{host.Authority.ToLowerInvariant()}\n{userName.ToLowerInvariant()}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)))[..32];
    }
}
