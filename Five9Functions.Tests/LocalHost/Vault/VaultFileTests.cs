using Five9Functions.LocalHost.Vault;

namespace Five9Functions.Tests.LocalHost.Vault;

public sealed class VaultFileTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"vault-{Guid.NewGuid():N}");

    private string VaultFile => Path.Combine(_folder, "local.json");

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public async Task Secrets_SurviveARestart()
    {
        string version;
        await using (var server = await StartAsync())
        {
            version = (await server.Vault("local").Client().SetSecretAsync("a", "kept")).Value.Properties.Version;
        }

        await using var restarted = await StartAsync();
        var kept = (await restarted.Vault("local").Client().GetSecretAsync("a")).Value;
        Assert.That((kept.Value, kept.Properties.Version), Is.EqualTo(("kept", version)));
    }

    [Test]
    public async Task TheFile_IsTheUsersAlone_AlsoAfterItWasReplaced()
    {
        await using var server = await StartAsync();
        await server.Vault("local").Client().SetSecretAsync("a", "1");
        await server.Vault("local").Client().SetSecretAsync("a", "2");

        Assert.That(Directory.GetFiles(_folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "local.json", "local.json.lock" }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(VaultFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(File.GetUnixFileMode(_folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
    }

    [Test]
    public async Task WhatOneProcessPutsIn_AnotherServesAtOnce_AndNothingIsLost()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        var (first, second) = (one.Vault("local").Client(), two.Vault("local").Client());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? first : second).SetSecretAsync($"s{i}", "1")));

        Assert.That((await first.GetPropertiesOfSecretsAsync().ToListAsync()).Select(s => s.Name), Is.EqualTo(new[] { "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7" }));
    }

    [Test]
    public async Task AFileThatSomebodyBroke_IsNamed_WithoutWhatIsInIt()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(VaultFile, """[{ "name": "a", "versions": "hunter2" """);
        await using var server = await StartAsync();

        Assert.That(
            () => server.Vault("local").Secrets.List(0),
            Throws.InvalidOperationException.With.Message.EqualTo($"The vault's file {VaultFile} cannot be read: restore it, or delete it and put the secrets in again.").And.InnerException.Null);
    }

    private Task<VaultServer> StartAsync() => VaultServer.StartAsync(new VaultServerOptions(_folder));
}
