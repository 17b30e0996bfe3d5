using Azure;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.LocalHost.Vault;

namespace Five9Functions.Tests.LocalHost.Vault;

/// <summary>What Key Vault's own client makes of the stand-in.</summary>
public sealed class VaultSecretsTests
{
    private readonly LocalVault _vault = TestVault.New();

    private SecretClient Client => field ??= _vault.Client();

    [Test]
    public async Task Set_ThenGet_GivesWhatWasSet()
    {
        var set = new KeyVaultSecret("five9-acme", "first")
        {
            Properties =
            {
                ContentType = "application/json",
                ExpiresOn = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
                NotBefore = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
                Tags = { ["integration"] = "acme" },
            },
        };
        var answered = (await Client.SetSecretAsync(set)).Value;

        var got = (await Client.GetSecretAsync("five9-acme")).Value;
        Assert.That((got.Name, got.Value, answered.Value), Is.EqualTo(("five9-acme", "first", "first")));
        Assert.That(got.Properties.Version, Does.Match("^[0-9a-f]{32}$").And.EqualTo(answered.Properties.Version));
        Assert.That(got.Properties.VaultUri, Is.EqualTo(_vault.Uri));
        Assert.That((got.Properties.ContentType, got.Properties.Enabled), Is.EqualTo(("application/json", (bool?)true)));
        Assert.That((got.Properties.NotBefore, got.Properties.ExpiresOn), Is.EqualTo((set.Properties.NotBefore, set.Properties.ExpiresOn)));
        Assert.That(got.Properties.Tags, Is.EquivalentTo(new Dictionary<string, string> { ["integration"] = "acme" }));
    }

    [Test]
    public async Task Get_WithoutAVersion_GivesTheNewest_WithOne_GivesThat()
    {
        var first = await SetAsync("first");
        var second = await SetAsync("second");

        Assert.That(first.Version, Is.Not.EqualTo(second.Version));
        Assert.That((await Client.GetSecretAsync("s")).Value.Value, Is.EqualTo("second"));
        Assert.That((await Client.GetSecretAsync("S", first.Version)).Value.Value, Is.EqualTo("first"));
    }

    [Test]
    public async Task Get_OfADisabledVersion_IsForbidden_AndFallsBackToNoOther()
    {
        var first = await SetAsync("first");
        var second = await SetAsync("second");
        second.Enabled = false;
        await Client.UpdateSecretPropertiesAsync(second);

        var refused = await FailsAsync(() => Client.GetSecretAsync("s"));
        Assert.That((refused.Status, refused.ErrorCode), Is.EqualTo((403, "Forbidden")));
        Assert.That(refused.GetRawResponse()!.Content.ToString(), Does.Contain("\"innererror\":{\"code\":\"SecretDisabled\"}"));
        Assert.That((await Client.GetSecretAsync("s", first.Version)).Value.Value, Is.EqualTo("first"));
    }

    [TestCase("nothing", null)]
    [TestCase("s", "00000000000000000000000000000000")]
    public async Task Get_OfWhatIsNotThere_IsNotFound(string name, string? version)
    {
        await SetAsync("first");

        var missing = await FailsAsync(() => Client.GetSecretAsync(name, version));
        Assert.That((missing.Status, missing.ErrorCode), Is.EqualTo((404, "SecretNotFound")));
    }

    [Test]
    public async Task Get_OfAnExpiredSecret_GivesIt_AsKeyVaultDoes()
    {
        var expired = await SetAsync("old");
        expired.ExpiresOn = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Client.UpdateSecretPropertiesAsync(expired);

        Assert.That((await Client.GetSecretAsync("s")).Value.Value, Is.EqualTo("old"));
    }

    [Test]
    public async Task Update_ChangesWhatItNames_AndNoVersion()
    {
        var properties = await SetAsync("first");
        (properties.ContentType, properties.NotBefore) = ("text/plain", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await Client.UpdateSecretPropertiesAsync(properties);
        var other = new SecretProperties(properties.Id) { Enabled = true, ExpiresOn = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), Tags = { ["a"] = "b" } };
        var answered = (await Client.UpdateSecretPropertiesAsync(other)).Value;

        var got = (await Client.GetSecretAsync("s")).Value;
        Assert.That((got.Value, got.Properties.Version, got.Properties.ContentType), Is.EqualTo(("first", properties.Version, "text/plain")));
        Assert.That((got.Properties.NotBefore, got.Properties.ExpiresOn, got.Properties.Tags["a"]), Is.EqualTo((properties.NotBefore, other.ExpiresOn, "b")));
        Assert.That(answered.ExpiresOn, Is.EqualTo(other.ExpiresOn));
    }

    [Test]
    public async Task Lists_ArePaged_AndHoldEverythingOnce()
    {
        for (var i = 0; i < 26; i++)
        {
            await SetAsync($"{i}", "many");
            await SetAsync("x", $"s{i:00}");
        }

        var versions = await Client.GetPropertiesOfSecretVersionsAsync("many").AsPages().ToListAsync();
        Assert.That(versions.Select(p => p.Values.Count), Is.EqualTo(new[] { 25, 1 }));
        Assert.That(versions.SelectMany(p => p.Values).Select(v => v.Version).Distinct().Count(), Is.EqualTo(26));
        var secrets = await Client.GetPropertiesOfSecretsAsync().AsPages().ToListAsync();
        Assert.That(secrets.Select(p => p.Values.Count), Is.EqualTo(new[] { 25, 2 }));
        Assert.That(secrets[0].Values.Take(3).Select(s => s.Name), Is.EqualTo(new[] { "many", "s00", "s01" }));
    }

    [Test]
    public async Task Delete_KeepsTheNameTaken_UntilRecoveredOrPurged()
    {
        await SetAsync("first");
        var deletion = await Client.StartDeleteSecretAsync("s");
        Assert.That((await deletion.WaitForCompletionAsync()).Value.RecoveryId, Is.EqualTo(new Uri(_vault.Uri, "deletedsecrets/s")));

        Assert.That((await FailsAsync(() => Client.GetSecretAsync("s"))).Status, Is.EqualTo(404));
        Assert.That((await FailsAsync(() => Client.SetSecretAsync("s", "second"))).Status, Is.EqualTo(409));
        Assert.That(await Client.GetPropertiesOfSecretsAsync().ToListAsync(), Is.Empty);

        await (await Client.StartRecoverDeletedSecretAsync("s")).WaitForCompletionAsync();
        Assert.That((await Client.GetSecretAsync("s")).Value.Value, Is.EqualTo("first"));

        await Client.StartDeleteSecretAsync("s");
        await Client.PurgeDeletedSecretAsync("s");
        Assert.That((await FailsAsync(() => Client.GetDeletedSecretAsync("s"))).Status, Is.EqualTo(404));
        await SetAsync("second");
    }

    [TestCase("under_score", 1)]
    [TestCase("s", 25_601)]
    public async Task Set_OfWhatKeyVaultWouldNotTake_IsABadRequest(string name, int length)
    {
        var refused = await FailsAsync(() => Client.SetSecretAsync(name, new string('x', length)));

        Assert.That((refused.Status, refused.ErrorCode), Is.EqualTo((400, "BadParameter")));
    }

    private async Task<SecretProperties> SetAsync(string value, string name = "s") => (await Client.SetSecretAsync(name, value)).Value.Properties;

    private static async Task<RequestFailedException> FailsAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RequestFailedException e)
        {
            return e;
        }

        throw new AssertionException("It did not fail.");
    }
}
