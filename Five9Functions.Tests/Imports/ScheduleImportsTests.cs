using Five9Functions.Imports;
using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>The tick, at 2026-11-02T20:00:00Z and later.</summary>
public sealed class ScheduleImportsTests : ImportFixture
{
    // The ticks of 100 ns from 2026-11-02T20:00:00Z to the end of the year 9999.
    private const string Slot = "2516086511999999999";

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
        await Get<ReportDays>().TryWriteAsync(
            new Stored<ReportDay>(ReportDay.Empty(id), default),
            ReportDay.Empty(id) with { Windows = [Told("2026-10-24T07:00:00Z", "2026-10-25T07:00:00Z", "2026-10-25T08:00:00Z")] },
            CancellationToken.None);

        await TickAsync();

        Assert.That((await RunsAsync()).Select(r => r.Kind), Is.EqualTo(new[] { RunKind.Scheduled }));
    }

    [Test]
    public async Task ARunThatWasNeverListed_IsSentAgain_AndNoOtherIsOpened()
    {
        await Get<ImportRuns>().TryAddAsync(ScheduledRun(), CancellationToken.None);
        Bench.Time.Advance(TimeSpan.FromMinutes(16));

        await TickAsync();

        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("acme", Run) }));
        Assert.That(await RunsAsync(), Has.Count.EqualTo(1));
    }

    private Task TickAsync() => Get<ScheduleImports>().RunAsync(CancellationToken.None);

    private async Task<IReadOnlyList<ImportRun>> RunsAsync() => await Get<ImportRuns>().OfAsync("acme", CancellationToken.None).ToListAsync();

    private async Task FinishAsync(string id)
    {
        var run = (await Get<ImportRuns>().FindAsync("acme", id, CancellationToken.None))!.Value;
        await Get<ImportRuns>().TryUpdateAsync(run, run.Value with { Planned = 0, FinishedAt = At("2026-11-02T20:01:00Z") }, CancellationToken.None);
    }
}
