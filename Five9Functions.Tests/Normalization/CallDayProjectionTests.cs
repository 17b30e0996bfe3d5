using Five9Functions.Calls;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.Imports;
using NodaTime;

namespace Five9Functions.Tests.Normalization;

public sealed class CallDayProjectionTests : CallDaysFixture
{
    private static readonly string[] TheExampleByCampaign =
    [
        "Sales In 16:00 9 6 2 1 1 0 2 1 1840 230 180 2250 297 49 1 0 0 0 0",
        "Sales In 16:15 1 1 0 0 0 0 0 0 60 0 0 60 20 0 0 60 0 0 0",
        "Sales Out 16:30 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 120 2",
    ];

    private static readonly string[] TheExampleBySkill =
    [
        "(no skill) 16:00 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0",
        "(no skill) 16:30 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 120 2",
        "S-Care 16:00 3 2 0 0 1 1 1 0 300 30 50 380 68 0 0 0 0 0 0",
        "S-Care 16:15 1 1 0 0 0 1 0 0 100 20 10 130 25 0 0 60 0 0 0",
        "S-New 16:00 7 4 2 1 1 0 2 1 1440 180 120 1740 92 49 0 0 0 0 0",
        "S-New 16:15 1 1 0 0 0 0 0 0 60 0 0 60 20 0 0 0 0 0 0",
    ];

    [Test]
    public async Task TheWorkedExample_ByCampaign()
    {
        await LandAsync(WorkedExample.Csv);

        var day = await ProjectAsync(ByCampaign);

        Assert.That(await IntervalsAsync(QueueGrouping.Campaign), Is.EqualTo(TheExampleByCampaign));
        Assert.That(await QueuesAsync(QueueGrouping.Campaign), Is.EqualTo(new[]
        {
            "(no campaign) 2026-08-21T16:34:00 2026-08-21T16:34:00",
            "Sales In 2026-08-21T16:00:10 2026-08-21T16:47:00",
            "Sales Out 2026-08-21T16:31:00 2026-08-21T16:33:00",
        }));
        var calls = await RowsAsync("Calls");
        Assert.That(calls, Has.Count.EqualTo(24));
        Assert.That(calls.CountBy(row => (string)row["Class"]).OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}"), Is.EqualTo(new[]
        {
            "attempt 2", "callbackAttempt 1", "contactLeg 14", "internal 2", "ivrOnly 1", "outbound 1", "thirdParty 1", "unclassified 1", "voicemail 1",
        }));
        Assert.That(calls.Take(2).Select(row => $"{row.PartitionKey} {row.RowKey} {row["Queue"]} {row["Contact"]} {row["Agent"]}"), Is.EqualTo(new[]
        {
            "acme|2026-08-21|00 2026-08-21T16:00:10Z|101|000 Sales In 101/1 ann",
            "acme|2026-08-21|00 2026-08-21T16:01:00Z|102|000 Sales In 102/1 ",
        }));
        Assert.That(day!.Warnings, Is.EqualTo(new[] { "Unclassified: call types that are not known are in no figure: Fax (1 row, 0 s of work)." }));
        Assert.That(day.CallRows, Is.EqualTo(new CallAccounting(ContactLegs: 14, IvrOnly: 1, CallbackAttempt: 1, Voicemail: 1, ThirdParty: 1, Outbound: 1, Attempt: 2, Internal: 2, Unclassified: 1, Duplicate: 0, Quarantined: 0)));
        Assert.That((day.Rules, day.Inputs.Keys.Single(), day.NormalizedVersion == day.LandedVersion), Is.EqualTo((2, new LocalDate(2026, 8, 21), true)));
    }

    [Test]
    public async Task TheWorkedExample_BySkill()
    {
        await Bench.SeedAsync(BySkill);
        await LandAsync(WorkedExample.Csv);

        await ProjectAsync(BySkill);

        Assert.That(await IntervalsAsync(QueueGrouping.Skill), Is.EqualTo(TheExampleBySkill));
        Assert.That(await QueuesAsync(QueueGrouping.Skill), Is.EqualTo(new[]
        {
            "(no skill) 2026-08-21T16:03:00 2026-08-21T16:34:00",
            "S-Care 2026-08-21T16:07:40 2026-08-21T16:47:00",
            "S-New 2026-08-21T16:00:10 2026-08-21T16:29:59",
        }));
    }

    [Test]
    public async Task Twice_WritesNothing()
    {
        await LandAsync(WorkedExample.Csv);
        await ProjectAsync(ByCampaign);
        var writes = Bench.Tables.Writes;

        await ProjectAsync(ByCampaign);

        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    [Test]
    public async Task ExactTwins_AreCounted_AndStoredOnce()
    {
        var lines = WorkedExample.Csv.TrimEnd().Split('\n')[1..];
        await LandAsync(Csv([.. lines, .. lines]));

        var day = await ProjectAsync(ByCampaign);

        Assert.That((day!.CallRows.Duplicate, day.CallRows.Rows), Is.EqualTo((24, 48)));
        Assert.That(await IntervalsAsync(QueueGrouping.Campaign), Is.EqualTo(TheExampleByCampaign));
        Assert.That(await RowsAsync("Calls"), Has.Count.EqualTo(24));
    }

    [Test]
    public async Task ACorrectedRow_ChangesItsFigures_AndNoOther()
    {
        await LandAsync(WorkedExample.Csv);
        await ProjectAsync(ByCampaign);
        var transactions = Bench.Tables.Transactions.Count;

        // 113: after-call work of 45 s in place of 30; 102: it was answered after all.
        await LandAsync(WorkedExample.Csv
            .Replace("00:01:30,00:00:00,00:00:00,00:00:30,0", "00:01:30,00:00:00,00:00:00,00:00:45,0", StringComparison.Ordinal)
            .Replace("Inbound,[None],S-New,00:00:20,00:00:04,,,,,,1", "Inbound,ann,S-New,00:00:20,00:00:04,,00:00:10,,,,0", StringComparison.Ordinal));
        await ProjectAsync(ByCampaign);

        Assert.That(await IntervalsAsync(QueueGrouping.Campaign), Is.EqualTo(new[]
        {
            "Sales In 16:00 9 7 1 0 1 0 3 0 1850 230 180 2260 301 45 1 0 0 0 0",
            "Sales In 16:15 1 1 0 0 0 0 0 0 60 0 0 60 20 0 0 60 0 0 0",
            "Sales Out 16:30 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 135 2",
        }));
        Assert.That(Bench.Tables.Transactions.Skip(transactions).Select(operations => string.Join(", ", operations)), Is.EquivalentTo(new[]
        {
            "PUT manifest, PUT 2026-08-21T16:00:00Z|Sales In, PUT 2026-08-21T16:30:00Z|Sales Out",
            "PUT manifest, PUT 2026-08-21T16:01:00Z|102|000, PUT 2026-08-21T16:32:00Z|113|000",
        }), "the catalogue stays as it is");
    }

    [Test]
    public async Task AVanishedCall_Vanishes_AndItsQueueStays()
    {
        await LandAsync(WorkedExample.Csv);
        await ProjectAsync(ByCampaign);

        await LandAsync(Csv([.. WorkedExample.Csv.TrimEnd().Split('\n')[1..].Where(line => !line.Contains("Sales Out", StringComparison.Ordinal))]));
        await ProjectAsync(ByCampaign);

        Assert.That(await IntervalsAsync(QueueGrouping.Campaign), Is.EqualTo(TheExampleByCampaign[..2]));
        Assert.That(await RowsAsync("Calls"), Has.Count.EqualTo(21));
        Assert.That(await QueuesAsync(QueueGrouping.Campaign), Has.Some.EqualTo("Sales Out 2026-08-21T16:31:00 2026-08-21T16:33:00"));
    }

    [Test]
    public async Task ChangeOfGrouping_LeavesNothingOfTheOldOne_AndNeedsNoDownload()
    {
        await LandAsync(WorkedExample.Csv);
        await ProjectAsync(ByCampaign);
        await Bench.SeedAsync(BySkill);
        var before = await Get<CallDayProjection>().ReadInputsAsync(BySkill, Id(21), new(Id(21).Date, ImportData.LosAngeles), CancellationToken.None);

        var day = await ProjectAsync(BySkill);

        Assert.That(before.SameAs(day! with { Settings = (await ProjectedSettingsAsync(ByCampaign)) }), Is.False, "the day is derived again");
        Assert.That(await IntervalsAsync(QueueGrouping.Skill), Is.EqualTo(TheExampleBySkill));
        Assert.That(await IntervalsAsync(QueueGrouping.Campaign), Is.Null);
        Assert.That((await RowsAsync("QueueIntervals")).Select(row => row["Queue"]), Has.None.StartsWith("Sales"));
        Assert.That((await RowsAsync("Queues")).Select(row => $"{row["Queue"]} {row["Kind"]}"), Is.EqualTo(new[] { "(no skill) skill", "S-Care skill", "S-New skill" }));
        Assert.That((await RowsAsync("Calls")).Select(row => (string)row["Queue"]).Distinct(), Is.EquivalentTo(new[] { "(no skill)", "S-Care", "S-New" }));
    }

    [Test]
    public async Task FromCampaignToSkill_TheDayIsNotThereUntilItIsReadAgain()
    {
        await LandAsync(WorkedExample.LiveRows, lacksSkill: true);
        await ProjectAsync(ByCampaign);
        Assert.That((await IntervalsAsync(QueueGrouping.Campaign))!, Has.Length.EqualTo(3));
        await Bench.SeedAsync(BySkill);

        var day = await ProjectAsync(BySkill);

        Assert.That((await IntervalsAsync(QueueGrouping.Skill), await IntervalsAsync(QueueGrouping.Campaign)), Is.EqualTo(((string[]?)null, (string[]?)null)));
        Assert.That(((await RowsAsync("QueueIntervals")).Count, (await RowsAsync("Calls")).Count, (await RowsAsync("Queues")).Count), Is.EqualTo((0, 0, 0)));
        Assert.That(day!.Warnings.Single(), Does.StartWith("Incomplete: a part of the day was told by a report without the column SKILL"));

        await LandAsync(WorkedExample.Csv);
        await ProjectAsync(BySkill);
        Assert.That(await IntervalsAsync(QueueGrouping.Skill), Is.EqualTo(TheExampleBySkill));
    }

    [Test]
    public async Task AJobThatBeganBeforeTheGroupingChanged_ChangesNothing()
    {
        await LandAsync(WorkedExample.Csv);
        await Bench.SeedAsync(BySkill);
        await ProjectAsync(BySkill);
        var writes = Bench.Tables.Writes;

        Assert.That(() => ProjectAsync(ByCampaign), Throws.TypeOf<StaleSettingsException>().With.Message.StartsWith("The settings of acme for calls were changed"));

        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    [Test]
    public async Task AChangedThreshold_DerivesAgain()
    {
        await LandAsync(WorkedExample.Csv);
        var before = await ProjectAsync(ByCampaign);
        var slower = ByCampaign with { ServiceLevelSeconds = 45, ShortAbandonSeconds = 3 };
        await Bench.SeedAsync(slower);
        var inputs = await Get<CallDayProjection>().ReadInputsAsync(slower, Id(21), new(Id(21).Date, ImportData.LosAngeles), CancellationToken.None);

        var after = await ProjectAsync(slower);

        Assert.That((inputs.SameAs(before!), inputs.SameAs(after!)), Is.EqualTo((false, true)));
        Assert.That((await IntervalsAsync(QueueGrouping.Campaign))![0], Is.EqualTo("Sales In 16:00 9 6 2 0 1 0 4 2 1840 230 180 2250 297 49 1 0 0 0 0"));
    }

    [Test]
    public async Task StoreCallsOff_DropsTheRows_AndKeepsTheFigures()
    {
        var off = ByCampaign with { StoreCalls = false };
        await LandAsync(WorkedExample.Csv);
        await ProjectAsync(ByCampaign);
        await Bench.SeedAsync(off);

        await ProjectAsync(off);

        Assert.That(await RowsAsync("Calls"), Is.Empty);
        Assert.That(await IntervalsAsync(QueueGrouping.Campaign), Is.EqualTo(TheExampleByCampaign));

        await LandAsync(WorkedExample.Csv.Replace("00:04:00", "00:05:00", StringComparison.Ordinal));
        var writes = Bench.Tables.Transactions.Count;
        await ProjectAsync(off);
        Assert.That(Bench.Tables.Transactions.Skip(writes).Select(operations => string.Join(", ", operations)), Is.EqualTo(new[] { "PUT manifest, PUT 2026-08-21T16:00:00Z|Sales In" }));
    }

    [TestCase(false, null)]
    [TestCase(true, "5550100003")]
    public async Task CustomerData_IsStoredOnlyIfItIsKept(bool keep, string? ani)
    {
        var integration = ByCampaign with { KeepCustomerData = keep };
        await Bench.SeedAsync(integration);
        await LandAsync(WorkedExample.LiveRows, keepCustomerData: true);

        await ProjectAsync(integration);

        Assert.That((await RowsAsync("Calls")).First(row => (string)row["CallId"] == "300000010270763").GetString("Ani"), Is.EqualTo(ani));
    }

    [Test]
    public async Task OddAndLongNames_AreStoredWhole()
    {
        var (odd, longQueue, longCall) = ("a/b\\c#d?%|*", new string('#', 600), new string('7', 600));
        await LandAsync(Csv(
            $"{longCall},\"Fri, 21 Aug 2026 09:00:10\",{odd},Inbound,{longQueue},,,00:00:04,,00:00:10,,,,0",
            $"2/#?,\"Fri, 21 Aug 2026 09:00:10\",{longQueue},Inbound,o'neil/#,,,00:00:04,,00:00:10,,,,0",
            "3,\"Fri, 21 Aug 2026 09:00:10\",manifest,Inbound,manifest,,,00:00:04,,00:00:10,,,,0"));

        await ProjectAsync(ByCampaign);

        Assert.That(await FiguresAsync(ByCampaign), Has.Length.EqualTo(3).And.All.EndsWith("16:00: offered 1 answered 1 answeredWithin 1 talkSeconds 10 handleSeconds 10 waitSecondsAnswered 4"));
        Assert.That((await Get<QueuesTable>().ReadAsync("acme", QueueGrouping.Campaign, CancellationToken.None)).Queues.Select(queue => queue.Queue), Is.EquivalentTo(new[] { odd, longQueue, "manifest" }));
        Assert.That((await RowsAsync("Calls")).Select(row => $"{row["CallId"]} {row["Queue"]} {row["Agent"]}"), Is.EquivalentTo(new[]
        {
            $"{longCall} {odd} {longQueue}", $"2/#? {longQueue} o'neil/#", "3 manifest manifest",
        }));
    }

    [Test]
    public async Task ALegThatTheTableRefuses_IsLeftOutAndTold_AndStaysInTheFigures()
    {
        var integration = ByCampaign with { KeepCustomerData = true };
        await Bench.SeedAsync(integration);
        var longCall = new string('7', 600);
        await LandAsync(
            $"{CallText.Header},RECORDINGS\n"
            + $"{longCall},\"Fri, 21 Aug 2026 09:00:10\",Sales,Inbound,ann,,,00:00:04,,00:00:10,,,,0,{new string('r', 32_769)}\n"
            + "2,\"Fri, 21 Aug 2026 09:00:10\",Sales,Inbound,ann,,,00:00:04,,00:00:10,,,,0,\n",
            keepCustomerData: true);

        var day = await ProjectAsync(integration);

        Assert.That((await RowsAsync("Calls")).Select(row => row["CallId"]), Is.EqualTo(new[] { "2" }));
        Assert.That(await FiguresAsync(integration), Is.EqualTo(new[] { "Sales 16:00: offered 2 answered 2 answeredWithin 2 talkSeconds 20 handleSeconds 20 waitSecondsAnswered 8" }));
        Assert.That(day!.Warnings, Is.EqualTo(new[] { "A row of 2026-08-21T16:00:10Z is left out, because the table refuses it (TooLarge); it is tried again when it changes." }));
        Assert.That(Bench.Log.TakeWarnings().Single(), Does.Contain("the tables refuse 1 rows (TooLarge)"));
    }

    [Test]
    public async Task ACallOverTwoMidnights_IsTwoCalls_AndANewLegMovesThem()
    {
        var (first, second, third) = (
            "1,\"Thu, 20 Aug 2026 23:59:50\",Sales,Inbound,[None],,,00:00:08,,,,,,0",
            "1,\"Fri, 21 Aug 2026 00:00:10\",Sales,Inbound,ann,,,00:00:02,,00:01:00,,,,0",
            "1,\"Sat, 22 Aug 2026 00:10:00\",Sales,Inbound,bob,,,00:00:05,,00:02:00,,,,0");
        await LandAsync(Csv(first), 20);
        await LandAsync(Csv(second), 21);
        await LandAsync(Csv(third), 22);

        foreach (var day in new[] { 22, 20, 21 })
        {
            await ProjectAsync(ByCampaign, day);
        }

        Assert.That(await FiguresAsync(ByCampaign, 20), Is.EqualTo(new[] { "Sales 06:45: offered 1 answered 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 10" }));
        Assert.That(await FiguresAsync(ByCampaign, 21), Is.Empty, "what came after midnight belongs to the contact of the day before");
        Assert.That(await FiguresAsync(ByCampaign, 22), Is.EqualTo(new[] { "Sales 07:00: offered 1 answered 1 answeredWithin 1 talkSeconds 120 handleSeconds 120 waitSecondsAnswered 5" }));
        Assert.That((await RowsAsync("Calls")).Select(row => $"{row.PartitionKey} {row["Contact"]}"), Is.EqualTo(new[] { "acme|2026-08-20|00 1/1", "acme|2026-08-21|00 1/1", "acme|2026-08-22|00 1/1" }));

        await LandAsync(Csv(), 20);
        foreach (var day in new[] { 20, 21, 22 })
        {
            await ProjectAsync(ByCampaign, day);
        }

        Assert.That(await FiguresAsync(ByCampaign, 20), Is.Empty);
        Assert.That(await FiguresAsync(ByCampaign, 21), Is.EqualTo(new[] { "Sales 07:00: offered 1 answered 1 answeredWithin 1 talkSeconds 180 handleSeconds 180 waitSecondsAnswered 2" }));
        Assert.That(await FiguresAsync(ByCampaign, 22), Is.Empty);
    }

    [Test]
    public async Task DaysInAnyOrder_GiveTheSameCatalogue()
    {
        await LandAsync(Csv("1,\"Thu, 20 Aug 2026 10:00:00\",A,Inbound,ann,,,00:00:08,,00:01:00,,,,0"), 20);
        await LandAsync(Csv("2,\"Fri, 21 Aug 2026 10:00:00\",A,Inbound,ann,,,00:00:08,,00:01:00,,,,0"), 21);
        await LandAsync(Csv("3,\"Sat, 22 Aug 2026 10:00:00\",A,Inbound,ann,,,00:00:08,,00:01:00,,,,0"), 22);

        foreach (var day in new[] { 21, 22, 20 })
        {
            await ProjectAsync(ByCampaign, day);
        }

        Assert.That(await QueuesAsync(QueueGrouping.Campaign), Is.EqualTo(new[] { "A 2026-08-20T17:00:00 2026-08-22T17:00:00" }));
    }

    [Test]
    public async Task ADayThatWasNeverLanded_IsNotThere_ThoughItsNeighbourIs()
    {
        await LandAsync(WorkedExample.Csv);
        var writes = Bench.Tables.Writes;

        await ProjectAsync(ByCampaign, 22);

        Assert.That(await IntervalsAsync(QueueGrouping.Campaign, 22), Is.Null);
        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    private async Task<string> ProjectedSettingsAsync(Integration integration) =>
        (await Get<CallDayProjection>().ReadInputsAsync(integration, Id(21), new(Id(21).Date, ImportData.LosAngeles), CancellationToken.None)).Settings;
}
