using System.Net;
using System.Net.Sockets;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.Credentials;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.Credentials;

/// <summary>How often the vault is asked, counted by the vault, and what serves meanwhile.</summary>
public sealed class Five9SecretsTests
{
    private readonly LocalVault _vault = TestVault.New();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 20, 0, 0, TimeSpan.Zero));
    private readonly TestLog _log = new();
    private LoggerFactory? _loggers;
    private Five9Secrets? _secrets;

    private int Asked => _vault.Requests.GetValueOrDefault("get five9-acme");

    [SetUp]
    public void Start()
    {
        _loggers = new LoggerFactory([_log.Provider()]);
        _secrets = Secrets(_vault.ClientOptions());
    }

    [TearDown]
    public void Stop()
    {
        _loggers!.Dispose();
        Assert.That(_log.TakeWarnings(), Is.Empty, "unexpected warnings");
    }

    [Test]
    public async Task AHundredAtOnce_AreOneRequest()
    {
        var version = await PutAsync("secret 1");

        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => GetAsync())));

        Assert.That(all, Is.All.EqualTo(version));
        Assert.That(Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task AHundredAtOnce_ForASecretThatIsNotThere_AreOneRequestToo()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => GetAsync())));

        Assert.That(all, Is.All.EqualTo("SecretMissing"));
        Assert.That(Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task OneWhoGivesUp_LeavesTheReadingToTheOthers()
    {
        var version = await PutAsync("secret 1");
        _vault.Answer = VaultAnswer.Nothing;
        using var hungUp = new CancellationTokenSource();
        var impatient = _secrets!.GetAsync("five9-acme", null, hungUp.Token);
        var patient = GetAsync();
        await ArrivedAsync(1);

        await hungUp.CancelAsync();
        Assert.That(() => impatient, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(patient.IsCompleted, Is.False);
        _vault.Answer = VaultAnswer.Truth;
        _time.Advance(TimeSpan.FromSeconds(15)); // the request that hangs is given up
        Assert.That(await patient, Does.StartWith("Unreachable"));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await GetAsync(), Asked), Is.EqualTo((version, 2)));
    }

    [Test]
    public async Task ASecret_ServesForTenMinutes_ThenItIsReadAgain()
    {
        var first = await PutAsync("secret 1");
        await GetAsync();
        var second = await PutAsync("secret 2");

        _time.Advance(new TimeSpan(0, 9, 59));
        Assert.That((await GetAsync(), Asked), Is.EqualTo((first, 1)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await GetAsync(), Asked), Is.EqualTo((second, 2)));
    }

    [TestCase(429, "HTTP 429")]
    [TestCase(503, "HTTP 503")]
    public async Task WhileTheVaultIsDown_TheLastValueServes_AndTheVaultIsAskedOnceInThirtySeconds(int status, string why)
    {
        var version = await PutAsync("secret 1");
        await GetAsync();
        _vault.Answer = status == 429 ? VaultAnswer.Throttled(1) : VaultAnswer.Unavailable;
        _time.Advance(TimeSpan.FromMinutes(10));

        for (var i = 0; i < 10; i++)
        {
            Assert.That(await GetAsync(), Is.EqualTo(version));
            _time.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.That(Asked, Is.EqualTo(3)); // the first, and two in the minute
        Assert.That(_log.TakeWarnings(), Is.EqualTo(Enumerable.Repeat($"Warning: Version {version} of the secret five9-acme, read before, goes on serving. The key vault {_vault.Uri.Host} did not hand out the secret five9-acme ({why}).", 2)));

        _vault.Answer = VaultAnswer.Truth;
        var second = await PutAsync("secret 2");
        Assert.That((await GetAsync(), Asked), Is.EqualTo((second, 4)));
    }

    [Test]
    public async Task AVaultThatAsksForPatience_IsLeftInPeaceForThatLong()
    {
        var version = await PutAsync("secret 1");
        await GetAsync();
        _vault.Answer = VaultAnswer.Throttled(120);
        _time.Advance(TimeSpan.FromMinutes(10));

        await GetAsync();
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.That((await GetAsync(), await GetAsync(version), Asked), Is.EqualTo((version, version, 2)));
        _time.Advance(TimeSpan.FromSeconds(1));
        await GetAsync();
        Assert.That((Asked, _log.TakeWarnings().Length), Is.EqualTo((3, 2)));
    }

    [Test]
    public async Task AVaultThatSaysNothing_IsGivenUpAfterFifteenSeconds_AndTheLastValueServes()
    {
        var version = await PutAsync("secret 1");
        await GetAsync();
        _vault.Answer = VaultAnswer.Nothing;
        _time.Advance(TimeSpan.FromMinutes(10));

        var asking = GetAsync();
        await ArrivedAsync(2);
        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.That(await asking, Is.EqualTo(version));
        Assert.That(_log.TakeWarnings().Single(), Does.Contain("(no answer within 15 s)"));
    }

    [Test]
    public async Task AVaultThatHangsUp_IsDownToo()
    {
        var version = await PutAsync("secret 1");
        await GetAsync();
        _vault.Answer = VaultAnswer.Broken;
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.That(await GetAsync(), Is.EqualTo(version));
        Assert.That(_log.TakeWarnings().Single(), Does.Contain("(it could not be reached)"));
    }

    [Test]
    public async Task AVaultWhereNobodyListens_IsDownToo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closed = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var certificate = VaultCertificate.Create(VaultServer.Domain);
        using var http = new HttpClient(VaultCertificate.HandlerThatTrusts(certificate, closed));
        var secrets = Secrets(new SecretClientOptions { Transport = new HttpClientTransport(http) });

        Assert.That(
            Text(await secrets.GetAsync("five9-acme", null, CancellationToken.None)),
            Is.EqualTo($"Unreachable The key vault {_vault.Uri.Host} did not hand out the secret five9-acme (it could not be reached)."));
    }

    [Test]
    public async Task WithoutALastValue_AVaultThatIsDown_IsSaid_AndAskedAgainAfterThirtySeconds()
    {
        var version = await PutAsync("secret 1");
        _vault.Answer = VaultAnswer.Unavailable;

        Assert.That(await GetAsync(), Is.EqualTo($"Unreachable The key vault {_vault.Uri.Host} did not hand out the secret five9-acme (HTTP 503)."));
        _vault.Answer = VaultAnswer.Truth;
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(await GetAsync(), Does.StartWith("Unreachable"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await GetAsync(), Asked), Is.EqualTo((version, 2)));
    }

    [Test]
    public async Task ASecretThatWasTakenAway_DoesNotGoOnServing()
    {
        await PutAsync("secret 1");
        await GetAsync();
        await _vault.Secrets.DeleteAsync("five9-acme", CancellationToken.None);

        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.That(await GetAsync(), Is.EqualTo("SecretMissing"));
        _vault.Answer = VaultAnswer.Unavailable;
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await GetAsync(), Does.StartWith("Unreachable"));
    }

    [Test]
    public async Task AVersionThatCannotBeUsed_IsDropped_AndTheSecretReadAtOnce()
    {
        var first = await PutAsync("secret 1");
        await GetAsync();
        var second = await PutAsync("secret 2");

        Assert.That((await GetAsync(), Asked), Is.EqualTo((first, 1)));
        Assert.That((await GetAsync(notVersion: first), Asked), Is.EqualTo((second, 2)));
        Assert.That((await GetAsync(notVersion: first), await GetAsync(), Asked), Is.EqualTo((second, second, 2)));
    }

    [Test]
    public async Task AVersionThatCannotBeUsed_ButIsStillTheNewest_IsLookedAtOnceInThirtySeconds()
    {
        var first = await PutAsync("secret 1");
        await GetAsync();

        for (var i = 0; i < 10; i++)
        {
            Assert.That(await GetAsync(notVersion: first), Is.EqualTo(first));
            _time.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.That(Asked, Is.EqualTo(3)); // the first, and two in the minute
    }

    [Test]
    public async Task ASecretThatExpiresInTheCache_IsReadAgain()
    {
        await _vault.PutAsync("five9-acme", """{"userName": "u", "password": "secret 1"}""", new SecretAttributes(true, null, 1793649660)); // 20:01:00Z
        await GetAsync();
        var second = await PutAsync("secret 2");

        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.That((await GetAsync(), Asked), Is.EqualTo((second, 2)));
    }

    [Test]
    public async Task Names_AreTheSameInAnyCase_AsInTheVault()
    {
        var version = await PutAsync("secret 1");
        await GetAsync();

        Assert.That(Text(await _secrets!.GetAsync("FIVE9-Acme", null, CancellationToken.None)), Is.EqualTo(version));
        Assert.That(_vault.Requests.Keys, Is.EquivalentTo(new[] { "challenge", "get five9-acme" }));
    }

    private Five9Secrets Secrets(SecretClientOptions clientOptions)
    {
        clientOptions.Retry.MaxRetries = 0;
        var options = Options.Create(new KeyVaultOptions());
        return new Five9Secrets(new SecretStore(new SecretClient(_vault.Uri, _vault.Credential, clientOptions), Unheard.Metrics, options, _time), options, _time, _loggers!.CreateLogger<Five9Secrets>());
    }

    private Task<string> PutAsync(string password) => _vault.PutAsync("five9-acme", "importer@acme.test", password);

    private async Task<string> GetAsync(string? notVersion = null) => Text(await _secrets!.GetAsync("five9-acme", notVersion, CancellationToken.None));

    private Task ArrivedAsync(int requests) => _vault.WhenAskedAsync("get five9-acme", requests);

    private static string Text(SecretReading reading) => reading switch
    {
        SecretReading.Held held => held.Secret.Version,
        SecretReading.Refused refused => $"{refused.Error.Problem}",
        SecretReading.Unreachable unreachable => $"Unreachable {unreachable.Text}",
        _ => throw new AssertionException(reading.GetType().Name),
    };
}
