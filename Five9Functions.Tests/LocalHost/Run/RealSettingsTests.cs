using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

public sealed class RealSettingsTests
{
    private static readonly Dictionary<string, string?> Acme = new()
    {
        ["Integrations:acme:UserName"] = "importer@acme.example",
        ["Integrations:acme:SecretName"] = "five9-shared",
        ["Integrations:beta:UserName"] = "importer@beta.example",
        ["IntegrationsOfOthers:x:y"] = "z",
    };

    [Test]
    public void From_AFileThatIsSilent_TakesTheScheduleOfALaptop() =>
        Assert.That(RealSettings.From(Acme)["ImportSchedule"], Is.EqualTo("0 */15 * * * *"));

    [Test]
    public void From_AFileThatSaysSo_KeepsItsSchedule() =>
        Assert.That(RealSettings.From(new Dictionary<string, string?> { ["importschedule"] = "0 0 * * * *" })["ImportSchedule"], Is.EqualTo("0 0 * * * *"));

    [Test]
    public void Integrations_AreTheIdsInTheKeys() => Assert.That(RealSettings.Integrations(Acme), Is.EqualTo(["acme", "beta"]));

    [TestCase("Password", "x", "Integrations:acme:Password is no setting: passwords are kept apart. Put it in with 'dotnet run --project Five9Functions.LocalHost -- secret set acme' and remove it from local.settings.json.")]
    [TestCase("Pasword", "x", "Integrations:acme:Pasword is no setting; there are: AgentStateFolder, AgentStateReport, Agents, CallLogFolder, CallLogReport, DateOrder, Grouping, HistoryDays, KeepCustomerData, Name, PaddingMinutes, Paused, PlanningZone, QueueThresholds, RealTime, Region, Reports, RetentionDays, Rotation, ScheduleMinutes, SecretName, ServiceLevelFormula, ServiceLevelSeconds, ShortAbandonSeconds, StoreCalls, SuspiciousPercent, SuspiciousRows, TalkIncludesHold, Tiers, UserName, WaitIncludesRing, Zone.")]
    [TestCase("Zone", "Mars", "Integrations:acme:Zone: 'Mars' is not an IANA time zone such as America/Los_Angeles.")]
    [TestCase("HistoryDays", "many", "Failed to convert configuration value 'many' at 'Integrations:acme:HistoryDays' to type 'System.Int32'.")]
    public void Require_WhatCannotWork_NamesTheKey(string key, string value, string message) => Assert.That(
        () => RealSettings.Require(new Dictionary<string, string?>(Acme) { [$"Integrations:acme:{key}"] = value }, "acme"),
        Throws.TypeOf<RunFailedException>().With.Message.EqualTo(message));

    [TestCase(null, false)]
    [TestCase("", false)]
    [TestCase("UseDevelopmentStorage=true;", false)]
    [TestCase("DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2V5;EndpointSuffix=core.windows.net", true)]
    public void NamesAccount_IsTrueForAnAccountOnly(string? connection, bool isAccount) =>
        Assert.That(RealSettings.NamesAccount(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = connection }), Is.EqualTo(isAccount));

    [Test]
    public void NamesAccount_WhatIsNoConnectionString_IsNotRepeated() => Assert.That(
        () => RealSettings.NamesAccount(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = "secret" }),
        Throws.TypeOf<RunFailedException>().With.Message.EqualTo("AzureWebJobsStorage is no connection string of a storage account; use UseDevelopmentStorage=true for storage on this machine."));

    [Test]
    public void NamesAccount_StorageByIdentity_IsForAzureOnly() => Assert.That(
        () => RealSettings.NamesAccount(new Dictionary<string, string?> { ["AzureWebJobsStorage:tableServiceUri"] = "https://acme.table.core.windows.net" }),
        Throws.TypeOf<RunFailedException>().With.Message.StartsWith("AzureWebJobsStorage:tableServiceUri (storage with the app's identity) works in Azure only"));
}
