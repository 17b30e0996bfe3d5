using Five9Functions.Calls;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Tests.Storage.Tables;

/// <summary>The literal keys of every table. A key that changes orphans what is stored: these strings are for ever.</summary>
public sealed class TableKeysTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 21, 0, 5);

    [Test]
    public void AgentStates_Keys()
    {
        var day = new LocalDate(2026, 11, 2);

        Assert.That(AgentStatesKeys.Partition("acme", day, 3), Is.EqualTo("acme|2026-11-02|03"));
        Assert.That(AgentStatesKeys.Partition("a/c|me", day, 15), Is.EqualTo("a*002Fc*007Cme|2026-11-02|15"));
        Assert.That(AgentStatesKeys.Partitions("acme", day, 2), Is.EqualTo(new[] { "acme|2026-11-02|00", "acme|2026-11-02|01" }));
        Assert.That(AgentStatesKeys.Row("anna@example.com", Start), Is.EqualTo("anna@example.com|2026-11-02T21:00:05Z"));
        Assert.That(AgentStatesKeys.Row("O'Brien #1|x ", Start), Is.EqualTo("O'Brien *00231*007Cx |2026-11-02T21:00:05Z"));
        Assert.That(AgentStatesKeys.Agent("O'Brien *00231*007Cx |2026-11-02T21:00:05Z"), Is.EqualTo("O'Brien *00231*007Cx "));
    }

    [Test]
    public void Schedules_Keys()
    {
        Assert.That(SchedulesKeys.Partition("acme", Start, "anna@example.com", 16), Is.EqualTo("acme|2026-11-02|02"));
        Assert.That(SchedulesKeys.Partition("a/c|me", new LocalDate(2026, 11, 2), 0), Is.EqualTo("a*002Fc*007Cme|2026-11-02|00"));
        Assert.That(SchedulesKeys.Days("acme", new LocalDate(2026, 10, 31), new LocalDate(2026, 11, 2)), Is.EqualTo(("acme|2026-10-31", "acme|2026-11-03")));
        Assert.That(SchedulesKeys.Row("O'Brien #1|x ", Start), Is.EqualTo("O'Brien *00231*007Cx |2026-11-02T21:00:05Z"));
        Assert.That(SchedulesKeys.Agent("O'Brien *00231*007Cx |2026-11-02T21:00:05Z"), Is.EqualTo("O'Brien *00231*007Cx "));
        Assert.That(SchedulesKeys.Row("manifest", Start), Is.EqualTo("manifest|2026-11-02T21:00:05Z"));
        Assert.That((SchedulesKeys.TurnPartition("a/b"), SchedulesKeys.TurnRow), Is.EqualTo(("a*002Fb", "turn")));
    }

    [Test]
    public void Activities_Keys() => Assert.That((ActivitiesKeys.Partition("a/b"), ActivitiesKeys.Row), Is.EqualTo(("a*002Fb", "activities")));

    [TestCase("manifest")]
    [TestCase("manifest|")]
    [TestCase("")]
    public void AgentStates_NoAgent_TakesTheManifestsPlace(string agent)
    {
        Assert.That(AgentStatesKeys.ManifestRow, Is.EqualTo("manifest"));
        Assert.That(AgentStatesKeys.Row(agent, Start), Does.EndWith("|2026-11-02T21:00:05Z").And.Not.EqualTo("manifest"));
    }

    [TestCase("", 16, 5)]
    [TestCase("anna@example.com", 16, 2)]
    [TestCase("Anna@example.com", 7, 1)]
    [TestCase("anna@example.com", 100, 38)]
    [TestCase("anna@example.com", 1, 0)]
    [TestCase("zoë", 16, 12)]
    [TestCase("李雷", 16, 15)]
    [TestCase("agent \uD83D\uDE00", 16, 11)]
    public void AgentStates_Buckets_NeverMove(string agent, int count, int bucket) =>
        Assert.That(AgentStatesKeys.Bucket(agent, count), Is.EqualTo(bucket));

    [TestCase(0)]
    [TestCase(101)]
    public void AgentStates_BucketCounts_OutOfRange(int count) =>
        Assert.That(() => AgentStatesKeys.Bucket("anna", count), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Integrations_Keys()
    {
        Assert.That(IntegrationsKeys.Partition, Is.EqualTo("integrations"));
        Assert.That(IntegrationsKeys.Row("acme-west"), Is.EqualTo("acme-west"));
        Assert.That(IntegrationsKeys.Row("a/b"), Is.EqualTo("a*002Fb"));
        Assert.That(() => IntegrationsKeys.Row("name:ACME"), Throws.ArgumentException);
        Assert.That(() => IntegrationsKeys.Row("removed:acme"), Throws.ArgumentException);
        Assert.That(IntegrationsKeys.RemovedRow("a/b"), Is.EqualTo("removed:a*002Fb"));
        Assert.That(IntegrationsKeys.Removed, Is.EqualTo(("removed:", "removed;")));
    }

    [TestCase("acme", true)]
    [TestCase("name:ACME", false)]
    [TestCase("removed:acme", false)]
    public void Integrations_RowsOfNames_AndOfTheRemoved_AreNoIntegrations(string row, bool isOne) => Assert.That(IntegrationsKeys.IsIntegration(row), Is.EqualTo(isOne));

    [TestCase("Acme", "name:ACME")]
    [TestCase("  acme \t\u00A0 west ", "name:ACME WEST")]
    [TestCase("Zürich / São Paulo?", "name:ZÜRICH *002F SÃO PAULO*003F")]
    [TestCase(" ", "name:")]
    public void Integrations_NamesThatLookTheSame_ShareARow(string name, string row) =>
        Assert.That(IntegrationsKeys.NameRow(name), Is.EqualTo(row));

    [Test]
    public void Integrations_LongName_IsCut() => Assert.That(
        IntegrationsKeys.NameRow(new string('x', 600)),
        Is.EqualTo("name:" + new string('X', 472) + "*~dc36090197cd88a497bcfb17fe3b89f2"));

    [TestCase("https://api.five9.com/", "importer@example.com", "0a9f027f027fbbf6123119745be18142")]
    [TestCase("https://API.five9.com:443/wsadmin", "Importer@Example.com", "0a9f027f027fbbf6123119745be18142")]
    [TestCase("http://127.0.0.1:8443/", "importer@example.com", "642fb4dc94c5019079368de58d650f97")]
    public void Five9Users_Keys(string host, string userName, string row)
    {
        Assert.That(Five9UsersKeys.Partition, Is.EqualTo("users"));
        Assert.That(Five9UsersKeys.Row(new Uri(host), userName), Is.EqualTo(row));
    }

    [Test]
    public void Workloads_Keys()
    {
        Assert.That(WorkloadsKeys.Partition("acme"), Is.EqualTo("acme"));
        Assert.That(WorkloadsKeys.Row(QueueGrouping.Campaign, "EU/West|1"), Is.EqualTo("campaign|EU*002FWest*007C1"));
        Assert.That(WorkloadsKeys.Row(QueueGrouping.Skill, "manifest"), Is.EqualTo("skill|manifest"));
    }

    [Test]
    public void LiveAgentStates_Keys()
    {
        Assert.That(LiveAgentStatesKeys.Partition("acme"), Is.EqualTo("acme"));
        Assert.That(LiveAgentStatesKeys.SessionRow, Is.EqualTo("*session"));
        Assert.That(LiveAgentStatesKeys.Row("anna/west"), Is.EqualTo("anna*002Fwest"));
        Assert.That(LiveAgentStatesKeys.Row("*session"), Is.EqualTo("*002Asession"));
    }

    [Test]
    public void AgentStates_RowsOfAnAgent_LieBetweenTwoKeys()
    {
        var (first, after) = AgentStatesKeys.RowsOf("an|n");

        Assert.That((first, after), Is.EqualTo(("an*007Cn|", "an*007Cn}")));
        Assert.That(string.CompareOrdinal(AgentStatesKeys.Row("an|n", Start), first), Is.Positive);
        Assert.That(string.CompareOrdinal(AgentStatesKeys.Row("an|n", Start), after), Is.Negative);
        Assert.That(string.CompareOrdinal(AgentStatesKeys.Row("an|nn", Start), first), Is.Negative);
    }

    [Test]
    public void ImportRuns_Keys()
    {
        Assert.That(RunId.At(Instant.FromUnixTimeTicks(0)), Is.EqualTo("2534023007999999999"));
        Assert.That(RunId.At(Start), Is.EqualTo("2516086475949999999"));
        Assert.That(RunId.At(Start + Duration.FromSeconds(1)), Is.EqualTo("2516086475939999999"), "newer sorts first");
        Assert.That(RunId.At(Start, "manual"), Is.EqualTo("2516086475949999999-manual"));
        Assert.That(ImportRunsKeys.Partition("a?c"), Is.EqualTo("a*003Fc"));
        Assert.That(ImportRunsKeys.Row("2516086475949999999-a|b"), Is.EqualTo("2516086475949999999-a*007Cb"));
        Assert.That(ImportRunsKeys.RequestPartition("a?c"), Is.EqualTo("a*003Fc|requests"));
        Assert.That(ImportRunsKeys.RequestRow("a/b?c#d%|*"), Is.EqualTo("a*002Fb*003Fc*0023d*0025*007C*002A"));
        Assert.That(ImportRunsKeys.RequestRow(new string('/', 199) + "1"), Has.Length.LessThanOrEqualTo(511).And.Not.EqualTo(ImportRunsKeys.RequestRow(new string('/', 199) + "2")));
    }

    [TestCase("2516086475949999999", true)]
    [TestCase("2516086475949999999-backfill", true)]
    [TestCase("2516086475949999999-", false)]
    [TestCase("2516086475949999999-A|b", false)]
    [TestCase("2516086475949999999\n", false)]
    [TestCase("251608647594999999", false)]
    public void ImportRuns_WhatCanNameARun(string text, bool can) => Assert.That(RunId.IsId(text), Is.EqualTo(can));

    [Test]
    public void ImportChanges_Keys()
    {
        Assert.That(ImportChangesKeys.Partition("ac|me", "2516086475949999999-%"), Is.EqualTo("ac*007Cme|2516086475949999999-*0025"));
        Assert.That(ImportChangesKeys.Row(new LocalDate(2026, 11, 2), "agent-states", 1), Is.EqualTo("2026-11-02|agent-states|001"));
    }

    [Test]
    public void ImportSlices_Keys()
    {
        Assert.That(ImportSlicesKeys.Partition("acme", "2516086475949999999"), Is.EqualTo("acme|2516086475949999999"));
        Assert.That(ImportSlicesKeys.Partition("ac|me", "2516086475949999999-%"), Is.EqualTo("ac*007Cme|2516086475949999999-*0025"));
        Assert.That(
            ImportSlicesKeys.Row("agent-states", Instant.FromUtc(2026, 11, 2, 0, 0), Start),
            Is.EqualTo("agent-states|2026-11-02T00:00:00Z|2026-11-02T21:00:05Z"));
    }

    [Test]
    public void ReportDays_Keys()
    {
        Assert.That(ReportDaysKeys.Partition("ac#me", "agent-states"), Is.EqualTo("ac*0023me|agent-states"));
        Assert.That(ReportDaysKeys.Row(new LocalDate(2026, 3, 8)), Is.EqualTo("2026-03-08"));
    }

    [Test]
    public void QueueIntervals_Keys()
    {
        Assert.That(QueueIntervalsKeys.Partition("acme", new LocalDate(2026, 8, 21)), Is.EqualTo("acme|2026-08-21"));
        Assert.That(QueueIntervalsKeys.Row(Start, "Sales In"), Is.EqualTo("2026-11-02T21:00:05Z|Sales In"));
        Assert.That(QueueIntervalsKeys.Row(Start, "a/b\\c#d?|"), Is.EqualTo("2026-11-02T21:00:05Z|a*002Fb*005Cc*0023d*003F*007C"));
        Assert.That(QueueIntervalsKeys.Queue("2026-11-02T21:00:05Z|a*007Cb"), Is.EqualTo("a*007Cb"));
        Assert.That(TableKey.Split("2026-11-02T21:00:05Z|a*002Fb*005Cc*0023d*003F*007C")[1], Is.EqualTo("a/b\\c#d?|"));
    }

    [Test]
    public void Calls_Keys()
    {
        var day = new LocalDate(2026, 8, 21);

        Assert.That(CallsKeys.Partition("acme", day, 3), Is.EqualTo("acme|2026-08-21|03"));
        Assert.That(CallsKeys.Partitions("acme", day, 2), Is.EqualTo(new[] { "acme|2026-08-21|00", "acme|2026-08-21|01" }));
        Assert.That(CallsKeys.Row(Start, "300000010270761", 0), Is.EqualTo("2026-11-02T21:00:05Z|300000010270761|000"));
        Assert.That(CallsKeys.Row(Start, "#1|x", 12), Is.EqualTo("2026-11-02T21:00:05Z|*00231*007Cx|012"));
        Assert.That(CallsKeys.Call("2026-11-02T21:00:05Z|*00231*007Cx|012"), Is.EqualTo("*00231*007Cx"));
        Assert.That(CallsKeys.Bucket("300000010270761", 16), Is.EqualTo(12));
    }

    [TestCase("Sales In", "Sales In")]
    [TestCase("a/b\\c#d?", "a*002Fb*005Cc*0023d*003F")]
    [TestCase("manifest", "*006Danifest")]
    [TestCase("*006Danifest", "*002A006Danifest")]
    public void Queues_Keys(string queue, string row)
    {
        Assert.That(QueuesKeys.Partition("acme"), Is.EqualTo("acme"));
        Assert.That(QueuesKeys.Row(queue), Is.EqualTo(row));
        Assert.That(TableKey.Split(row), Is.EqualTo(new[] { queue }));
    }

    [Test]
    public void Calls_LongNames_StayBelowTheLimit_AndApart()
    {
        var (one, other) = (new string('/', 600), new string('/', 600) + "x");

        Assert.That(QueueIntervalsKeys.Row(Start, one), Has.Length.LessThanOrEqualTo(511).And.Not.EqualTo(QueueIntervalsKeys.Row(Start, other)));
        Assert.That(CallsKeys.Row(Start, one, 999), Has.Length.LessThanOrEqualTo(511).And.Not.EqualTo(CallsKeys.Row(Start, other, 999)));
        Assert.That(QueuesKeys.Row(one), Has.Length.LessThanOrEqualTo(511).And.Not.EqualTo(QueuesKeys.Row(other)));
    }
}
