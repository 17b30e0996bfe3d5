using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Connections;
using Five9Functions.Five9.Csv;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Tests.Imports;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Tests.Integrations;

public sealed class IntegrationTableTests : ImportFixture
{
    private static readonly Integration Full = ImportData.Acme with
    {
        Id = "acme-west",
        Name = " Acme  Süd/West ",
        Host = new Uri("https://api.eu.five9.com/"),
        SecretName = "five9-west",
        Rotation = CredentialRotation.Managed,
        Zone = "Europe/Berlin",
        CallLogFolder = "Shared Reports (injixo)",
        CallLogReport = "Call Log with Skills",
        Reports = "calls",
        Grouping = QueueGrouping.Skill,
        StoreCalls = false,
        ServiceLevelSeconds = 30,
        ShortAbandonSeconds = 6,
        DateOrder = DateOrder.Mdy,
        PlanningZone = "Europe/Vienna",
        QueueThresholds = """{"Süd":[40,7]}""",
        TalkIncludesHold = false,
        WaitIncludesRing = false,
        Schedule = Duration.FromMinutes(20),
        Padding = Duration.FromMinutes(30),
        HistoryStart = new LocalDate(2026, 1, 31),
        ServiceLevelFormula = ServiceLevelFormula.WithAbandonedWithin,
        Tiers = RereadTiers.Parse("24:120"),
        RetentionDays = 400,
        SuspiciousRows = 7,
        Buckets = 16,
        KeepCustomerData = true,
        RealTime = true,
        Paused = true,
        CreatedAt = ImportData.At("2026-11-02T20:00:00.1234567Z"),
    };

    private IntegrationTable Integrations => Get<IntegrationTable>();

    [Test]
    public async Task Seed_WritesTheseColumns_AndTheNamesRow()
    {
        await Bench.SeedAsync(Full);

        var rows = await Bench.Table("Integrations").QueryAsync<TableEntity>().Select(RowText.Of).ToListAsync();
        Assert.That(rows.Single(r => r[0] == "integrations / acme-west"), Is.EqualTo(new[]
        {
            "integrations / acme-west",
            "AgentStateFolder: String Agent Reports",
            "AgentStateReport: String Agent State Details",
            "Buckets: Int32 16",
            "CallLogFolder: String Shared Reports (injixo)",
            "CallLogReport: String Call Log with Skills",
            "CreatedAt: DateTime 2026-11-02T20:00:00.1234567Z",
            "DateOrder: String mdy",
            "Grouping: String skill",
            "HistoryStart: String 2026-01-31",
            "Host: String https://api.eu.five9.com/",
            "KeepCustomerData: Boolean true",
            "Name: String  Acme  Süd/West ",
            "PaddingMinutes: Int32 30",
            "Paused: Boolean true",
            "PlanningZone: String Europe/Vienna",
            """QueueThresholds: String {"Süd":[40,7]}""",
            "RealTime: Boolean true",
            "Reports: String calls",
            "RetentionDays: Int32 400",
            "Rotation: String managed",
            "ScheduleMinutes: Int32 20",
            "SecretName: String five9-west",
            "ServiceLevelFormula: String with-abandoned-within",
            "ServiceLevelSeconds: Int32 30",
            "ShortAbandonSeconds: Int32 6",
            "StoreCalls: Boolean false",
            "SuspiciousPercent: Int32 50",
            "SuspiciousRows: Int32 7",
            "TalkIncludesHold: Boolean false",
            "Tiers: String 24:120",
            "UserName: String importer@acme.test",
            "WaitIncludesRing: Boolean false",
            "Zone: String Europe/Berlin",
        }));
        Assert.That(rows.Single(r => r[0].Contains("SÜD", StringComparison.Ordinal)), Is.EqualTo(new[] { "integrations / name:ACME SÜD*002FWEST", "Integration: String acme-west" }));
    }

    [Test]
    public async Task Find_ReadsWhatWasWritten()
    {
        await Bench.SeedAsync(Full);

        Assert.That(await Integrations.FindAsync("acme-west", CancellationToken.None), Is.EqualTo(Full));
        Assert.That(await Integrations.FindAsync("nobody", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Find_ARowFromBeforeThereWereCalls_ImportsAgentStatesAlone()
    {
        await Bench.Table("Integrations").UpsertEntityAsync(new TableEntity("integrations", "old")
        {
            ["Host"] = "https://api.five9.com/",
            ["UserName"] = "importer@acme.test",
            ["HistoryStart"] = "2026-01-31",
        });

        var old = (await Integrations.FindAsync("old", CancellationToken.None))!;

        Assert.That((old.Imports("agent-states"), old.Imports("calls")), Is.EqualTo((true, false)));
        Assert.That((old.Tiers.ToString(), old.RetentionDays, old.ServiceLevelFormula, old.CreatedAt), Is.EqualTo(("24:60,192:1440", 0, ServiceLevelFormula.OfOffered, (Instant?)null)));
    }

    [Test]
    public async Task All_LeavesOutTheRowsOfNames()
    {
        await Bench.SeedAsync(Full);

        Assert.That(await Integrations.AllAsync(CancellationToken.None), Is.EqualTo(new[] { ImportData.Acme, Full }));
    }

    [TestCase("Host", "", "Invalid URI: The URI is empty")]
    [TestCase("HistoryStart", "yesterday", "The value string does not match the required number")]
    public async Task ARowThatCannotBeRead_IsNamed_AndTheOthersAreRead(string column, string value, string why)
    {
        await Bench.SeedAsync(Full);
        await SpoilAsync(column, value);
        var unreadable = new List<UnreadableRowException>();

        Assert.That(await Integrations.AllAsync(unreadable.Add, CancellationToken.None), Is.EqualTo(new[] { ImportData.Acme }));
        Assert.That(unreadable.Single().Message, Does.StartWith($"The row integrations / acme-west of the table Integrations cannot be read: {why}").And.EndsWith(". Correct or delete it."));
        Assert.That(() => Integrations.FindAsync("acme-west", CancellationToken.None), Throws.TypeOf<UnreadableRowException>());
    }

    [Test]
    public async Task SeedIntegrations_ARowThatCannotBeRead_IsLeftAlone_AndTheAppStarts()
    {
        await Bench.SeedAsync(Full);
        await SpoilAsync("HistoryStart", "yesterday");
        var options = new IntegrationOptions();
        options.Integrations["acme-west"] = new IntegrationSettings { UserName = "one" };
        options.Integrations["later"] = new IntegrationSettings { UserName = "two" };

        await Bench.Create<SeedIntegrations>(Options.Create(options)).StartAsync(CancellationToken.None);

        Assert.That((await Integrations.FindAsync("later", CancellationToken.None))!.UserName, Is.EqualTo("two"));
        Assert.That(Bench.Log.TakeWarnings(), Has.One.StartsWith("Error: The integration acme-west is not imported. The row integrations / acme-west of the table Integrations cannot be read: "));
    }

    [Test]
    public async Task Seed_Unchanged_WritesNothing()
    {
        var writes = Bench.Tables.Writes;

        await Bench.SeedAsync(ImportData.Acme);

        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    [Test]
    public async Task Seed_OnALaterDay_KeepsTheEarliestHistoryAndTheBuckets()
    {
        var writes = Bench.Tables.Writes;

        await Bench.SeedAsync(ImportData.Acme with { HistoryStart = new LocalDate(2026, 12, 24), Buckets = 16 });

        Assert.That(await Integrations.FindAsync("acme", CancellationToken.None), Is.EqualTo(ImportData.Acme));
        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    [Test]
    public async Task Seed_Again_KeepsWhenItWasCreated_AndTiersMayBeNone()
    {
        await Bench.SeedAsync(Full);
        await Bench.SeedAsync(Full with { Tiers = RereadTiers.Parse(""), CreatedAt = ImportData.At("2026-12-24T20:00:00Z") });

        Assert.That(await Integrations.FindAsync("acme-west", CancellationToken.None), Is.EqualTo(Full with { Tiers = RereadTiers.Parse("") }));
    }

    [Test]
    public async Task Seed_WithMoreHistory_ReachesFurtherBack()
    {
        await Bench.SeedAsync(ImportData.Acme with { HistoryStart = new LocalDate(2026, 6, 1), Buckets = 16, Paused = true });

        Assert.That(
            await Integrations.FindAsync("acme", CancellationToken.None),
            Is.EqualTo(ImportData.Acme with { HistoryStart = new LocalDate(2026, 6, 1), Paused = true }));
    }

    [Test]
    public async Task Seed_WithANewName_FreesTheOldOne()
    {
        await Bench.SeedAsync(ImportData.Acme with { Name = "Acme East" });
        await Bench.SeedAsync(Full with { Name = "Acme West" });

        var rows = await Bench.Table("Integrations").QueryAsync<TableEntity>().Select(r => r.RowKey).ToListAsync();
        Assert.That(rows, Is.EqualTo(new[] { "acme", "acme-west", "name:ACME EAST", "name:ACME WEST" }));
    }

    [Test]
    public async Task Seed_WithTheSameNameWrittenDifferently_KeepsItsRow()
    {
        await Bench.SeedAsync(ImportData.Acme with { Name = "ACME  west" });

        Assert.That((await Integrations.FindAsync("acme", CancellationToken.None))!.Name, Is.EqualTo("ACME  west"));
    }

    [Test]
    public async Task Seed_WithATakenName_IsRefused()
    {
        Assert.That(
            () => Bench.SeedAsync(Full with { Name = "acme WEST" }),
            Throws.InvalidOperationException.With.Message.EqualTo("The integration acme-west cannot have the name 'acme WEST': another integration has it. Choose another Name."));
        Assert.That(await Integrations.FindAsync("acme-west", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Seed_RenamedToATakenName_IsRefused()
    {
        await Bench.SeedAsync(Full);

        Assert.That(
            () => Bench.SeedAsync(Full with { Name = "Acme West" }),
            Throws.InvalidOperationException.With.Message.EqualTo("The integration acme-west cannot have the name 'Acme West': another integration has it. Choose another Name."));
        Assert.That(await Integrations.FindAsync("acme-west", CancellationToken.None), Is.EqualTo(Full));
    }

    [Test]
    public async Task Seed_ByTwoInstancesAtOnce_IsNoConflict()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Bench.SeedAsync(Full)));

        Assert.That(await Integrations.FindAsync("acme-west", CancellationToken.None), Is.EqualTo(Full));
    }

    [Test]
    public async Task SeedIntegrations_WritesThoseOfTheConfiguration_AsOfItsStart()
    {
        var seed = Bench.Create<SeedIntegrations>();

        await seed.StartAsync(CancellationToken.None);

        Assert.That(
            await Integrations.FindAsync("acme", CancellationToken.None),
            Is.EqualTo(ImportData.Acme with { Name = "acme", Reports = "agent-states,calls", Host = new Uri("https://api.five9.com/"), HistoryStart = new LocalDate(2026, 10, 3) }));
    }

    private async Task SpoilAsync(string column, string value) => await Bench.Table("Integrations")
        .UpdateEntityAsync(new TableEntity("integrations", "acme-west") { [column] = value }, Azure.ETag.All, TableUpdateMode.Merge);
}
