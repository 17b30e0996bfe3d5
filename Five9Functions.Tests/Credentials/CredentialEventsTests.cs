using System.Text.Json;
using Five9Functions.Credentials;

namespace Five9Functions.Tests.Credentials;

/// <summary>Messages of credential-events, as Microsoft documents them.</summary>
public sealed class CredentialEventsTests
{
    private const string EventGrid = """
        {"id":"00eccf70-95a7-4e7c-8299-2eb17ee9ad64","topic":"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/sample-kv","subject":"five9-acme",
         "eventType":"Microsoft.KeyVault.SecretNewVersionCreated","eventTime":"2026-07-25T01:08:33.1036736Z",
         "data":{"Id":"https://sample-kv.vault.azure.net/secrets/five9-acme/ee059b2bb5bc48398a53b168c6cdcb10","VaultName":"sample-kv","ObjectType":"Secret","ObjectName":"five9-acme","Version":"ee059b2bb5bc48398a53b168c6cdcb10","NBF":null,"EXP":null},
         "dataVersion":"1","metadataVersion":"1"}
        """;

    private const string CloudEvent = """
        {"id":"00eccf70-95a7-4e7c-8299-2eb17ee9ad64","source":"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/sample-kv","subject":"five9-acme",
         "type":"Microsoft.KeyVault.SecretNearExpiry","time":"2026-07-25T01:08:33.1036736Z","specversion":"1.0","dataschema":"#",
         "data":{"id":"https://sample-kv.vault.azure.net/secrets/five9-acme/e1","vaultName":"sample-kv","objectType":"Secret","objectName ":"five9-acme","version":" ee05","nbf":"1559081980","exp":1559082102}}
        """;

    [Test]
    public void BothSchemas_AreRead() => Assert.That(new[] { One(EventGrid), One(CloudEvent) }, Is.EqualTo(new CredentialEvent[]
    {
        new(CredentialEventKind.NewVersion, "Microsoft.KeyVault.SecretNewVersionCreated", "five9-acme", "ee059b2bb5bc48398a53b168c6cdcb10"),
        new(CredentialEventKind.NearExpiry, "Microsoft.KeyVault.SecretNearExpiry", "five9-acme", "ee05"),
    }));

    [Test]
    public void SeveralInAnArray_AreRead() => Assert.That(
        Read($"[{EventGrid},{CloudEvent}]").Events.Select(e => e.Kind), Is.EqualTo(new[] { CredentialEventKind.NewVersion, CredentialEventKind.NearExpiry }));

    [TestCase("""{"eventType":"Microsoft.KeyVault.CertificateExpired","subject":"web","data":{}}""", "Microsoft.KeyVault.CertificateExpired", "web")]
    [TestCase("""{"eventType":7,"data":"text"}""", "", "")]
    [TestCase("null", "", "")]
    [TestCase("\"text\"", "", "")]
    [TestCase("{}", "", "")]
    public void WhateverElse_IsUnknown(string json, string type, string secret) => Assert.That(One(json), Is.EqualTo(new CredentialEvent(CredentialEventKind.Unknown, type, secret, "")));

    [Test]
    public void OurOwn_IsReadAsItWasWritten()
    {
        var requested = CredentialEvent.RotationRequested("five9-acme", "v1");

        var json = JsonSerializer.Serialize(new CredentialEvents([requested]));

        Assert.That(json, Is.EqualTo("""[{"eventType":"Five9Functions.RotationRequested","subject":"five9-acme","data":{"objectName":"five9-acme","version":"v1"}}]"""));
        Assert.That(One(json), Is.EqualTo(requested));
    }

    private static CredentialEvent One(string json) => Read(json).Events.Single();

    private static CredentialEvents Read(string json) => JsonSerializer.Deserialize<CredentialEvents>(json, JsonSerializerOptions.Web)!;
}
