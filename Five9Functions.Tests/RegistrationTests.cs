using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Five9.Soap;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Five9Functions.Tests;

public sealed class RegistrationTests
{
    [Test]
    public void Container_Builds() => Assert.That(() => Build().Dispose(), Throws.Nothing);

    [Test]
    public void EverythingThatStartsWithTheApp_CanBeConstructed_StorageFirst()
    {
        using var services = Build();

        Assert.That(services.GetServices<IHostedService>().Select(s => s.GetType().Name), Is.EqualTo(new[] { "PrepareStorage", "SeedIntegrations" }));
    }

    [TestCase("Integrations:acme:Zone", "Pacific", "Integrations:acme:Zone: 'Pacific' is not an IANA time zone such as America/Los_Angeles.")]
    [TestCase("KeyVault:Uri", "", "KeyVault:Uri: '' is not the address of a key vault, such as https://NAME.vault.azure.net/.")]
    [TestCase("KeyVault:Uri", "http://acme.vault.azure.net/", "KeyVault:Uri: 'http://acme.vault.azure.net/' is not the address of a key vault, such as https://NAME.vault.azure.net/.")]
    [TestCase("KeyVault:Cache", "00:00:00", "KeyVault:Cache is 00:00:00; it must be more than 00:00:00 and a day at most.")]
    [TestCase("KeyVault:Timeout", "2.00:00:00", "KeyVault:Timeout is 2.00:00:00; it must be more than 00:00:00 and a day at most.")]
    [TestCase("Integrations:acme:ScheduleMinutes", "5", "Integrations:acme:ScheduleMinutes is 5; it must be between 10 and 1440.")]
    [TestCase("Imports:RowCap", "1", "Imports:RowCap is 1; it must be between 2 and 1000000.")]
    [TestCase("Imports:BackfillDays", "0", "Imports:BackfillDays is 0; it must be between 1 and 366.")]
    [TestCase("Imports:BackfillReservePercent", "100", "Imports:BackfillReservePercent is 100; it must be between 0 and 99.")]
    [TestCase("Five9:AllowedHosts", "five9.example.com", "Five9:AllowedHosts: 'five9.example.com' is not a host with its port, such as five9.example.com:443; put commas between several.")]
    [TestCase("Five9:AllowedHosts", "five9.example.com:443,https://other.example.com:443", "Five9:AllowedHosts: 'https://other.example.com:443' is not a host with its port")]
    [TestCase("Five9:AllowedHosts", "*.example.com:443", "Five9:AllowedHosts: '*.example.com:443' is not a host with its port")]
    [TestCase("Five9:AllowedHosts", "user@example.com:443", "Five9:AllowedHosts: 'user@example.com:443' is not a host with its port")]
    [TestCase("Five9:AllowedHosts", "five9.example.com:70000", "Five9:AllowedHosts: 'five9.example.com:70000' is not a host with its port")]
    [TestCase("Five9:AllowedHosts", "five9.example.com/a:443", "Five9:AllowedHosts: 'five9.example.com/a:443' is not a host with its port")]
    [TestCase("Five9:ApiVersion", "13", "Five9:ApiVersion is '13'; it must be a version of the API such as v13 or v9_5.")]
    [TestCase("Five9:ApiVersion", "v13/../other", "Five9:ApiVersion is 'v13/../other'; it must be a version of the API such as v13 or v9_5.")]
    [TestCase("Five9:SupervisorVersion", "", "Five9:SupervisorVersion is ''; it must be a version of the API such as v13 or v9_5.")]
    [TestCase("Five9:CallTimeout", "00:00:00", "Five9:CallTimeout is 00:00:00; it must be more than 00:00:00, up to a day.")]
    [TestCase("Five9:DownloadTimeout", "1.00:00:01", "Five9:DownloadTimeout is 1.00:00:01; it must be more than 00:00:00, up to a day.")]
    [TestCase("Five9:IdleTimeout", "-00:00:01", "Five9:IdleTimeout is -00:00:01; it must be more than 00:00:00, up to a day.")]
    [TestCase("Five9:SupervisorTimeout", "00:00:00", "Five9:SupervisorTimeout is 00:00:00; it must be more than 00:00:00, up to a day.")]
    [TestCase("Integrations:acme:UserName", "importer:acme", "Integrations:acme:UserName: 'importer:acme' must not hold a colon, because a login over HTTP ends the user name there.")]
    [TestCase("Integrations:acme:Name", "Ac\u202Eme", "Integrations:acme:Name: 'Ac\\u202Eme' must not hold control characters, line breaks or marks that change the direction of text.")]
    [TestCase("Imports:Settle", "-00:05:00", "Imports:Settle is -00:05:00; it must be between 00:00:00 and a day.")]
    public void ASettingThatCannotWork_IsNamedAtTheStart(string key, string value, string problem)
    {
        using var services = Build((key, value));

        Assert.That(() => services.GetRequiredService<IStartupValidator>().Validate(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(problem));
    }

    [Test]
    public void AnotherVersionOfFive9sApi_IsTaken_AndIsTheClients()
    {
        using var services = Build(("Five9:ApiVersion", "v9_5"));

        Assert.That(() => services.GetRequiredService<IStartupValidator>().Validate(), Throws.Nothing);
        Assert.That(services.GetRequiredService<Five9ClientOptions>().ApiVersion, Is.EqualTo("v9_5"));
    }

    [TestCase("Imports:Settle", "soon")]
    [TestCase("Integrations:acme:Agents", "many")]
    public void ASettingThatCannotBeRead_IsNamedAtTheStart(string key, string value)
    {
        using var services = Build((key, value));

        Assert.That(() => services.GetRequiredService<IStartupValidator>().Validate(), Throws.InvalidOperationException.With.Message.Contains($"'{key}'"));
    }

    [Test]
    public void APasswordInASetting_IsRefused()
    {
        using var services = Build(("Integrations:acme:Password", "secret 1"));

        Assert.That(
            () => services.GetRequiredService<IStartupValidator>().Validate(),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Integrations:acme:Password: passwords are in the key vault alone. Put it into the secret five9-acme (docs/credentials.md) and remove this setting."));
    }

    [Test]
    public void Storage_WithoutAConnectionString_IsReachedAtItsAddresses()
    {
        using var services = Build(
            ("AzureWebJobsStorage", ""),
            ("AzureWebJobsStorage:blobServiceUri", "https://acme.blob.example.net/"),
            ("AzureWebJobsStorage:queueServiceUri", "https://acme.queue.example.net/"),
            ("AzureWebJobsStorage:tableServiceUri", "https://acme.table.example.net/"));

        Assert.That(services.GetRequiredService<BlobServiceClient>().Uri.AbsoluteUri, Is.EqualTo("https://acme.blob.example.net/"));
        Assert.That(services.GetRequiredService<QueueServiceClient>().Uri.AbsoluteUri, Is.EqualTo("https://acme.queue.example.net/"));
        Assert.That(services.GetRequiredService<TableServiceClient>().Uri.AbsoluteUri, Is.EqualTo("https://acme.table.example.net/"));
    }

    [Test]
    public void Storage_WithoutAnything_SaysWhatToSet()
    {
        using var services = Build(("AzureWebJobsStorage", ""));

        Assert.That(
            services.GetRequiredService<TableServiceClient>,
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__tableServiceUri to the address of the table service."));
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddConfiguration(SampleSettingsTests.Configuration())
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddFive9Functions(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
