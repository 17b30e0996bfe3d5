using System.Text;
using System.Text.RegularExpressions;

namespace Five9Functions.LocalHost.Vault;

/// <summary>What a vault does with its secrets. Results are bodies as the REST interface has them.</summary>
internal sealed partial class VaultSecrets(VaultStore store, TimeProvider time, Uri vault)
{
    private const int MaxValue = 25_600;
    private const int MaxPage = 25;

    private readonly VaultBodies _bodies = new(vault);

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <inheritdoc cref="AddAsync"/>
    public async Task<object> SetAsync(string name, SecretParameters set, CancellationToken cancellationToken)
    {
        var (secret, version) = await AddAsync(name, set, cancellationToken);
        return _bodies.WithValue(secret, version);
    }

    /// <exception cref="VaultFaultException">The name or value cannot be stored, or the name is that of a deleted secret.</exception>
    public Task<(HeldSecret Secret, HeldVersion Version)> AddAsync(string name, SecretParameters set, CancellationToken cancellationToken) => store.ChangeAsync(
        secrets =>
        {
            if (!Name().IsMatch(name))
            {
                throw Fault(VaultFault.BadParameter("The request URI contains an invalid name."));
            }

            if (set.Value is null || Encoding.UTF8.GetByteCount(set.Value) > MaxValue)
            {
                throw Fault(VaultFault.BadParameter("Property value is missing or longer than 25 KB."));
            }

            if (secrets.GetValueOrDefault(name)?.Deleted is not null)
            {
                throw Fault(VaultFault.Deleted(name));
            }

            var version = new HeldVersion { Id = Guid.NewGuid().ToString("N"), Value = set.Value, Created = Now };
            Apply(set, version);
            if (!secrets.TryGetValue(name, out var secret))
            {
                secrets[name] = secret = new HeldSecret { Name = name };
            }

            secret.Versions.Add(version);
            return (secret, version);
        },
        cancellationToken);

    /// <summary>The newest version, also when an older one would be enabled; or the one asked for. An expired one too: Key Vault leaves that to its reader.</summary>
    public object Get(string name, string? version) => store.Read(
        secrets =>
        {
            var (secret, found) = Find(secrets, name, version);
            return found.Enabled ? _bodies.WithValue(secret, found) : throw Fault(VaultFault.Disabled);
        });

    public object List(int skip) => store.Read(
        secrets => Page("secrets", skip, secrets.Values.Where(s => s.Deleted is null).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase), _bodies.OfSecret));

    /// <summary>By the versions' ids, which says nothing about their age: so does Key Vault.</summary>
    public object Versions(string name, int skip) => store.Read(
        secrets =>
        {
            var (secret, _) = Find(secrets, name, version: null);
            return Page($"secrets/{secret.Name}/versions", skip, secret.Versions.OrderBy(v => v.Id, StringComparer.Ordinal), v => _bodies.OfVersion(secret, v));
        });

    /// <summary>What the request does not name stays as it was.</summary>
    public Task<object> UpdateAsync(string name, string? version, SecretParameters update, CancellationToken cancellationToken) => store.ChangeAsync(
        secrets =>
        {
            var (secret, found) = Find(secrets, name, version);
            Apply(update, found);
            return _bodies.OfVersion(secret, found);
        },
        cancellationToken);

    /// <summary>Soft: the name stays taken until it is recovered or purged.</summary>
    public Task<object> DeleteAsync(string name, CancellationToken cancellationToken) => store.ChangeAsync(
        secrets =>
        {
            var (secret, _) = Find(secrets, name, version: null);
            secret.Deleted = Now;
            return _bodies.OfDeleted(secret);
        },
        cancellationToken);

    public object GetDeleted(string name) => store.Read(secrets => _bodies.OfDeleted(Deleted(secrets, name)));

    public Task<object> RecoverAsync(string name, CancellationToken cancellationToken) => store.ChangeAsync(
        secrets =>
        {
            var secret = Deleted(secrets, name);
            secret.Deleted = null;
            return _bodies.OfVersion(secret, secret.Versions[^1]);
        },
        cancellationToken);

    /// <returns>Null: there is no body.</returns>
    public Task<object?> PurgeAsync(string name, CancellationToken cancellationToken) => store.ChangeAsync(
        secrets =>
        {
            secrets.Remove(Deleted(secrets, name).Name);
            return (object?)null;
        },
        cancellationToken);

    private object Page<T>(string path, int skip, IEnumerable<T> all, Func<T, object> body)
    {
        var page = all.Skip(skip).Take(MaxPage + 1).ToList();
        return _bodies.Page([.. page.Take(MaxPage).Select(body)], page.Count > MaxPage ? $"{path}?skip={skip + MaxPage}" : null);
    }

    private void Apply(SecretParameters from, HeldVersion to)
    {
        to.ContentType = from.ContentType ?? to.ContentType;
        to.Tags = from.Tags ?? to.Tags;
        to.Enabled = from.Attributes?.Enabled ?? to.Enabled;
        to.NotBefore = from.Attributes?.Nbf ?? to.NotBefore;
        to.Expires = from.Attributes?.Exp ?? to.Expires;
        to.Updated = Now;
    }

    private static (HeldSecret Secret, HeldVersion Version) Find(IReadOnlyDictionary<string, HeldSecret> secrets, string name, string? version)
    {
        if (secrets.TryGetValue(name, out var secret) && secret.Deleted is null
            && (version is null ? secret.Versions[^1] : secret.Versions.Find(v => v.Id.Equals(version, StringComparison.OrdinalIgnoreCase))) is { } found)
        {
            return (secret, found);
        }

        throw Fault(VaultFault.NotFound(version is null ? name : $"{name}/{version}"));
    }

    private static HeldSecret Deleted(IReadOnlyDictionary<string, HeldSecret> secrets, string name) =>
        secrets.TryGetValue(name, out var secret) && secret.Deleted is not null ? secret : throw Fault(VaultFault.NotFound(name));

    private static VaultFaultException Fault(VaultFault fault) => new(fault);

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$")]
    private static partial Regex Name();
}

/// <summary>The body of a set or an update; a class, so that nothing prints the value.</summary>
internal sealed class SecretParameters
{
    public string? Value { get; init; }

    public string? ContentType { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    public SecretAttributes? Attributes { get; init; }
}

/// <summary>Times in Unix seconds.</summary>
internal sealed record SecretAttributes(bool? Enabled, long? Nbf, long? Exp);
