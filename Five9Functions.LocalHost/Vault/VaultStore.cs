using System.Text.Json;

namespace Five9Functions.LocalHost.Vault;

/// <summary>
/// The secrets of one vault: in memory, or in a file that is the only truth, so that one process can put a secret in while another
/// serves the vault.
/// </summary>
internal sealed class VaultStore(string? file)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Dictionary<string, HeldSecret> _memory = Empty();

    /// <summary>A change that throws must not have changed anything yet.</summary>
    public async Task<T> ChangeAsync<T>(Func<Dictionary<string, HeldSecret>, T> change, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            lock (_memory)
            {
                return change(_memory);
            }
        }

        using var alone = await UserOnlyFile.LockAsync(file, cancellationToken);
        var secrets = Load(file);
        var result = change(secrets);
        UserOnlyFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(secrets.Values.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase), Json));
        return result;
    }

    /// <exception cref="InvalidOperationException">The file cannot be read; the message names it.</exception>
    public T Read<T>(Func<IReadOnlyDictionary<string, HeldSecret>, T> read)
    {
        if (file is not null)
        {
            return read(Load(file)); // it is replaced as a whole, so it is never half written
        }

        lock (_memory)
        {
            return read(_memory);
        }
    }

    private static Dictionary<string, HeldSecret> Load(string file)
    {
        var secrets = Empty();
        if (UserOnlyFile.Read(file) is not { } content)
        {
            return secrets;
        }

        try
        {
            foreach (var secret in JsonSerializer.Deserialize<List<HeldSecret>>(content, Json) ?? [])
            {
                secrets.Add(secret.Name, secret);
            }

            return secrets;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Not with the parser's words: they can quote what they could not read.
            throw new InvalidOperationException($"The vault's file {file} cannot be read: restore it, or delete it and put the secrets in again.");
        }
    }

    private static Dictionary<string, HeldSecret> Empty() => new(StringComparer.OrdinalIgnoreCase);
}
