using System.Reflection;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Credentials;
using Five9Functions.Functions;
using Five9Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Five9Functions.Tests.Infra.Deployment;

namespace Five9Functions.Tests.Infra;

/// <summary>What would be deployed against the code: all that it needs, under the same name, and nothing that it does not know.</summary>
[TestFixture("dev")]
[TestFixture("prod")]
internal sealed class DeploymentTests(string environment)
{
    /// <summary>What the Functions host and the Azure SDK read; everything else is a key of local.settings.sample.json.</summary>
    private static readonly string[] SettingsOfOthers =
    [
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "AzureWebJobsDisableHomepage", "AZURE_CLIENT_ID",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    ];

    private Deployment _deployment = null!;

    [SetUp]
    public async Task PredictAsync() => _deployment = await OfAsync(environment);

    [Test]
    public void Queues_AreThoseOfTheCode_EachWithItsPoisonQueue() => Assert.That(
        _deployment.Names("Microsoft.Storage/storageAccounts/queueServices/queues"),
        Is.EquivalentTo(StorageLayout.Queues.SelectMany(name => new[] { name, $"{name}-poison" })));

    [Test]
    public void Tables_AreThoseOfTheCode() => Assert.That(_deployment.Names("Microsoft.Storage/storageAccounts/tableServices/tables"), Is.EquivalentTo(StorageLayout.Tables));

    [Test]
    public void Containers_AreThatOfTheRawDays_AndTheOneThatTheAppIsStartedFrom()
    {
        var package = Text(App["properties"]!["functionAppConfig"]!["deployment"]!["storage"]!["value"]);

        Assert.That(_deployment.Names("Microsoft.Storage/storageAccounts/blobServices/containers"), Is.EquivalentTo(new[] { StorageLayout.RawDays, "deployment" }));
        Assert.That(package, Does.StartWith("[format('{0}").And.EndWith(".blob, 'deployment')]").Or.EndsWith("deployment"));
    }

    [Test]
    public void Settings_AreKnown_EachOfThem()
    {
        var ofTheCode = SampleSettingsTests.KeysOfTheApp;

        Assert.That(Settings.Keys.Except(SettingsOfOthers), Is.SubsetOf(ofTheCode));
        Assert.That(SettingsOfOthers, Is.SubsetOf(Settings.Keys));
    }

    [Test]
    public void Settings_AreAllThatTheAppNeedsToStart()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), Known(s.Key, s.Value)))).Build();
        using var services = new ServiceCollection().AddLogging().AddFive9Functions(configuration).BuildServiceProvider();

        Assert.That(() => services.GetRequiredService<IStartupValidator>().Validate(), Throws.Nothing);
        Assert.That(services.GetRequiredService<BlobServiceClient>().Uri, Is.EqualTo(new Uri("https://blob.example/")));
        Assert.That(services.GetRequiredService<QueueServiceClient>().Uri, Is.EqualTo(new Uri("https://queue.example/")));
        Assert.That(services.GetRequiredService<TableServiceClient>().Uri, Is.EqualTo(new Uri("https://table.example/")));
        Assert.That(services.GetRequiredService<SecretClient>().VaultUri, Is.EqualTo(new Uri("https://vault.example/")));

        // What only Azure knows.
        static string? Known(string key, string value) => !value.StartsWith('[') ? value
            : key == "KeyVault__Uri" ? "https://vault.example/"
            : key == "APPLICATIONINSIGHTS_CONNECTION_STRING" ? null // whoever is connected records every span of the process: ExportTests
            : key.StartsWith("AzureWebJobsStorage__", StringComparison.Ordinal) ? $"https://{value.Split("primaryEndpoints.")[^1].TrimEnd(']')}.example/"
            : value;
    }

    [Test]
    public void SettingsThatTimersName_AreThere()
    {
        var named = Parameters().Select(p => p.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule).OfType<string>().Distinct().ToList();

        Assert.That(named, Is.Not.Empty.And.SubsetOf(Settings.Keys.Select(key => $"%{key}%")));
        Assert.That((Settings["ImportSchedule"], Settings["LiveSchedule"]), Is.EqualTo(("0 */15 * * * *", "*/15 * * * * *")));
    }

    [Test]
    public void NoSetting_IsASecret()
    {
        Assert.That(Settings.Values, Has.None.Contains("AccountKey").And.None.Contains("listKeys").And.None.Contains("SharedAccessSignature"));
        Assert.That(Settings.Keys, Has.None.Contains("assword").And.None.EqualTo("AzureWebJobsStorage"));
    }

    [Test]
    public void Roles_AreTheseAndNoMore() => Assert.That(
        _deployment.Of("Microsoft.Authorization/roleAssignments").Select(Role),
        Is.EquivalentTo(new[]
        {
            "userAssignedIdentities: Storage Blob Data Owner on storageAccounts",
            "userAssignedIdentities: Storage Queue Data Contributor on storageAccounts",
            "userAssignedIdentities: Storage Table Data Contributor on storageAccounts",
            "userAssignedIdentities: Key Vault Secrets Officer on vaults",
            "userAssignedIdentities: Monitoring Metrics Publisher on components",
            "systemTopics: Storage Queue Data Message Sender on queues/credential-events",
        }));

    [Test]
    public void Events_AreThoseThatTheCodeKnows_InItsQueue()
    {
        var subscription = _deployment.Single("Microsoft.EventGrid/systemTopics/eventSubscriptions")["properties"]!;
        var destination = subscription["deliveryWithResourceIdentity"]!["destination"]!;
        var types = subscription["filter"]!["includedEventTypes"]!.AsArray().Select(Text).ToList();

        Assert.That((Text(destination["endpointType"]), Text(destination["properties"]!["queueName"])), Is.EqualTo(("StorageQueue", StorageLayout.CredentialEvents)));
        Assert.That(types.Select(type => System.Text.Json.JsonSerializer.Deserialize<CredentialEvents>($$"""{"eventType":"{{type}}"}""")!.Events.Single().Kind), Is.EqualTo(new[]
        {
            CredentialEventKind.NewVersion, CredentialEventKind.NearExpiry, CredentialEventKind.Expired,
        }));
    }

    [Test]
    public void Runtime_IsThatOfTheBuild()
    {
        var runtime = App["properties"]!["functionAppConfig"]!["runtime"]!;

        Assert.That($"{Text(runtime["name"])} net{Text(runtime["version"])}", Is.EqualTo("dotnet-isolated net10.0"));
        Assert.That(File.ReadAllText(Path.Combine(Root(), "Directory.Build.props")), Does.Contain("<TargetFramework>net10.0</TargetFramework>"));
        Assert.That(Text(_deployment.Single("Microsoft.Web/serverfarms")["sku"]!["name"]), Is.EqualTo("FC1"));
    }

    [Test]
    public void Storage_HasNoKeys_NoPublicBlob_NoOldTls()
    {
        var account = _deployment.Single("Microsoft.Storage/storageAccounts")["properties"]!;

        Assert.That(account["allowSharedKeyAccess"]!.GetValue<bool>(), Is.False);
        Assert.That(account["allowBlobPublicAccess"]!.GetValue<bool>(), Is.False);
        Assert.That(account["supportsHttpsTrafficOnly"]!.GetValue<bool>(), Is.True);
        Assert.That(Text(account["minimumTlsVersion"]), Is.EqualTo("TLS1_2"));
    }

    [Test]
    public void RawDays_AreMovedAndNeverDeleted_NorPutWhereTheyCannotBeRead()
    {
        var rule = _deployment.Single("Microsoft.Storage/storageAccounts/managementPolicies")["properties"]!["policy"]!["rules"]!.AsArray().Single()!["definition"]!;

        Assert.That(rule["filters"]!["prefixMatch"]!.AsArray().Select(Text), Is.EqualTo(new[] { $"{StorageLayout.RawDays}/" }));
        Assert.That(rule["actions"]!.AsObject().Select(a => a.Key), Is.EqualTo(new[] { "baseBlob" }));
        Assert.That(rule["actions"]!["baseBlob"]!.AsObject().Select(a => a.Key), Is.EqualTo(new[] { "tierToCool", "tierToCold" }));
    }

    [Test]
    public void Vault_IsReadByRoles_CannotBePurged_AndTellsWhoReadIt()
    {
        var vault = _deployment.Single("Microsoft.KeyVault/vaults")["properties"]!;
        var logs = _deployment.Single("Microsoft.Insights/diagnosticSettings");

        Assert.That(new[] { "enableRbacAuthorization", "enableSoftDelete", "enablePurgeProtection" }.Select(flag => vault[flag]!.GetValue<bool>()), Has.All.True);
        Assert.That(vault.AsObject().Select(p => p.Key), Has.None.EqualTo("accessPolicies"));
        Assert.That(Text(logs["id"]), Does.Contain("/providers/Microsoft.KeyVault/vaults/"));
        Assert.That(logs["properties"]!["logs"]!.AsArray().Select(l => Text(l!["categoryGroup"])), Is.EqualTo(new[] { "audit" }));
    }

    [Test]
    public void Alerts_TellWhoIsNamed() => Assert.That(
        _deployment.Single("Microsoft.Insights/actionGroups")["properties"]!["emailReceivers"]!.AsArray().Select(r => Text(r!["emailAddress"])), Is.EqualTo(new[] { "one@example.com", "two@example.com" }));

    [Test]
    public void EachAlert_IsInTheRunbook_AndNoOther_WithTheMetricsThatItReads()
    {
        var alerts = _deployment.Resources.Where(r => Text(r["type"]) is "Microsoft.Insights/scheduledQueryRules" or "Microsoft.Insights/metricAlerts").ToList();
        var names = alerts.Select(a => Text(a["name"])[$"five9-{environment}-".Length..]).ToList();
        var queries = alerts.Select(a => Text(a["properties"]!["criteria"]!["allOf"]![0]!["query"])).Where(query => query.Length > 0).ToList();

        Assert.That(Operations.Sections("### "), Is.EquivalentTo(names));
        Assert.That(queries.Select(query => query.Split("Name == \"")[1].Split('"')[0]).Distinct(), Is.SubsetOf(Operations.Metrics.Keys));
        foreach (var query in queries)
        {
            var metric = query.Split("Name == \"")[1].Split('"')[0];
            Assert.That(query.Split("tostring(Properties.").Skip(1).Select(rest => rest.Split(')')[0]), Is.SubsetOf(Operations.Metrics[metric]), query);
        }
    }

    [Test]
    public void NothingElse_IsDeployed() => Assert.That(
        _deployment.Resources.Select(r => Text(r["type"])).Distinct(),
        Is.EquivalentTo(new[]
        {
            "Microsoft.ManagedIdentity/userAssignedIdentities",
            "Microsoft.OperationalInsights/workspaces", "Microsoft.Insights/components",
            "Microsoft.Storage/storageAccounts", "Microsoft.Storage/storageAccounts/managementPolicies",
            "Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/blobServices/containers",
            "Microsoft.Storage/storageAccounts/queueServices", "Microsoft.Storage/storageAccounts/queueServices/queues",
            "Microsoft.Storage/storageAccounts/tableServices", "Microsoft.Storage/storageAccounts/tableServices/tables",
            "Microsoft.KeyVault/vaults", "Microsoft.Insights/diagnosticSettings",
            "Microsoft.EventGrid/systemTopics", "Microsoft.EventGrid/systemTopics/eventSubscriptions",
            "Microsoft.Authorization/roleAssignments",
            "Microsoft.Web/serverfarms", "Microsoft.Web/sites", "Microsoft.Web/sites/config", "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
            "Microsoft.Insights/actionGroups", "Microsoft.Insights/scheduledQueryRules", "Microsoft.Insights/metricAlerts",
        }));

    private JsonNode App => _deployment.Single("Microsoft.Web/sites");

    private Dictionary<string, string> Settings => _deployment.Single("Microsoft.Web/sites/config")["properties"]!.AsObject().ToDictionary(s => s.Key, s => Text(s.Value));

    private static IEnumerable<ParameterInfo> Parameters() => typeof(ImportFunctions).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .SelectMany(method => method.GetParameters());

    /// <summary>Who: role on what.</summary>
    private static string Role(JsonNode assignment)
    {
        var on = Text(assignment["id"]).Split("/providers/Microsoft.Authorization/")[0].Split('/');
        var who = Text(assignment["properties"]!["principalId"]).Split("/providers/")[1].Split('/')[1];
        var role = Text(assignment["properties"]!["roleDefinitionId"]).Split('/')[^1] switch
        {
            "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" => "Storage Blob Data Owner",
            "974c5e8b-45b9-4653-ba55-5f855dd0fb88" => "Storage Queue Data Contributor",
            "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3" => "Storage Table Data Contributor",
            "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a" => "Storage Queue Data Message Sender",
            "b86a8fe4-44ce-4948-aee5-eccb2c155cd7" => "Key Vault Secrets Officer",
            "3913510d-42f4-4e42-8a64-420c390055eb" => "Monitoring Metrics Publisher",
            var other => other,
        };
        return $"{who}: {role} on {(on[^2] == "queues" ? $"queues/{on[^1]}" : on[^2])}";
    }
}
