using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using Five9Functions.LocalHost.Vault;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.LocalHost.Vault;

/// <summary>What the stand-in puts into a storage queue in Event Grid's place, at 2026-11-02T20:00:00Z.</summary>
public sealed class VaultEventsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 20, 0, 0, TimeSpan.Zero));

    private LocalVault _vault = null!;
    private string _storage = "";
    private QueueClient _queue = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _vault = TestVault.New(_time);
        await _vault.PutAsync("five9-old", "u", "p");
        _storage = await TestStorage.NewAccountAsync();
        _queue = new QueueClient(_storage, "credential-events", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await _queue.CreateAsync();
        _vault.SendEventsTo(_queue);
    }

    [TearDown]
    public Task StopAsync() => _vault.EndEventsAsync();

    [Test]
    public async Task ANewVersion_IsOneEvent_AsEventGridWritesItToAQueue()
    {
        var version = (await _vault.Client().SetSecretAsync("five9-acme", "p")).Value.Properties.Version;
        await _vault.Events!.LookAsync(CancellationToken.None);

        var raw = (await new QueueClient(_storage, _queue.Name).PeekMessagesAsync(32)).Value;
        using var sent = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(raw.Single().MessageText)));
        var root = sent.RootElement;
        Assert.That(root.EnumerateObject().Select(p => p.Name), Is.EquivalentTo(new[] { "id", "topic", "subject", "eventType", "data", "dataVersion", "metadataVersion", "eventTime" }));
        Assert.That((root.GetProperty("eventType").GetString(), root.GetProperty("subject").GetString()), Is.EqualTo(("Microsoft.KeyVault.SecretNewVersionCreated", "five9-acme")));
        Assert.That(root.GetProperty("eventTime").GetDateTimeOffset(), Is.EqualTo(_time.GetUtcNow()));
        var data = root.GetProperty("data");
        Assert.That(
            new[] { "ObjectType", "ObjectName", "Version", "NBF", "EXP" }.Select(name => data.GetProperty(name).ToString()), Is.EqualTo(new[] { "Secret", "five9-acme", version, "", "" }));
        Assert.That(data.GetProperty("Id").GetString(), Is.EqualTo($"{_vault.Uri}secrets/five9-acme/{version}"));
        Assert.That(root.ToString(), Does.Not.Contain("\"p\""));
    }

    [Test]
    public async Task Expiry_IsNear30DaysBefore_ThenThere_EachSaidOnce()
    {
        await _vault.PutAsync("five9-acme", "p", new SecretAttributes(null, null, new DateTimeOffset(2026, 12, 10, 20, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()));
        foreach (var (date, said) in new[]
        {
            ("2026-11-03", "SecretNewVersionCreated five9-acme"),
            ("2026-11-10", ""),
            ("2026-11-11", "SecretNearExpiry five9-acme"),
            ("2026-12-10", ""),
            ("2026-12-11", "SecretExpired five9-acme"),
            ("2026-12-12", ""),
        })
        {
            _time.SetUtcNow(DateTimeOffset.Parse($"{date}T19:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
            await _vault.Events!.LookAsync(CancellationToken.None);
            Assert.That(await TakeAsync(), Is.EqualTo(said), date);
        }
    }

    private async Task<string> TakeAsync()
    {
        var taken = (await _queue.ReceiveMessagesAsync(32, TimeSpan.FromDays(7))).Value.Select(message =>
        {
            using var json = JsonDocument.Parse(message.Body);
            return $"{json.RootElement.GetProperty("eventType").GetString()!["Microsoft.KeyVault.".Length..]} {json.RootElement.GetProperty("subject").GetString()}";
        });
        return string.Join(", ", taken);
    }
}
