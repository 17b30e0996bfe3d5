using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Azure;
using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.LocalHost.Vault;

namespace Five9Functions.Tests.LocalHost.Vault;

public sealed class VaultServerTests
{
    private readonly LocalVault _vault = TestVault.New();

    [Test]
    public async Task Requests_AreCountedByOperationAndSecret_WithOneChallenge()
    {
        var client = _vault.Client();
        await client.SetSecretAsync("a", "1");
        await client.GetSecretAsync("a");
        await client.GetSecretAsync("a");
        await client.GetPropertiesOfSecretsAsync().ToListAsync();
        Assert.That(() => client.GetSecretAsync("b"), Throws.TypeOf<RequestFailedException>());

        Assert.That(_vault.Requests, Is.EquivalentTo(new Dictionary<string, int> { ["challenge"] = 1, ["set a"] = 1, ["get a"] = 2, ["get b"] = 1, ["list"] = 1 }));
    }

    [Test]
    public async Task WithoutTheToken_TheAnswerIsAChallenge_AndNothingElse()
    {
        await _vault.Client().SetSecretAsync("a", "1");
        using var http = new HttpClient(_vault.Handler, disposeHandler: false);

        using var answer = await http.GetAsync(new Uri(_vault.Uri, "secrets/a?api-version=7.6"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(
            answer.Headers.WwwAuthenticate.Single().ToString(),
            Is.EqualTo("Bearer authorization=\"https://login.vault.localhost/00000000-0000-0000-0000-000000000000\", resource=\"https://vault.localhost\""));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("""{"error":{"code":"Unauthorized","message":"Request is missing a Bearer or PoP token."}}"""));
    }

    [Test]
    public void ATokenOfSomebodyElse_OpensNothing()
    {
        var client = new SecretClient(_vault.Uri, new ForeignToken(), _vault.ClientOptions());

        Assert.That(() => client.GetSecretAsync("a"), Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(401));
        Assert.That(_vault.Requests.Keys, Is.EqualTo(new[] { "challenge" }));
    }

    [TestCase("secrets/a", "BadParameter", HttpStatusCode.BadRequest)]
    [TestCase("keys/a?api-version=7.6", "BadParameter", HttpStatusCode.BadRequest)]
    public async Task ARequestThatKeyVaultWouldNotTake_IsABadRequest(string path, string code, HttpStatusCode status)
    {
        await _vault.Client().SetSecretAsync("a", "1");
        using var http = new HttpClient(_vault.Handler, disposeHandler: false);
        var token = await _vault.Credential.GetTokenAsync(new TokenRequestContext(["https://vault.localhost/.default"]), CancellationToken.None);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);

        using var answer = await http.GetAsync(new Uri(_vault.Uri, path));

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"code\":\"{code}\""));
    }

    [Test]
    public async Task Throttled_SaysWhenToComeBack_AndIsCounted()
    {
        var client = Impatient();
        await client.SetSecretAsync("a", "1");
        _vault.Answer = VaultAnswer.Throttled(7);

        Assert.That(
            () => client.GetSecretAsync("a"),
            Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(429).And.Matches<RequestFailedException>(e => e!.GetRawResponse()?.Headers.Any(h => h is { Name: "Retry-After", Value: "7" }) == true));
        Assert.That(_vault.Requests["get a"], Is.EqualTo(1));
    }

    [Test]
    public async Task Unavailable_UntilItIsToldOtherwise()
    {
        var client = Impatient();
        await client.SetSecretAsync("a", "1");

        _vault.Answer = VaultAnswer.Unavailable;
        Assert.That(() => client.GetSecretAsync("a"), Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(503));
        _vault.Answer = VaultAnswer.Truth;
        Assert.That((await client.GetSecretAsync("a")).Value.Value, Is.EqualTo("1"));
    }

    [Test]
    public async Task Nothing_IsNoAnswerAtAll_ButCounted()
    {
        var client = Impatient();
        await client.SetSecretAsync("a", "1");
        _vault.Answer = VaultAnswer.Nothing;
        using var hungUp = new CancellationTokenSource();

        var asking = client.GetSecretAsync("a", cancellationToken: hungUp.Token);
        await _vault.WhenAskedAsync("get a", 1);

        Assert.That(asking.IsCompleted, Is.False);
        await hungUp.CancelAsync();
        Assert.That(() => asking, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void AClientThatTrustsTheSystemsAuthoritiesAlone_DoesNotTalkToIt()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        Assert.That(
            () => http.GetAsync(new UriBuilder(_vault.Uri) { Host = "127.0.0.1" }.Uri),
            Throws.TypeOf<HttpRequestException>().With.InnerException.TypeOf<AuthenticationException>());
    }

    [Test]
    public async Task AClientOfTheStandIn_TrustsNoOtherCertificate()
    {
        await using var another = await VaultServer.StartAsync();
        using var certificate = VaultCertificate.Create(VaultServer.Domain);
        using var http = new HttpClient(VaultCertificate.HandlerThatTrusts(certificate, another.Port));

        Assert.That(() => http.GetAsync(another.Vault("a").Uri), Throws.TypeOf<HttpRequestException>().With.InnerException.TypeOf<AuthenticationException>());
    }

    private SecretClient Impatient()
    {
        var options = _vault.ClientOptions();
        options.Retry.MaxRetries = 0;
        return new SecretClient(_vault.Uri, _vault.Credential, options);
    }

    private sealed class ForeignToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("foreign", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
