using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using Five9Functions.Integrations;
using Microsoft.Extensions.Configuration;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Integrations;

public sealed class IntegrationSettingsTests
{
    [Test]
    public void Problems_OfTheDefaultsWithALogin_AreNone() => Assert.That(Settings().Problems("acme-west-2"), Is.Empty);

    [TestCase("Acme")]
    [TestCase("2acme")]
    [TestCase("acme_west")]
    [TestCase("")]
    [TestCase("a23456789012345678901234567890123456789012")]
    public void Problems_OfAnIdThatIsNoSlug_NameIt(string id) =>
        Assert.That(Settings().Problems(id), Is.EqualTo(new[] { $"Integrations:{id}: the id may hold lower-case letters, digits and hyphens, up to 40, and begins with a letter." }));

    [Test]
    public void Problems_NameEachKey()
    {
        var settings = new IntegrationSettings
        {
            Region = "mars",
            Zone = "Pacific",
            UserName = " ",
            SecretName = "five9_acme",
            AgentStateFolder = "",
            AgentStateReport = "",
            ScheduleMinutes = 9,
            PaddingMinutes = -1,
            HistoryDays = 2000,
            SuspiciousRows = 0,
            SuspiciousPercent = 101,
            Agents = 0,
            Reports = "agent-states,call-log",
            Grouping = (QueueGrouping)7,
            QueueThresholds = """{"Sales In":[30]}""",
            ServiceLevelFormula = (ServiceLevelFormula)7,
            Tiers = "24:5",
            RetentionDays = 100,
            ServiceLevelSeconds = -1,
            ShortAbandonSeconds = 86401,
            DateOrder = (DateOrder)7,
        };

        Assert.That(settings.Problems("acme"), Is.EqualTo(new[]
        {
            "Integrations:acme:Region: 'mars' is neither us, uk, ca, eu, in nor an https address (http for this machine alone).",
            "Integrations:acme:Zone: 'Pacific' is not an IANA time zone such as America/Los_Angeles.",
            "Integrations:acme:DateOrder is 7; it must be dmy or mdy, or empty.",
            "Integrations:acme:SecretName: 'five9_acme' is no name of a secret, which may hold letters, digits and hyphens, up to 127.",
            "Integrations:acme:UserName is empty.",
            "Integrations:acme:AgentStateFolder is empty.",
            "Integrations:acme:AgentStateReport is empty.",
            "Integrations:acme:Reports: 'agent-states,call-log' must be agent-states, calls, or both with a comma between them.",
            "Integrations:acme:Grouping is 7; it must be campaign or skill.",
            "Integrations:acme:ServiceLevelFormula is 7; it must be OfOffered or OfAnsweredAndAbandoned or WithAbandonedWithin.",
            """Integrations:acme:QueueThresholds: '{"Sales In":[30]}' must be JSON with the seconds of service level and short abandon by queue, such as {"Sales In":[30,5]}, up to 32000 characters.""",
            "Integrations:acme:Tiers: '24:5' must be up to four pairs of hours (3 to 744) and minutes (ScheduleMinutes to 10080), both rising, such as 24:60,192:1440.",
            "Integrations:acme:RetentionDays is 100; it must be 0 (for ever), or between 31 and 3650 and not below HistoryDays.",
            "Integrations:acme:ScheduleMinutes is 9; it must be between 10 and 1440.",
            "Integrations:acme:PaddingMinutes is -1; it must be between 0 and 1440.",
            "Integrations:acme:HistoryDays is 2000; it must be between 0 and 1095.",
            "Integrations:acme:SuspiciousRows is 0; it must be between 1 and 2147483647.",
            "Integrations:acme:SuspiciousPercent is 101; it must be between 0 and 100.",
            "Integrations:acme:Agents is 0; it must be between 1 and 100000.",
            "Integrations:acme:ServiceLevelSeconds is -1; it must be between 0 and 86400.",
            "Integrations:acme:ShortAbandonSeconds is 86401; it must be between 0 and 86400.",
        }));
    }

    [TestCase("us", "https://api.five9.com/")]
    [TestCase("UK", "https://api.five9.eu/")]
    [TestCase("ca", "https://api.five9.ca/")]
    [TestCase("eu", "https://api.eu.five9.com/")]
    [TestCase("in", "https://api.in.five9.com/")]
    [TestCase("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [TestCase("https://proxy.example.com/five9", "https://proxy.example.com/five9/")]
    public void Region_IsAHost(string region, string host) => Assert.That(Five9Region.TryParse(region)!.AbsoluteUri, Is.EqualTo(host));

    [TestCase("")]
    [TestCase("api.five9.com")]
    [TestCase("ftp://api.five9.com/")]
    [TestCase("http://api.five9.com/")]
    [TestCase("https://importer:secret@api.five9.com/")]
    [TestCase("https://api.five9.com/?tenant=acme")]
    public void Region_ThatIsNoAddress_IsNone(string region) => Assert.That(Five9Region.TryParse(region), Is.Null);

    [Test]
    public void ToIntegration_CountsTheHistoryFromTheLocalDayOfNow()
    {
        var settings = Settings();
        settings.Name = " Acme West ";
        settings.HistoryDays = 1;
        settings.Agents = 200;

        // 07:00 UTC is 23:00 of the day before in Los Angeles.
        Assert.That(settings.ToIntegration("acme", At("2026-11-04T07:00:00Z")), Is.EqualTo(Acme with
        {
            Host = new Uri("https://api.five9.com/"),
            Reports = "agent-states,calls",
            HistoryStart = new LocalDate(2026, 11, 2),
            Buckets = 16,
            CreatedAt = At("2026-11-04T07:00:00Z"),
        }));
    }

    [TestCase(0, true)]
    [TestCase(30, false)]
    [TestCase(31, true)]
    [TestCase(3650, true)]
    [TestCase(3651, false)]
    public void Problems_OfRetention_AreOutsideItsBounds(int days, bool right)
    {
        var settings = Settings();
        settings.RetentionDays = days;

        Assert.That(settings.Problems("acme"), right ? Is.Empty : Is.EqualTo(new[] { $"Integrations:acme:RetentionDays is {days}; it must be 0 (for ever), or between 31 and 3650 and not below HistoryDays." }));
    }

    [TestCase("acme-pending", "", "Integrations:acme-pending:SecretName: 'five9-acme-pending' is a name for passwords that are being changed; choose another that does not end so.")]
    [TestCase("acme", "Shared-Pending", "Integrations:acme:SecretName: 'Shared-Pending' is a name for passwords that are being changed; choose another that does not end so.")]
    public void Problems_OfASecretThatLooksLikeAPendingOne(string id, string secret, string problem)
    {
        var settings = Settings();
        settings.SecretName = secret;

        Assert.That(settings.Problems(id), Is.EqualTo(new[] { problem }));
    }

    [Test]
    public void Problems_OfTextsThatAreTooLong_QuoteTheirBeginning()
    {
        var settings = Settings();
        (settings.Name, settings.Zone) = (new string('n', 201), new string('z', 201));

        Assert.That(settings.Problems("acme"), Is.EqualTo(new[]
        {
            "Integrations:acme:Name is longer than 200 characters.",
            $"Integrations:acme:Zone: '{new string('z', 200)}...' is not an IANA time zone such as America/Los_Angeles.",
        }));
    }

    [TestCase(1, 1)]
    [TestCase(199, 1)]
    [TestCase(200, 16)]
    public void ToIntegration_DecidesTheBuckets(int agents, int buckets)
    {
        var settings = Settings();
        settings.Agents = agents;

        Assert.That(settings.ToIntegration("acme", At("2026-11-04T07:00:00Z")).Buckets, Is.EqualTo(buckets));
    }

    [Test]
    public void ToIntegration_WithoutAName_IsCalledByItsId() => Assert.That(Settings().ToIntegration("acme", At("2026-11-04T07:00:00Z")).Name, Is.EqualTo("acme"));

    [TestCase(QueueGrouping.Campaign, "", "", "Call Log Reports", "Call Log")]
    [TestCase(QueueGrouping.Skill, "", "", "Shared Reports (injixo)", "Call Log with Skills")]
    [TestCase(QueueGrouping.Skill, "Own", "Ours", "Own", "Ours")]
    public void ToIntegration_FindsTheCallLogByTheGrouping(QueueGrouping grouping, string folder, string report, string inFolder, string named)
    {
        var settings = Settings();
        (settings.Grouping, settings.CallLogFolder, settings.CallLogReport) = (grouping, folder, report);

        var integration = settings.ToIntegration("acme", At("2026-11-04T07:00:00Z"));

        Assert.That((integration.CallLogFolder, integration.CallLogReport), Is.EqualTo((inFolder, named)));
    }

    [TestCase("", null)]
    [TestCase("dmy", DateOrder.Dmy)]
    [TestCase("mdy", DateOrder.Mdy)]
    public void DateOrder_IsBoundFromItsWord(string word, DateOrder? order)
    {
        var settings = Settings();

        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("DateOrder", (string?)word)]).Build().Bind(settings);

        Assert.That(settings.ToIntegration("acme", At("2026-11-04T07:00:00Z")).DateOrder, Is.EqualTo(order));
    }

    [Test]
    public void ToIntegration_SetsTheRulesOfCalls()
    {
        var settings = Settings();
        settings.Grouping = QueueGrouping.Skill;
        (settings.ServiceLevelSeconds, settings.ShortAbandonSeconds) = (30, 6);
        settings.QueueThresholds = """{ "Süd": [40, 7], "Nord": [50, 8] }""";
        (settings.TalkIncludesHold, settings.WaitIncludesRing) = (false, true);

        var integration = settings.ToIntegration("acme", At("2026-11-04T07:00:00Z"));

        var rules = integration.CallRules;
        Assert.That(integration.QueueThresholds, Is.EqualTo("""{"Nord":[50,8],"Süd":[40,7]}"""));
        Assert.That((rules.Grouping, rules.TalkIncludesHold, rules.WaitIncludesRing), Is.EqualTo((QueueGrouping.Skill, false, true)));
        Assert.That(rules.ThresholdsOf("Süd"), Is.EqualTo(new CallThresholds(Duration.FromSeconds(40), Duration.FromSeconds(7))));
        Assert.That(rules.ThresholdsOf("süd"), Is.EqualTo(new CallThresholds(Duration.FromSeconds(30), Duration.FromSeconds(6))));
    }

    [TestCase("calls", false, true)]
    [TestCase(" calls , agent-states ", true, true)]
    [TestCase("agent-states", true, false)]
    public void ToIntegration_ImportsTheReportsThatAreNamed(string reports, bool agentStates, bool calls)
    {
        var settings = Settings();
        settings.Reports = reports;

        var integration = settings.ToIntegration("acme", At("2026-11-04T07:00:00Z"));

        Assert.That((integration.Imports("agent-states"), integration.Imports("calls")), Is.EqualTo((agentStates, calls)));
    }

    [TestCase("", "five9-acme-west")]
    [TestCase("five9-shared", "five9-shared")]
    public void ToIntegration_NamesItsSecret(string setting, string name)
    {
        var settings = Settings();
        settings.SecretName = setting;

        Assert.That(settings.ToIntegration("acme-west", At("2026-11-04T07:00:00Z")).SecretName, Is.EqualTo(name));
    }

    private static IntegrationSettings Settings() => new() { UserName = "importer@acme.test" };
}
