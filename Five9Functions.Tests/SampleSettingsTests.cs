using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Five9Functions.Credentials;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.RealTime;
using Five9Functions.Runs;
using Five9Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Five9Functions.Tests;

/// <summary>local.settings.sample.json lists every key with its default: whoever fills it in must miss nothing.</summary>
public sealed class SampleSettingsTests
{
    private static readonly string[] Hosts = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsDisableHomepage", "ImportSchedule", "LiveSchedule"];

    // What everybody has to fill in.
    private static readonly string[] OnesOwn = ["Name", "UserName"];

    private static readonly Dictionary<string, string> Values = Read();

    [Test]
    public void Sample_HasEveryKey_AndNoOther() => Assert.That(
        Values.Keys,
        Is.EquivalentTo((string[])[.. Hosts, .. Keys<IntegrationSettings>("Integrations__acme__"), .. Keys<KeyVaultOptions>("KeyVault__"), .. Keys<ImportOptions>("Imports__"), .. Keys<LiveOptions>("Live__"), .. Keys<RotationOptions>("Rotation__"), .. Keys<Five9ClientOptions>("Five9__"), .. Keys<TelemetryOptions>("Telemetry__")]));

    [Test]
    public void Sample_IsForTheIsolatedWorker_EveryQuarterOfAnHour() => Assert.That(
        Hosts.Select(key => Values[key]), Is.EqualTo(new[] { "UseDevelopmentStorage=true", "dotnet-isolated", "true", "0 */15 * * * *", "*/15 * * * * *" }));

    [Test]
    public void Sample_BindsToValidSettings_AtTheirDefaults()
    {
        var configuration = Configuration();
        using var services = new ServiceCollection().AddLogging().AddFive9Functions(configuration).BuildServiceProvider();

        Assert.That(() => services.GetRequiredService<IStartupValidator>().Validate(), Throws.Nothing);
        var integrations = services.GetRequiredService<IOptions<IntegrationOptions>>().Value.Integrations;
        Assert.That(integrations.Keys, Is.EqualTo(new[] { "acme" }));
        Assert.That(Text(integrations["acme"], OnesOwn), Is.EqualTo(Text(new IntegrationSettings(), OnesOwn)));
        Assert.That(Text(services.GetRequiredService<IOptions<ImportOptions>>().Value), Is.EqualTo(Text(new ImportOptions())));
        Assert.That(Text(services.GetRequiredService<IOptions<LiveOptions>>().Value), Is.EqualTo(Text(new LiveOptions())));
        Assert.That(Text(services.GetRequiredService<IOptions<RotationOptions>>().Value), Is.EqualTo(Text(new RotationOptions())));
        Assert.That(Text(services.GetRequiredService<IOptions<KeyVaultOptions>>().Value, "Uri"), Is.EqualTo(Text(new KeyVaultOptions(), "Uri")));
        Assert.That(Text(services.GetRequiredService<Five9ClientOptions>()), Is.EqualTo(Text(new Five9ClientOptions())));
    }

    [Test]
    public void Sample_HasNoPlaceForAPassword_AndNoVault_SoThatTheLocalOneIsUsed()
    {
        Assert.That(Values.Keys, Has.None.Contains("assword"));
        Assert.That(Values["KeyVault__Uri"], Is.Empty);
    }

    /// <summary>Every key but those of the integrations, which are connected over HTTP in Azure, and of the host.</summary>
    internal static IEnumerable<string> KeysOfTheApp => Values.Keys.Where(key => !key.StartsWith("Integrations__", StringComparison.Ordinal)).Except(["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsDisableHomepage"]);

    /// <summary>As the Functions host makes settings of them: environment variables, in which __ stands for a colon. With a vault, which everybody has to name in Azure.</summary>
    internal static IConfiguration Configuration() => new ConfigurationBuilder()
        .AddInMemoryCollection(Values.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value)))
        .AddInMemoryCollection([KeyValuePair.Create("KeyVault:Uri", (string?)"https://acme.vault.azure.net/")])
        .Build();

    private static IEnumerable<string> Keys<T>(string prefix) => Properties<T>().Select(p => prefix + p.Name);

    private static IEnumerable<string> Text<T>(T settings, params string[] except) =>
        Properties<T>().Where(p => !except.Contains(p.Name)).Select(p => $"{p.Name} = {p.GetValue(settings)}");

    private static IEnumerable<PropertyInfo> Properties<T>() => typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);

    private static Dictionary<string, string> Read([CallerFilePath] string here = "")
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "local.settings.sample.json")));
        return sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString()!);
    }
}
