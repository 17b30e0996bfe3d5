using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Five9Functions.LocalHost.Vault;

/// <summary>
/// What Event Grid says of a vault's secrets to a storage queue: one event a message, in the Event Grid schema, in base64. It says
/// each once and, like Event Grid, may say it again after a restart. Only the newest version of a secret nears its expiry.
/// </summary>
internal sealed class VaultEvents(VaultStore store, Uri vault, QueueClient queue, TimeProvider time) : IAsyncDisposable
{
    private const string NewVersion = "Microsoft.KeyVault.SecretNewVersionCreated";
    private const string NearExpiry = "Microsoft.KeyVault.SecretNearExpiry";
    private const string Expired = "Microsoft.KeyVault.SecretExpired";

    // Key Vault's own, which nobody can change.
    private static readonly TimeSpan Near = TimeSpan.FromDays(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private readonly HashSet<(string Type, string Version)> _said = [];
    private readonly SemaphoreSlim _alone = new(1);
    private readonly CancellationTokenSource _ended = new();
    private Task _looking = Task.CompletedTask;

    /// <summary>Of versions that are there already, nobody is told that they are new.</summary>
    public void Start()
    {
        _said.UnionWith(Current().Select(current => (NewVersion, current.Version.Id)));
        _looking = LookAgainAndAgainAsync();
    }

    /// <summary>Says what is new by now, also what another process stored.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            foreach (var (secret, version) in Current())
            {
                await SayAsync(NewVersion, secret, version, cancellationToken);
                if (version is { Enabled: true, Expires: { } expires })
                {
                    var at = DateTimeOffset.FromUnixTimeSeconds(expires);
                    if (at <= now)
                    {
                        await SayAsync(Expired, secret, version, cancellationToken);
                    }
                    else if (at - Near <= now)
                    {
                        await SayAsync(NearExpiry, secret, version, cancellationToken);
                    }
                }
            }
        }
        finally
        {
            _alone.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _looking;
        _ended.Dispose();
        _alone.Dispose();
    }

    private List<(HeldSecret Secret, HeldVersion Version)> Current() =>
        store.Read(secrets => secrets.Values.Where(s => s.Deleted is null).Select(s => (s, s.Versions[^1])).ToList());

    private async Task SayAsync(string type, HeldSecret secret, HeldVersion version, CancellationToken cancellationToken)
    {
        if (_said.Contains((type, version.Id)))
        {
            return;
        }

        var name = vault.Host.Split('.')[0];
        await queue.SendMessageAsync(
            JsonSerializer.Serialize(
                new
                {
                    id = Guid.NewGuid(),
                    topic = $"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.KeyVault/vaults/{name}",
                    subject = secret.Name,
                    eventType = type,
                    data = new VaultEventData($"{vault}secrets/{secret.Name}/{version.Id}", name, secret.Name, version.Id, version.NotBefore, version.Expires),
                    dataVersion = "1",
                    metadataVersion = "1",
                    eventTime = time.GetUtcNow(),
                },
                Json),
            cancellationToken);
        _said.Add((type, version.Id)); // afterwards: what could not be sent is said at the next look
    }

    private async Task LookAgainAndAgainAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await LookAsync(_ended.Token);
                await Task.Delay(LookEvery, time, _ended.Token);
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is Azure.RequestFailedException or AggregateException or IOException or InvalidOperationException)
            {
                // Storage is away, or the file is being edited: the next look says it.
                await Task.WhenAny(Task.Delay(LookEvery, time, _ended.Token));
            }
        }
    }

    /// <summary>The names are written as Key Vault writes them.</summary>
    private sealed record VaultEventData(
        [property: JsonPropertyName("Id")] string Id,
        [property: JsonPropertyName("VaultName")] string VaultName,
        [property: JsonPropertyName("ObjectName")] string ObjectName,
        [property: JsonPropertyName("Version")] string Version,
        [property: JsonPropertyName("NBF")] long? NotBefore,
        [property: JsonPropertyName("EXP")] long? Expires)
    {
        [JsonPropertyName("ObjectType")]
        public string ObjectType { get; } = "Secret";
    }
}
