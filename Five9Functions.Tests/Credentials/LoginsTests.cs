using Azure.Security.KeyVault.Secrets;
using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Problems;
using Five9Functions.Tests.Imports;
using Five9Functions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.Credentials;

/// <summary>What a secret has to be, so that an integration can log in with it. The vault is asked by Key Vault's own client.</summary>
public sealed class LoginsTests
{
    private readonly LocalVault _vault = TestVault.New().For(ImportData.Acme.Host);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 20, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task For_GivesTheLoginOfTheIntegration_AndTheVersionOfItsSecret()
    {
        var version = await _vault.PutAsync("five9-acme", "IMPORTER@acme.test", "secret 1");

        var credential = await ForAsync();

        Assert.That(credential.Login, Is.EqualTo(new Five9Login(new Uri("https://api.five9.test/"), "importer@acme.test", "secret 1")));
        Assert.That(credential.Version, Is.EqualTo(version));
    }

    [Test]
    public async Task For_ReadsTheNewestVersion()
    {
        await _vault.PutAsync("five9-acme", "importer@acme.test", "secret 1");
        var second = await _vault.PutAsync("five9-acme", "importer@acme.test", "secret 2");

        Assert.That(await ForAsync(), Is.EqualTo(new Five9Credential(new Five9Login(new Uri("https://api.five9.test/"), "importer@acme.test", "secret 2"), second)));
    }

    [Test]
    public async Task For_IntegrationsThatShareASecret_IsOneVersion()
    {
        var version = await _vault.PutAsync("five9-shared", "importer@acme.test", "secret 1");

        Assert.That((await ForAsync(ImportData.Acme with { SecretName = "five9-shared" })).Version, Is.EqualTo(version));
        Assert.That((await ForAsync(ImportData.Acme with { Id = "other", SecretName = "five9-shared" })).Version, Is.EqualTo(version));
    }

    [Test]
    public async Task ToString_NeverHoldsThePassword()
    {
        await _vault.PutAsync("five9-acme", "importer@acme.test", "secret 1");

        Assert.That((await ForAsync()).ToString(), Is.EqualTo("importer@acme.test at api.five9.test"));
    }

    [Test]
    public Task For_WithoutASecret_SaysSo() => AssertFailsAsync(ImportProblem.SecretMissing, $"The secret five9-acme is not in the key vault {_vault.Uri.Host}: put it in as docs/credentials.md shows.");

    [Test]
    public async Task For_ADisabledSecret_SaysSo()
    {
        await _vault.PutAsync("five9-acme", """{"userName": "importer@acme.test", "password": "secret 1", "host": "api.five9.test"}""", new SecretAttributes(Enabled: false, null, null));

        await AssertFailsAsync(ImportProblem.SecretDisabled, $"The newest version of the secret five9-acme of the key vault {_vault.Uri.Host} is disabled: enable it, or store a new version.");
    }

    [TestCase("secret 1")]
    [TestCase("\"secret 1\"")]
    [TestCase("[\"secret 1\"]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"userName": "importer@acme.test"}""")]
    [TestCase("""{"userName": "importer@acme.test", "password": ""}""")]
    [TestCase("""{"userName": "", "password": "secret 1"}""")]
    [TestCase("""{"userName": "importer@acme.test", "password": 1234}""")]
    public async Task For_ASecretOfAnotherForm_SaysSo_WithoutWhatIsInIt(string content)
    {
        await _vault.PutAsync("five9-acme", content);

        await AssertFailsAsync(
            ImportProblem.SecretUnreadable,
            $"The secret five9-acme of the key vault {_vault.Uri.Host} is not JSON with userName and password: store a new version of the form that docs/credentials.md shows.");
    }

    [Test]
    public async Task For_ASecretWithMoreInIt_TakesWhatItKnows()
    {
        await _vault.PutAsync("five9-acme", """{"note": "of Ann", "password": "secret 1", "userName": " importer@acme.test ", "host": "api.five9.test"}""");

        Assert.That((await ForAsync()).Login.Password, Is.EqualTo("secret 1"));
    }

    // 1793649600 is 2026-11-02T20:00:00Z.
    [TestCase(null, 1793649600L, ImportProblem.SecretExpired, "The secret five9-acme expired at 2026-11-02T20:00:00Z: store a new version, or move its expiry.")]
    [TestCase(1793649601L, null, ImportProblem.SecretNotYetValid, "The secret five9-acme is not valid before 2026-11-02T20:00:01Z: store a version that is, or move that time.")]
    public async Task For_ASecretThatIsNotValidNow_SaysSo_ThoughTheVaultHandsItOut(long? notBefore, long? expires, ImportProblem problem, string message)
    {
        await _vault.PutAsync("five9-acme", """{"userName": "importer@acme.test", "password": "secret 1", "host": "api.five9.test"}""", new SecretAttributes(true, notBefore, expires));

        await AssertFailsAsync(problem, message);
    }

    [Test]
    public async Task For_ASecretThatIsValidNow_Works()
    {
        await _vault.PutAsync("five9-acme", """{"userName": "importer@acme.test", "password": "secret 1", "host": "api.five9.test"}""", new SecretAttributes(true, 1793649600, 1793649601));

        Assert.That((await ForAsync()).Login.Password, Is.EqualTo("secret 1"));
    }

    [Test]
    public async Task For_TheSecretOfAnotherUser_SaysSo()
    {
        await _vault.PutAsync("five9-acme", "ann@acme.test", "secret 1");

        await AssertFailsAsync(
            ImportProblem.SecretOfAnotherUser,
            "The secret five9-acme is that of ann@acme.test, but the integration acme logs in as importer@acme.test: correct the one that is wrong.");
    }

    [Test]
    public async Task For_ASecretOfAnotherHost_SaysSo()
    {
        await _vault.PutAsync("five9-acme", """{"userName": "importer@acme.test", "password": "secret 1", "host": "api.five9.com"}""");

        await AssertFailsAsync(
            ImportProblem.SecretOfAnotherHost,
            "The secret five9-acme is for the host api.five9.com, but the integration acme calls api.five9.test: correct the region, or store a new version with \"host\": \"api.five9.test\".");
    }

    [Test]
    public async Task For_ASecretWithoutAHost_IsForFive9sOwnHosts()
    {
        await _vault.PutAsync("five9-acme", """{"userName": "importer@acme.test", "password": "secret 1"}""");

        Assert.That((await ForAsync(ImportData.Acme with { Host = new Uri("https://api.five9.eu/") })).Login.Password, Is.EqualTo("secret 1"));
        await AssertFailsAsync(
            ImportProblem.SecretOfAnotherHost,
            "The secret five9-acme does not name its host, so it is for Five9's own hosts, but the integration acme calls api.five9.test: store a new version with \"host\": \"api.five9.test\".");
    }

    [TestCase("api.five9.com", "https://api.eu.five9.com/", true)]
    [TestCase("API.FIVE9.EU:443", "https://api.five9.com/", true)]
    [TestCase("https://api.five9.ca/", "https://api.in.five9.com/", true)]
    [TestCase("uk", "https://api.five9.com/", true)]
    [TestCase("api.five9.com:8443", "https://api.five9.com/", false)]
    [TestCase("api.five9.com.evil.test", "https://api.five9.com/", false)]
    [TestCase("api.five9.com@evil.test", "https://api.five9.com/", false)]
    [TestCase("api.five9.test", "https://api.five9.test/", true)]
    [TestCase("api.five9.test:443", "https://api.five9.test/", true)]
    [TestCase("API.five9.test", "https://api.five9.test/", true)]
    [TestCase("five9.test", "https://api.five9.test/", false)]
    [TestCase("somewhere else", "https://api.five9.test/", false)]
    public async Task For_ASecretWithAHost_IsForThatHost(string host, string integration, bool fits)
    {
        await _vault.PutAsync("five9-acme", $$"""{"userName": "importer@acme.test", "password": "secret 1", "host": "{{host}}"}""");

        var credential = ForAsync(ImportData.Acme with { Host = new Uri(integration) });

        if (fits)
        {
            Assert.That((await credential).Login.Password, Is.EqualTo("secret 1"));
        }
        else
        {
            Assert.That((await Assert.ThrowsAsync<Five9MisconfiguredException>(() => credential))!.Error.Problem, Is.EqualTo(ImportProblem.SecretOfAnotherHost));
        }
    }

    [TestCase("https://five9.example.com/", "five9.example.com:443")]
    [TestCase("https://api.five9.test:8443/", "api.five9.test:8443")]
    [TestCase("https://api.five9.com:8443/", "api.five9.com:8443")]
    [TestCase("https://api.five9.com./", "api.five9.com.:443")]
    public async Task For_AHostThatIsNotAllowed_SaysSo_AndLeavesTheVaultAlone(string host, string named)
    {
        var error = await Assert.ThrowsAsync<Five9MisconfiguredException>(() => ForAsync(ImportData.Acme with { Host = new Uri(host) }));

        Assert.That(error!.Error.Problem, Is.EqualTo(ImportProblem.HostNotAllowed));
        Assert.That(error.Message, Does.EndWith($"of acme is not one of Five9's, and the setting Five9:AllowedHosts does not name it, so nothing is called there: correct the region of the integration, or add {named} to the setting."));
        Assert.That(_vault.Requests, Is.Empty);
    }

    [Test]
    public async Task For_ASecretThatFitsNowAndDidNotBefore_IsReadAgain()
    {
        await _vault.PutAsync("five9-acme", """{"userName": "importer@acme.test", "password": "secret 1"}""");
        var credentials = Credentials();
        await Assert.ThrowsAsync<Five9MisconfiguredException>(async () => await credentials.ForAsync(ImportData.Acme, CancellationToken.None));

        await _vault.PutAsync("five9-acme", "importer@acme.test", "secret 2");

        Assert.That((await credentials.ForAsync(ImportData.Acme, CancellationToken.None)).Login.Password, Is.EqualTo("secret 2"));
    }

    [Test]
    public async Task For_WithoutTheRole_SaysWhichToGive()
    {
        await _vault.PutAsync("five9-acme", "importer@acme.test", "secret 1");
        _vault.Answer = VaultAnswer.Forbidden;

        await AssertFailsAsync(
            ImportProblem.VaultRefused,
            $"The key vault {_vault.Uri.Host} refused the secret five9-acme to the app (HTTP 403): give its identity the role Key Vault Secrets User, and see whether the vault's firewall lets it in.");
    }

    private async Task AssertFailsAsync(ImportProblem problem, string message)
    {
        var error = await Assert.ThrowsAsync<Five9MisconfiguredException>(async () => await ForAsync());
        Assert.That(error!.Error, Is.EqualTo(new ImportError(problem, message)));
        Assert.That(error.InnerException, Is.Null, "an inner one would quote the vault's answer");
    }

    private async Task<Five9Credential> ForAsync(Integration? integration = null) => await Credentials().ForAsync(integration ?? ImportData.Acme, CancellationToken.None);

    private Logins Credentials()
    {
        var options = Options.Create(new KeyVaultOptions());
        var clientOptions = _vault.ClientOptions();
        clientOptions.Retry.MaxRetries = 0;
        var reader = new SecretStore(new SecretClient(_vault.Uri, _vault.Credential, clientOptions), Unheard.Metrics, options, _time);
        var secrets = new Five9Secrets(reader, options, _time, NullLogger<Five9Secrets>.Instance);
        return new Logins(secrets, new Five9Hosts(new Five9ClientOptions { AllowedHosts = "api.five9.test:443" }), _time);
    }
}
