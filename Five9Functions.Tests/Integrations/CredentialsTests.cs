using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Tests.Imports;
using Microsoft.Extensions.Options;

namespace Five9Functions.Tests.Integrations;

public sealed class CredentialsTests
{
    private readonly IntegrationOptions _options = new() { Integrations = { ["acme"] = new IntegrationSettings { Password = "secret 1" } } };

    [Test]
    public async Task For_GivesTheLoginOfTheIntegration()
    {
        var credential = await ForAsync(ImportData.Acme);

        Assert.That(credential.Login, Is.EqualTo(new Five9Login(new Uri("https://api.five9.test/"), "importer@acme.test", "secret 1")));
    }

    [Test]
    public async Task For_NamesTheVersionByASlowHashOfTheSecret()
    {
        Assert.That((await ForAsync(ImportData.Acme)).Version, Is.EqualTo("86df13023020c5c3b692ab8815d614f8"));

        _options.Integrations["acme"].Password = "secret 2";
        Assert.That((await ForAsync(ImportData.Acme)).Version, Is.EqualTo("6a9af800efb153512c1ab434b943a831"));
    }

    [Test]
    public async Task For_TwoIntegrationsOfOneUser_IsOneVersion()
    {
        _options.Integrations["other"] = new IntegrationSettings { Password = "secret 1" };

        Assert.That(
            (await ForAsync(ImportData.Acme with { Id = "other", UserName = "IMPORTER@acme.test" })).Version,
            Is.EqualTo("86df13023020c5c3b692ab8815d614f8"));
    }

    [Test]
    public async Task ToString_NeverHoldsThePassword() =>
        Assert.That((await ForAsync(ImportData.Acme)).ToString(), Is.EqualTo("importer@acme.test at api.five9.test"));

    [TestCase("acme", "")]
    [TestCase("nobody", "secret 1")]
    public void For_WithoutAPassword_SaysWhereToSetIt(string id, string password)
    {
        _options.Integrations["acme"].Password = password;

        Assert.That(
            () => ForAsync(ImportData.Acme with { Id = id }),
            Throws.TypeOf<Five9MisconfiguredException>().With.Message.EqualTo($"No password is configured for the integration {id}: set Integrations:{id}:Password."));
    }

    private async Task<Five9Credential> ForAsync(Integration integration) =>
        await new Credentials(Options.Create(_options)).ForAsync(integration, CancellationToken.None);
}
