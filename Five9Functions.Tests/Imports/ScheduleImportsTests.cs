using Azure.Data.Tables;
using Five9Functions.Imports;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>The tick, at 2026-11-02T20:00:00Z and later.</summary>
public sealed class ScheduleImportsTests : ImportFixture
{
    // The ticks of 100 ns from 2026-11-02T20:00:00Z to the end of the year 9999.
    private const string Slot = "2516086511999999999";

    private const string SlotBefore = "2516086520999999999";

    private const string NextSlot = "2516086502999999999";

    [Test]
    public async Task Tick_OpensARunOfItsSlot_AndSendsItsJob()
    {
        Bench.Time.Advance(TimeSpan.FromSeconds(3));

        await TickAsync();

        Assert.That(await RunsAsync(), Is.EqualTo(new[]
        {
            new ImportRun { Integration = "acme", Id = Slot, Kind = RunKind.Scheduled, RequestedAt = At("2026-11-02T20:00:03Z") },
        }));
        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("acme", Slot) }));
        Assert.That((await Bench.UserAsync()).OpenRuns, Is.EqualTo(new[] { new OpenRun("acme", Slot) }));
    }

    [Test]
    public async Task TwoTicksOfOneSlot_AreOneRun_EvenWhenItIsFinished()
    {
        await TickAsync();
        await FinishAsync(Slot);
        Bench.Time.Advance(TimeSpan.FromMinutes(14));

        await TickAsync();

        Assert.That(await RunsAsync(), Has.Count.EqualTo(1));
        Assert.That(await Bench.Messages.JobsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TwoTicksAtOnce_AreOneRun()
    {
        await Task.WhenAll(TickAsync(), TickAsync(), TickAsync());

        Assert.That(await RunsAsync(), Has.Count.EqualTo(1));
        Assert.That(await Bench.Messages.JobsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TheNextTick_WhileTheRunIsUnfinished_OpensNothing()
    {
        await TickAsync();
        await Bench.Messages.JobsAsync();
        Bench.Time.Advance(TimeSpan.FromMinutes(14) + TimeSpan.FromSeconds(59));

        await TickAsync();

        Assert.That(await RunsAsync(), Has.Count.EqualTo(1));
        Assert.That(await Bench.Messages.JobsAsync(), Is.Empty);
    }

    [Test]
    public async Task TheNextTick_AfterTheRunIsFinished_OpensTheNext()
    {
        await TickAsync();
        await FinishAsync(Slot);
        Bench.Time.Advance(TimeSpan.FromMinutes(15));

        await TickAsync();

        Assert.That((await RunsAsync()).Select(r => r.Id), Is.EqualTo(new[] { NextSlot, Slot }));
    }

    [TestCase("calls", "agent-states")]
    [TestCase("agent-states", "calls")]
    public async Task AReportThatHangs_KeepsOnlyItselfWaiting(string hangs, string other)
    {
        var both = Acme with { Reports = "agent-states,calls" };
        await Bench.SeedAsync(both);
        var hanging = Slice("08:00-10:00", SliceState.Running) with { Run = SlotBefore, Report = hangs, DueAt = At("2026-11-02T20:30:00Z") };
        await Bench.OpenAsync(both, ScheduledRun() with { Id = SlotBefore, Planned = 2 }, hanging, hanging with { Report = other, State = SliceState.Done });

        await TickAsync();
        await FinishAsync(Slot);
        Bench.Time.Advance(TimeSpan.FromMinutes(15));
        await TickAsync();

        Assert.That((await RunsAsync()).Select(r => (r.Id, r.Reports)), Is.EqualTo(new[] { (NextSlot, other), (Slot, other), (SlotBefore, null) }));
    }

    [Test]
    public async Task MissingOlderHistoryOfOneReport_IsBackfilledOfThatAlone()
    {
        await Bench.SeedAsync(Acme with { Reports = "agent-states,calls", HistoryStart = new LocalDate(2026, 10, 24) });
        await DayAsync(ReportNames.AgentStates, new LocalDate(2026, 10, 24), [Told("2026-10-24T07:00:00Z", "2026-10-25T07:00:00Z", "2026-10-25T08:00:00Z")]);

        await TickAsync();

        Assert.That((await RunsAsync()).Select(r => (r.Kind, r.Reports)), Is.EqualTo(new[] { (RunKind.Scheduled, (string?)null), (RunKind.Backfill, "calls") }));
    }

    [Test]
    public async Task DaysOfOtherRules_AreDerivedAgain_FiftyATick_TheNewestFirst()
    {
        await Bench.SeedAsync(Acme with { Reports = "calls", HistoryStart = new LocalDate(2026, 9, 1) });
        for (var date = new LocalDate(2026, 9, 1); date <= new LocalDate(2026, 11, 2); date = date.PlusDays(1))
        {
            await DayAsync(ReportNames.Calls, date, [], settings: "grouping=skill;settings=0123456789abcdef");
        }

        await TickAsync();

        var jobs = await Bench.Messages.NormalizeJobsAsync();
        Assert.That(jobs, Has.Count.EqualTo(50));
        Assert.That(jobs[0], Is.EqualTo(new NormalizeJob("acme", "calls", "2026-11-02", "", "")));
        Assert.That(jobs[^1], Is.EqualTo(new NormalizeJob("acme", "calls", "2026-09-14", "", "")));
    }

    [Test]
    public async Task DaysToBeDerivedAgain_AreNotAskedForTwice_WhileTheyWait()
    {
        await Bench.SeedAsync(Acme with { Reports = "calls" });
        await DayAsync(ReportNames.Calls, new LocalDate(2026, 11, 2), [], settings: "grouping=skill;settings=0123456789abcdef");

        await TickAsync();
        Bench.Time.Advance(TimeSpan.FromMinutes(15));
        await TickAsync();

        Assert.That(await Bench.Messages.NormalizeJobsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AnIntegrationThatIsPaused_IsLeftAlone()
    {
        await Bench.SeedAsync(Acme with { Paused = true });

        await TickAsync();

        Assert.That(await RunsAsync(), Is.Empty);
        Assert.That(await Bench.Messages.JobsAsync(), Is.Empty);
    }

    [Test]
    public async Task EachIntegration_HasItsOwnRun()
    {
        await Bench.SeedAsync(Acme with { Id = "other", Name = "Other", UserName = "other@acme.test" });

        await TickAsync();

        Assert.That(await Bench.Messages.JobsAsync(), Is.EquivalentTo(new[] { new ImportJob("acme", Slot), new ImportJob("other", Slot) }));
    }

    [Test]
    public async Task MissingOlderHistory_OpensABackfillRunAsWell_AndOnlyOne()
    {
        await Bench.SeedAsync(Acme with { HistoryStart = new LocalDate(2026, 10, 1) });

        await TickAsync();
        Bench.Time.Advance(TimeSpan.FromMinutes(5));
        await TickAsync();

        Assert.That((await RunsAsync()).Select(r => (r.Id, r.Kind)), Is.EqualTo(new[] { (Slot, RunKind.Scheduled), (Slot + "-backfill", RunKind.Backfill) }));
        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("acme", Slot), new ImportJob("acme", Slot + "-backfill") }));
    }

    [Test]
    public async Task OlderHistoryThatIsCovered_OpensNoBackfillRun()
    {
        await Bench.SeedAsync(Acme with { HistoryStart = new LocalDate(2026, 10, 24) });
        var id = new RawDayId("acme", ReportNames.AgentStates, new LocalDate(2026, 10, 24));
        await Get<ReportDayTable>().TryWriteAsync(
            new Versioned<ReportDay>(ReportDay.Empty(id), default),
            ReportDay.Empty(id) with { Windows = [Told("2026-10-24T07:00:00Z", "2026-10-25T07:00:00Z", "2026-10-25T08:00:00Z")] },
            CancellationToken.None);

        await TickAsync();

        Assert.That((await RunsAsync()).Select(r => r.Kind), Is.EqualTo(new[] { RunKind.Scheduled }));
    }

    [Test]
    public async Task WhereTheHistoryOfManyIsDue_ATickTakesSome_AndLaterOnesTheOthers()
    {
        for (var n = 0; n < 11; n++)
        {
            await Bench.SeedAsync(Acme with { Id = $"centre-{n}", Name = $"Centre {n}", UserName = $"{n}@acme.test" });
        }

        Get<HistoryMaintenance>().AtATick = 4;

        await TickAsync();
        Assert.That(await DoneAsync(), Is.InRange(1, 8));
        Assert.That(await Bench.Messages.JobsAsync(), Has.Count.EqualTo(12), "nobody's imports wait for it");

        for (var tick = 0; tick < 12; tick++)
        {
            Bench.Time.Advance(TimeSpan.FromMinutes(1));
            await TickAsync();
        }

        Assert.That(await DoneAsync(), Is.EqualTo(12));

        async Task<int> DoneAsync() => (await Get<Five9UserTable>().AllAsync(CancellationToken.None)).Count(user => user.Ticks.Values.Single().HistoryDone.Length > 0);
    }

    [Test]
    public async Task TheNextTickOfASlot_WhoseRunIsFinished_ListsNothing()
    {
        await TickAsync();
        await FinishAsync(Slot);
        await Get<Five9UserTable>().UpdateAsync((await Bench.UserAsync()).Key, user => user with { OpenRuns = [] }, CancellationToken.None);

        await TickAsync();

        Assert.That((await Bench.UserAsync()).OpenRuns, Is.Empty);
        Assert.That((await Bench.UserAsync()).TicksOf("acme").Run, Is.EqualTo(Slot));
        Assert.That(await RunsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ASlotWhoseRunIsFinished_ButWhoseMarkSomebodyDeleted_HasNoOther_AndNothingStaysListed()
    {
        await TickAsync();
        await FinishAsync(Slot);
        await Get<Five9UserTable>().UpdateAsync((await Bench.UserAsync()).Key, user => user with { OpenRuns = [], Ticks = new Dictionary<string, TickState>() }, CancellationToken.None);

        await TickAsync();

        Assert.That((await Bench.UserAsync()).OpenRuns, Is.Empty);
        Assert.That(await RunsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AHistoryThatWasDone_AndIsNot_IsLookedThroughAgain_ThoughTheSettingsAreThoseOfBefore()
    {
        Get<HistoryMaintenance>().Anyway = 0;
        await Bench.SeedAsync(Acme with { Reports = "calls" });
        await TickAsync();
        var done = (await Bench.UserAsync()).TicksOf("acme").HistoryDone;
        Assert.That(done, Does.StartWith("2026-11-02 "));

        await Bench.SeedAsync(Acme with { Reports = "calls", ServiceLevelSeconds = 30 });
        await DayAsync(ReportNames.Calls, new LocalDate(2026, 11, 2), [], settings: "grouping=skill;settings=0123456789abcdef");
        await TickAsync();
        Assert.That((await Bench.UserAsync()).TicksOf("acme").HistoryDone, Is.Empty);

        await Bench.SeedAsync(Acme with { Reports = "calls" });
        await Bench.Messages.NormalizeJobsAsync();
        await TickAsync();

        Assert.That(await Bench.Messages.NormalizeJobsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AFewAreLookedThroughAtEachTick_ThoughNothingSaysThatTheyAreDue()
    {
        await Bench.SeedAsync(Acme with { Reports = "calls" });
        await TickAsync();
        await DayAsync(ReportNames.Calls, new LocalDate(2026, 11, 2), [], settings: "grouping=skill;settings=0123456789abcdef");

        await TickAsync();

        Assert.That(await Bench.Messages.NormalizeJobsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ARunRowThatCannotBeRead_KeepsNothingFromBeingImported()
    {
        await Bench.SeedAsync(Acme with { HistoryStart = new LocalDate(2026, 10, 1) });
        await Bench.Table("ImportRuns").AddEntityAsync(new TableEntity("acme", SlotBefore) { ["Kind"] = "Sometimes" });

        Assert.That(TickAsync, Throws.TypeOf<AggregateException>().With.Message.Contains("of the table ImportRuns cannot be read"));

        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("acme", Slot), new ImportJob("acme", Slot + "-backfill") }));
    }

    [Test]
    public async Task WhatTicksDidForAnIntegrationThatIsGone_IsForgotten()
    {
        await TickAsync();
        await Bench.Table("Integrations").DeleteEntityAsync("integrations", "acme");

        await TickAsync();

        Assert.That((await Bench.UserAsync()).Ticks, Is.Empty);
    }

    [Test]
    public async Task ARunThatWasNeverListed_IsSentAgain_AndNoOtherIsOpened()
    {
        await Get<ImportRunTable>().TryAddAsync(ScheduledRun(), CancellationToken.None);
        Bench.Time.Advance(TimeSpan.FromMinutes(16));

        await TickAsync();

        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("acme", Run) }));
        Assert.That(await RunsAsync(), Has.Count.EqualTo(1));
    }

    private Task TickAsync() => Get<ScheduleImports>().RunAsync(CancellationToken.None);

    private async Task<IReadOnlyList<ImportRun>> RunsAsync() => await Get<ImportRunTable>().ListAsync("acme", CancellationToken.None).ToListAsync();

    private async Task DayAsync(string report, LocalDate date, IReadOnlyList<LedgerWindow> windows, string settings = "")
    {
        var id = new RawDayId("acme", report, date);
        var derived = ReportDay.Empty(id) with { Windows = windows, Settings = settings, Rules = 1, Inputs = new Dictionary<LocalDate, long> { [date] = 7 }, LandedVersion = 7 };
        await Get<ReportDayTable>().TryWriteAsync(new Versioned<ReportDay>(ReportDay.Empty(id), default), derived, CancellationToken.None);
    }

    private async Task FinishAsync(string id)
    {
        var run = (await Get<ImportRunTable>().FindAsync("acme", id, CancellationToken.None))!.Value;
        await Get<ImportRunTable>().TryUpdateAsync(run, run.Value with { Planned = 0, FinishedAt = At("2026-11-02T20:01:00Z") }, CancellationToken.None);
    }
}
