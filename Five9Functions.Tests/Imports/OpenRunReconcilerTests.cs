using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Users;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>What the tick at 2026-11-02T20:00:00Z does with the open runs of an integration that was changed.</summary>
public sealed class OpenRunReconcilerTests : ImportFixture
{
    private static readonly Integration Other = Acme with { Id = "other", Name = "Other" };

    private static readonly ImportRun Planned = ScheduledRun() with { Planned = 3 };

    [Test]
    public async Task Removed_ItsRunsEnd_AndItsPlacesAreFree()
    {
        await Bench.SeedAsync(Other);
        await Bench.OpenAsync(Acme, Planned, Slice("18:00-19:00"), Slice("17:00-18:00"), Slice("16:00-17:00"));
        await Bench.OpenAsync(Other, Planned with { Integration = "other" }, Slice("10:00-11:00") with { Integration = "other" }, Slice("09:00-10:00") with { Integration = "other" });
        await Get<SliceDispatch>().DispatchAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None);
        await Bench.Messages.StepsAsync();
        await Bench.Table("Integrations").DeleteEntityAsync("integrations", "acme");

        await TickAsync();

        var slices = await Get<ImportSliceTable>().OfRunAsync("acme", Run, CancellationToken.None);
        Assert.That(slices.Select(s => (s.Value.State, s.Value.Error)), Is.EqualTo(Enumerable.Repeat(((SliceState, ImportError?))(SliceState.Failed, new ImportError(ImportProblem.IntegrationRemoved, "The integration was removed.")), 3)));
        Assert.That((await Bench.RunAsync()).FinishedAt, Is.EqualTo(At("2026-11-02T20:00:00Z")));
        Assert.That((await Bench.UserAsync()).OpenRuns, Is.EqualTo(new[] { new OpenRun("other", Run) }));
        Assert.That((await Bench.UserAsync()).UnderWay.Select(p => p.Integration), Is.EqualTo(new[] { "other", "other" }));
        Assert.That(await Bench.Messages.StepsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Removed_BeforeItsRunWasPlanned_TheRunEnds()
    {
        await Bench.OpenAsync(Acme, ScheduledRun());
        await Bench.Table("Integrations").DeleteEntityAsync("integrations", "acme");

        await TickAsync();

        Assert.That(((await Bench.RunAsync()).Planned, (await Bench.RunAsync()).FinishedAt), Is.EqualTo((0, At("2026-11-02T20:00:00Z"))));
        Assert.That((await Bench.UserAsync()).OpenRuns, Is.Empty);
    }

    [TestCase(RunKind.Scheduled, SliceState.Failed)]
    [TestCase(RunKind.Backfill, SliceState.Failed)]
    [TestCase(RunKind.Manual, SliceState.Requesting, Description = "A person asked for it.")]
    public async Task Paused_WhatTheScheduleWantedEnds(RunKind kind, SliceState state)
    {
        await Bench.OpenAsync(Acme, Planned with { Kind = kind, Window = kind == RunKind.Manual ? Hours("17:00-19:00") : null }, Slice("18:00-19:00", SliceState.Done) with { Kind = kind }, Slice("17:00-18:00") with { Kind = kind });
        await Bench.SeedAsync(Acme with { Paused = true });

        await TickAsync();

        Assert.That((await Bench.SliceAsync(Slice("17:00-18:00"))).State, Is.EqualTo(state));
        Assert.That((await Bench.SliceAsync(Slice("18:00-19:00"))).State, Is.EqualTo(SliceState.Done));
        Assert.That((await Bench.UserAsync()).OpenRuns, Has.Count.EqualTo(kind == RunKind.Manual ? 1 : 0));
    }

    [Test]
    public async Task WithAnotherUser_ItsRunsGoOnThere_AtOnce()
    {
        var changed = Acme with { UserName = "new@acme.test" };
        await Bench.OpenAsync(Acme, Planned, Slice("18:00-19:00"), Slice("17:00-18:00"), Slice("16:00-17:00"), Slice("15:00-16:00"), Slice("14:00-15:00"));
        await Get<SliceDispatch>().DispatchAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None);
        await Bench.Messages.StepsAsync();
        await Bench.SeedAsync(changed);

        await TickAsync();

        Assert.That((await Bench.UserAsync()).OpenRuns, Is.Empty);
        Assert.That((await Bench.UserAsync()).UnderWay, Has.Count.EqualTo(2), "what is under way is still looked after there");
        Assert.That((await Bench.UserAsync(changed)).OpenRuns, Is.EqualTo(new[] { new OpenRun("acme", Run) }));
        Assert.That((await Bench.Messages.StepsAsync()).Select(s => s.Slice), Is.EqualTo(new[]
        {
            "agent-states|2026-11-02T16:00:00Z|2026-11-02T17:00:00Z",
            "agent-states|2026-11-02T15:00:00Z|2026-11-02T16:00:00Z",
        }));
    }

    private async Task TickAsync() => await Get<Watchdog>().RunAsync(await Get<Five9UserTable>().AllAsync(CancellationToken.None), CancellationToken.None);
}
