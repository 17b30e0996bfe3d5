using System.Security.Cryptography;
using System.Text;
using Five9Functions.LocalHost.Vault;

namespace Five9Functions.LocalHost.Run;

/// <summary>The function key of this machine, in a file that only the user can read; made when it is first needed.</summary>
internal static class FunctionKey
{
    private const int Bytes = 32;

    public static async Task<string> OfAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "function.key");
        if (UserOnlyFile.Read(path) is { } held)
        {
            return Encoding.UTF8.GetString(held);
        }

        using var alone = await UserOnlyFile.LockAsync(path, cancellationToken);
        if (UserOnlyFile.Read(path) is { } meanwhile)
        {
            return Encoding.UTF8.GetString(meanwhile);
        }

        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        UserOnlyFile.Write(path, Encoding.UTF8.GetBytes(key));
        return key;
    }
}
