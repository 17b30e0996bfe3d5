using Five9Functions.Credentials;
using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

public sealed class SecretCommandTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("secret-").FullName;
    private readonly Said _output = new();
    private readonly Said _errors = new();

    private string SettingsFile => Path.Combine(_folder, "local.settings.json");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Set_StoresWhatTheImporterReads_UnderTheNameThatTheSettingsGive()
    {
        await File.WriteAllTextAsync(SettingsFile, """{ "Values": { "Integrations__acme__UserName": "importer@acme.test", "Integrations__acme__SecretName": "five9-shared" } }""");

        Assert.That((await SetAsync("acme", user: null, "Gr3en W4llet"), _errors.ToString()), Is.EqualTo((0, "")));

        await using var vaults = await Surroundings.VaultsAsync(_folder, CancellationToken.None);
        var stored = (await Surroundings.VaultOf(vaults).Client().GetSecretAsync("five9-shared")).Value;
        Assert.That(Five9Secret.Parse(stored.Value), Is.EqualTo(("importer@acme.test", "Gr3en W4llet", "api.five9.com")));
        Assert.That((stored.Properties.ContentType, stored.Properties.Tags["integration"]), Is.EqualTo(("application/json", "acme")));
        Assert.That(
            _output.ToString(),
            Is.EqualTo($"The password of importer@acme.test is version {stored.Properties.Version} of the secret five9-shared, kept in {Path.Combine(_folder, "vault")} for you alone.\n"));
    }

    [Test]
    public async Task Set_WhileTheVaultIsServed_IsSeenAtOnce()
    {
        await using var vaults = await Surroundings.VaultsAsync(_folder, CancellationToken.None);

        Assert.That(await SetAsync("acme", "importer@acme.test", "Gr3en W4llet"), Is.Zero);

        Assert.That((await Surroundings.VaultOf(vaults).Client().GetSecretAsync("five9-acme")).Value.Value, Is.EqualTo("""{"userName":"importer@acme.test","password":"Gr3en W4llet","host":"api.five9.com"}"""));
    }

    [TestCase("eu", "api.eu.five9.com")]
    [TestCase("http://127.0.0.1:7090/", "127.0.0.1:7090")]
    [TestCase("https://Five9.Example.com/gateway", "five9.example.com")]
    public async Task Set_NamesTheHostOfTheRegion(string region, string host)
    {
        await File.WriteAllTextAsync(SettingsFile, $$"""{ "Values": { "Integrations__acme__UserName": "importer@acme.test", "Integrations__acme__Region": "{{region}}" } }""");

        Assert.That((await SetAsync("acme", user: null, "Gr3en W4llet"), _errors.ToString()), Is.EqualTo((0, "")));

        await using var vaults = await Surroundings.VaultsAsync(_folder, CancellationToken.None);
        Assert.That(
            (await Surroundings.VaultOf(vaults).Client().GetSecretAsync("five9-acme")).Value.Value,
            Is.EqualTo($$"""{"userName":"importer@acme.test","password":"Gr3en W4llet","host":"{{host}}"}"""));
    }

    [Test]
    public async Task Set_ForARegionThatIsNone_StoresNothing()
    {
        await File.WriteAllTextAsync(SettingsFile, """{ "Values": { "Integrations__acme__UserName": "importer@acme.test", "Integrations__acme__Region": "mars" } }""");

        Assert.That((await SetAsync("acme", user: null, "p"), _errors.ToString()), Is.EqualTo((
            1, "The password would have no host: correct Integrations__acme__Region in local.settings.json; it is us, uk, ca, eu, in or an https address.\n")));
        Assert.That(Directory.Exists(Path.Combine(_folder, "vault")), Is.False);
    }

    [TestCase("beta", "ann:acme", "p", "'ann:acme' is no user name of Five9: it must not hold a colon, control characters, line breaks or marks that change the direction of text.")]
    [TestCase("beta", "an\u202En", "p", "'an\\u202En' is no user name of Five9: it must not hold a colon, control characters, line breaks or marks that change the direction of text.")]
    [TestCase("acme", "ann@acme.test", "p", "acme logs in as importer@acme.test, not as ann@acme.test: correct --user, or Integrations__acme__UserName in local.settings.json.")]
    [TestCase("beta", null, "p", "Whose password is it? Give --user NAME, or set Integrations__beta__UserName in local.settings.json.")]
    [TestCase("Acme", "a", "p", "'Acme' is no id of an integration: it may hold lower-case letters, digits and hyphens, and begins with a letter.")]
    [TestCase("acme", null, "", "No password was given; nothing was stored.")]
    public async Task Set_WhatCannotWork_IsOneLine_AndStoresNothing(string integration, string? user, string password, string why)
    {
        await File.WriteAllTextAsync(SettingsFile, """{ "Values": { "Integrations__acme__UserName": "importer@acme.test" } }""");

        Assert.That((await SetAsync(integration, user, password), _errors.ToString()), Is.EqualTo((1, $"{why}\n")));
        Assert.That(Directory.Exists(Path.Combine(_folder, "vault")), Is.False);
    }

    private Task<int> SetAsync(string integration, string? user, string password) =>
        SecretCommand.RunAsync(new SecretRequest(integration, user, _folder, SettingsFile), _ => password, Screen.Plain(_output, _errors), CancellationToken.None);
}
