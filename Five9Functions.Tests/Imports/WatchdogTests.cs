using Azure.Data.Tables;
using Five9Functions.Imports;
using Five9Functions.Runs;
using Five9Functions.Users;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>Work was due at 2026-11-02T20:00:00Z. It counts as lost 15 minutes later.</summary>
public sealed class WatchdogTests : ImportFixture
{
    private static readonly string Key = "agent-states|2026-11-02T12:00:00Z|2026-11-02T14:00:00Z";

    [TestCase(899, 0)]
    [TestCase(900, 1)]
    public async Task ARunThatIsNotPlanned_IsSentAgain(int seconds, int messages)
    {
        await Bench.OpenAsync(Acme, ScheduledRun());

        await RunAfterAsync(seconds);

        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(Enumerable.Repeat(new ImportJob("acme", Run), messages)));
    }

    [TestCase(RunKind.Scheduled)]
    [TestCase(RunKind.Manual, Description = "Though the integration is paused: a person asked for it.")]
    [TestCase(RunKind.Backfill)]
    public async Task ARunThatWasNeverListed_IsListedAndSent(RunKind kind)
    {
        await Bench.SeedAsync(Acme with { Paused = kind == RunKind.Manual });
        await Get<ImportRunTable>().TryAddAsync(ScheduledRun() with { Kind = kind }, CancellationToken.None);

        await ListAfterAsync(900);

        Assert.That((await Bench.UserAsync()).OpenRuns, Is.EqualTo(new[] { new OpenRun("acme", Run) }));
        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("acme", Run) }));
    }

    [Test]
    public async Task AFinishedRun_AndOneThatHasJustBegun_AreNotListed()
    {
        await Bench.SeedAsync(Acme);
        await Get<ImportRunTable>().TryAddAsync(ScheduledRun() with { Planned = 0, FinishedAt = At("2026-11-02T20:00:01Z") }, CancellationToken.None);
        await Get<ImportRunTable>().TryAddAsync(ScheduledRun() with { Id = "2516086511999999998-new", RequestedAt = At("2026-11-02T20:00:01Z") }, CancellationToken.None);

        await ListAfterAsync(900);

        Assert.That(await Get<Five9UserTable>().AllAsync(CancellationToken.None), Is.Empty);
    }

    [TestCase(899, 0)]
    [TestCase(900, 1)]
    public async Task ASliceThatDidNotMove_IsSentAgainAtItsStep(int seconds, int messages)
    {
        await OpenUnderWayAsync(Slice("12:00-14:00", SliceState.Running) with { Step = 4 });

        await RunAfterAsync(seconds);

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(Enumerable.Repeat(new SliceStep("acme", Run, Key, 4), messages)));
    }

    [Test]
    public async Task ASliceThatWaits_IsLeftAloneUntilItWasDue()
    {
        await OpenUnderWayAsync(Slice("12:00-14:00", SliceState.Running) with { Step = 4, DueAt = At("2026-11-02T21:00:00Z") });

        await RunAfterAsync(4499);
        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);

        await RunAfterAsync(1);
        Assert.That(await Bench.Messages.StepsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task APlannedRun_AndAFinishedSlice_AreNotSentAgain_ButMakeRoom()
    {
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = 2 }, Slice("12:00-14:00", SliceState.Done), Slice("10:00-12:00"));
        await Get<Five9UserTable>().UpdateAsync(Five9UserTable.KeyOf(Acme), user => user with { UnderWay = [new SliceInPlace("acme", Run, Key)] }, CancellationToken.None);

        await RunAfterAsync(3600);

        Assert.That(await Bench.Messages.JobsAsync(), Is.Empty);
        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { new SliceStep("acme", Run, "agent-states|2026-11-02T10:00:00Z|2026-11-02T12:00:00Z", 1) }));
    }

    [Test]
    public async Task ARunWhoseEndNobodyNoticed_IsFinished()
    {
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = 1 }, Slice("12:00-14:00", SliceState.Done));

        await RunAfterAsync(60);

        Assert.That((await Bench.RunAsync()).FinishedAt, Is.EqualTo(At("2026-11-02T20:01:00Z")));
    }

    [Test]
    public async Task AUserWhoseRowCannotBeRead_IsNamed_AndTheOthersAreLookedAfter()
    {
        var other = Acme with { Id = "other", Name = "Other", UserName = "other@acme.test" };
        await Bench.SeedAsync(other);
        await Bench.OpenAsync(other, ScheduledRun() with { Integration = "other" });
        await Bench.OpenAsync(Acme, ScheduledRun());
        await Bench.Table("Five9Users").UpdateEntityAsync(new TableEntity("users", Five9UserTable.KeyOf(Acme)) { ["OpenRuns"] = "[" }, Azure.ETag.All, TableUpdateMode.Merge);

        Bench.Time.Advance(TimeSpan.FromSeconds(900));
        Assert.That(() => Get<ScheduleImports>().RunAsync(CancellationToken.None), Throws.TypeOf<AggregateException>().With.Message.Contains($"users / {Five9UserTable.KeyOf(Acme)}"));

        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("other", Run) }));
    }

    [Test]
    public async Task WorkOfAnIntegrationThatCannotBeRead_IsNotSent_AndTheOthersAreLookedAfter()
    {
        var other = Acme with { Id = "other", Name = "Other" };
        await Bench.SeedAsync(other);
        await OpenUnderWayAsync(Slice("12:00-14:00", SliceState.Running) with { Step = 4 });
        await Bench.OpenAsync(other, ScheduledRun() with { Integration = "other" });
        await Bench.Table("Integrations").UpdateEntityAsync(new TableEntity("integrations", "acme") { ["Host"] = "" }, Azure.ETag.All, TableUpdateMode.Merge);

        Assert.That(() => RunAfterAsync(900), Throws.TypeOf<AggregateException>());

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("other", Run) }));
    }

    private async Task OpenUnderWayAsync(ImportSlice slice)
    {
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = 1 }, slice);
        await Get<Five9UserTable>().UpdateAsync(Five9UserTable.KeyOf(Acme), user => user with { UnderWay = [new SliceInPlace("acme", Run, Key)] }, CancellationToken.None);
    }

    private async Task ListAfterAsync(int seconds)
    {
        Bench.Time.Advance(TimeSpan.FromSeconds(seconds));
        await Get<Watchdog>().AdoptUnregisteredRunsAsync(Acme, CancellationToken.None);
    }

    private async Task RunAfterAsync(int seconds)
    {
        Bench.Time.Advance(TimeSpan.FromSeconds(seconds));
        await Get<Watchdog>().RunAsync(await Get<Five9UserTable>().AllAsync(CancellationToken.None), CancellationToken.None);
    }
}
