using Five9Functions.Calls;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

public sealed class ReportLedgersTests : ImportFixture
{
    [Test]
    public async Task Read_GathersLedgers_OpenStatesOfTwoDays_AndWhatIsUnderWay()
    {
        var early = Told("2026-11-03T08:00:00Z", "2026-11-04T08:00:00Z", "2026-11-04T09:00:00Z");
        var late = Told("2026-11-05T08:00:00Z", "2026-11-05T19:00:00Z", "2026-11-05T19:05:00Z");
        await DayAsync(3, early, "2026-11-03T09:00:00Z");
        await DayAsync(4, null, "2026-11-05T01:00:00Z");
        await DayAsync(5, late, "2026-11-05T16:00:00Z");
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = 2 }, Slice("08:00-10:00"), Slice("10:00-12:00", SliceState.Done), Slice("12:00-14:00", SliceState.Fetching));

        var input = await Get<ReportLedgers>().ReadAsync(Acme, ReportDefinition.AgentStates, new LocalDate(2026, 11, 2), At("2026-11-05T20:00:00Z"), CancellationToken.None);

        Assert.That((input.Now, input.HistoryStart, input.Settle), Is.EqualTo((At("2026-11-05T20:00:00Z"), new LocalDate(2026, 11, 2), Duration.FromMinutes(5))));
        Assert.That(input.Ledger, Is.EqualTo(new[] { early, late }));
        Assert.That(input.OldestOpen, Is.EqualTo(At("2026-11-05T01:00:00Z")));
        Assert.That(input.UnderWay, Is.EqualTo(new[] { Hours("08:00-10:00"), Hours("12:00-14:00") }));
    }

    [Test]
    public async Task Read_WithRetention_HistoryBeginsLater_AndADayAtTheEdgeIsNotDerivedAgain()
    {
        var acme = Acme with { RetentionDays = 31, Tiers = RereadTiers.Parse("24:60") };
        foreach (var (day, before) in new[] { (3, 2), (4, 3) })
        {
            var stored = await Get<ReportDayTable>().GetAsync(new RawDayId("acme", ReportNames.AgentStates, new LocalDate(2026, 11, day)), CancellationToken.None);
            await Get<ReportDayTable>().TryWriteAsync(stored, stored.Value with { LandedVersion = 1, Inputs = new Dictionary<LocalDate, long> { [new(2026, 11, before)] = 1, [new(2026, 11, day)] = 1 } }, CancellationToken.None);
        }

        var input = await Get<ReportLedgers>().ReadAsync(acme, ReportDefinition.AgentStates, new LocalDate(2026, 11, 2), At("2026-12-04T20:00:00Z"), CancellationToken.None);

        Assert.That((input.HistoryStart, input.Tiers.ToString()), Is.EqualTo((new LocalDate(2026, 11, 3), "24:60")));
        Assert.That(input.Outdated, Is.EqualTo(new[] { new LocalDate(2026, 11, 4) }), "both were derived by rules 0");
    }

    [Test]
    public async Task Read_WhatLandsInACopyOrIsDerivedAgain_KeepsNothingFromBeingRead()
    {
        await Bench.OpenAsync(
            Acme,
            ScheduledRun() with { Planned = 3 },
            Slice("08:00-10:00") with { Changes = ChangeCounting.DryRun },
            Slice("10:00-12:00") with { FromRaw = true },
            Slice("12:00-14:00") with { Changes = ChangeCounting.Counted });

        var input = await Get<ReportLedgers>().ReadAsync(Acme, ReportDefinition.AgentStates, new LocalDate(2026, 11, 2), At("2026-11-05T20:00:00Z"), CancellationToken.None);

        Assert.That(input.UnderWay, Is.EqualTo(new[] { Hours("12:00-14:00") }));
    }

    [Test]
    public async Task Read_ADayThatWasNotDerived_IsNotReadYet_UnlessItIsRecent()
    {
        var old = Told("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", "2026-11-04T09:00:00Z");
        var recent = Told("2026-11-10T08:00:00Z", "2026-11-10T19:00:00Z", "2026-11-10T19:05:00Z");
        await DayAsync(2, old, "2026-11-03T01:00:00Z", landed: 7);
        await DayAsync(10, recent, "2026-11-10T16:00:00Z", landed: 7);

        var input = await Get<ReportLedgers>().ReadAsync(Acme, ReportDefinition.AgentStates, new LocalDate(2026, 11, 2), At("2026-11-12T20:00:00Z"), CancellationToken.None);

        Assert.That(input.Ledger, Is.EqualTo(new[] { recent }));
    }

    [TestCase(QueueGrouping.Campaign, 3, Description = "The skill is not needed.")]
    [TestCase(QueueGrouping.Skill, 1, Description = "Only what has it counts as read.")]
    public async Task Read_WindowsWithoutSkill_CountAsReadByCampaignOnly(QueueGrouping grouping, int read)
    {
        var old = Told("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", "2026-11-03T09:00:00Z") with { LacksSkill = true };
        await CallDayAsync(2, old);
        await CallDayAsync(3, old with { From = old.To, To = At("2026-11-03T20:00:00Z") }, Told("2026-11-03T20:00:00Z", "2026-11-04T08:00:00Z", "2026-11-04T09:00:00Z"));

        var input = await Get<ReportLedgers>().ReadAsync(Acme with { Grouping = grouping }, ReportDefinition.Calls, new LocalDate(2026, 11, 2), At("2026-11-05T20:00:00Z"), CancellationToken.None);

        Assert.That(input.Ledger, Has.Count.EqualTo(read));
        Assert.That(input.Outdated, Is.EqualTo(grouping == QueueGrouping.Campaign ? [new(2026, 11, 3), new(2026, 11, 2)] : Array.Empty<LocalDate>()), "without its rows a day cannot be derived by skill");
    }

    [Test]
    public async Task Read_DaysOfTheRulesOfNow_AreNotOutdated()
    {
        await CallDayAsync(2, Told("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", "2026-11-03T09:00:00Z"));

        var outdated = await Get<ReportLedgers>().ReadAsync(Acme, ReportDefinition.Calls, new LocalDate(2026, 11, 2), At("2026-11-05T20:00:00Z"), CancellationToken.None);
        await Get<NormalizeDay>().RunAsync(new NormalizeJob("acme", "calls", "2026-11-02", "", ""), 1, CancellationToken.None);
        var current = await Get<ReportLedgers>().ReadAsync(Acme, ReportDefinition.Calls, new LocalDate(2026, 11, 2), At("2026-11-05T20:00:00Z"), CancellationToken.None);

        Assert.That((outdated.Outdated.Count, current.Outdated.Count), Is.EqualTo((1, 0)));
    }

    private async Task CallDayAsync(int day, params LedgerWindow[] windows)
    {
        var id = new RawDayId("acme", ReportNames.Calls, new LocalDate(2026, 11, day));
        var known = ReportDay.Empty(id) with { Windows = windows, Inputs = new Dictionary<LocalDate, long> { [id.Date] = 7 }, Settings = "other", LandedVersion = 7 };
        await Get<ReportDayTable>().TryWriteAsync(new Versioned<ReportDay>(ReportDay.Empty(id), default), known, CancellationToken.None);
    }

    private async Task DayAsync(int day, LedgerWindow? window, string oldestOpen, long landed = 0)
    {
        var id = new RawDayId("acme", ReportNames.AgentStates, new LocalDate(2026, 11, day));
        var known = ReportDay.Empty(id) with { Windows = window is null ? [] : [window], OldestOpen = At(oldestOpen), LandedVersion = landed };
        await Get<ReportDayTable>().TryWriteAsync(new Versioned<ReportDay>(ReportDay.Empty(id), default), known, CancellationToken.None);
    }
}
