using Azure.Data.Tables;
using Five9Functions.Imports;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.Support;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

public sealed class SliceDispatchTests : ImportFixture
{
    private static readonly ImportRun Planned = ScheduledRun() with { Planned = 3 };

    [Test]
    public async Task Dispatch_StartsTheNewestTwo()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("08:00-10:00"), Slice("12:00-14:00"), Slice("10:00-12:00"));

        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.EquivalentTo(new[] { Step("12:00-14:00", 1), Step("10:00-12:00", 1) }));
        Assert.That(
            (await Bench.UserAsync()).UnderWay,
            Is.EqualTo(new[] { new SliceInPlace("acme", Run, Key("12:00-14:00")), new SliceInPlace("acme", Run, Key("10:00-12:00")) }));
        Assert.That((await Bench.SliceAsync(Slice("12:00-14:00"))).State, Is.EqualTo(SliceState.Requesting));
        Assert.That((await Bench.SliceAsync(Slice("08:00-10:00"))).State, Is.EqualTo(SliceState.Planned));
    }

    [Test]
    public async Task Dispatch_Again_SendsAndWritesNothing()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("08:00-10:00"), Slice("12:00-14:00"), Slice("10:00-12:00"));
        await DispatchAsync();
        await Bench.Messages.StepsAsync();
        var writes = Bench.Tables.Writes;

        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    [Test]
    public async Task Dispatch_AsARepair_SendsAgainWhatHasBegunButDidNothing()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("08:00-10:00"), Slice("12:00-14:00"), Slice("10:00-12:00"));
        await DispatchAsync();
        await Bench.Messages.StepsAsync();
        await Bench.UpdateAsync(Slice("12:00-14:00"), s => s.Requested("report 1", At("2026-11-02T20:00:00Z"), At("2026-11-02T20:00:05Z")));

        await Get<SliceDispatch>().DispatchAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None, repair: true);

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step("10:00-12:00", 1) }));
    }

    [Test]
    public async Task Dispatch_ByManyAtOnce_TakesTwoPlaces()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("08:00-10:00"), Slice("12:00-14:00"), Slice("10:00-12:00"));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DispatchAsync()));

        Assert.That(await Bench.Messages.StepsAsync(), Is.EquivalentTo(new[] { Step("12:00-14:00", 1), Step("10:00-12:00", 1) }));
        Assert.That((await Bench.UserAsync()).UnderWay, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Dispatch_AFinishedSlice_FreesItsPlace()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("08:00-10:00"), Slice("12:00-14:00"), Slice("10:00-12:00"));
        await DispatchAsync();
        await Bench.Messages.StepsAsync();
        await Bench.UpdateAsync(Slice("12:00-14:00"), s => s.Fail(At("2026-11-02T20:00:00Z"), new ImportError(ImportProblem.RoleMissing, "refused")));

        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step("08:00-10:00", 1) }));
        Assert.That(
            (await Bench.UserAsync()).UnderWay,
            Is.EqualTo(new[] { new SliceInPlace("acme", Run, Key("10:00-12:00")), new SliceInPlace("acme", Run, Key("08:00-10:00")) }));
    }

    [Test]
    public async Task Dispatch_ASliceThatWaits_KeepsItsPlace()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("08:00-10:00"), Slice("12:00-14:00"), Slice("10:00-12:00"));
        await DispatchAsync();
        await Bench.Messages.StepsAsync();
        await Bench.UpdateAsync(Slice("12:00-14:00"), s => s.Wait(At("2026-11-02T21:00:00Z"), new ImportError(ImportProblem.QuotaUsedUp, "quota")));

        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
    }

    [Test]
    public async Task Dispatch_ScheduledAndManual_GoBeforeBackfill()
    {
        var backfill = Planned with { Id = Run + "-backfill", Kind = RunKind.Backfill };
        var manual = Planned with { Id = Run + "-manual", Kind = RunKind.Manual, Window = Hours("01:00-02:00") };
        await Bench.OpenAsync(Acme, backfill, Slice("16:00-18:00") with { Run = backfill.Id, Kind = RunKind.Backfill });
        await Bench.OpenAsync(Acme, manual, Slice("01:00-02:00") with { Run = manual.Id, Kind = RunKind.Manual });
        await Bench.OpenAsync(Acme, Planned, Slice("12:00-14:00"));

        await DispatchAsync();

        Assert.That((await Bench.UserAsync()).UnderWay.Select(p => p.Run), Is.EqualTo(new[] { Run, manual.Id }));
    }

    [Test]
    public async Task Dispatch_TwoIntegrationsOfOneUser_ShareThePlaces()
    {
        var other = Acme with { Id = "other", Name = "Other", UserName = "IMPORTER@acme.test" };
        await Bench.SeedAsync(other);
        await Bench.OpenAsync(Acme, Planned, Slice("12:00-14:00"), Slice("10:00-12:00"));
        await Bench.OpenAsync(other, Planned with { Integration = "other" }, Slice("13:00-15:00") with { Integration = "other" });

        await DispatchAsync();

        Assert.That(
            (await Bench.UserAsync()).UnderWay,
            Is.EqualTo(new[] { new SliceInPlace("other", Run, Key("13:00-15:00")), new SliceInPlace("acme", Run, Key("12:00-14:00")) }));
    }

    [Test]
    public async Task Dispatch_WithBothPlacesTaken_GivesEachOtherIntegrationOnePlace()
    {
        var other = Acme with { Id = "other", Name = "Other" };
        await Bench.SeedAsync(other);
        await Bench.OpenAsync(Acme, Planned, Slice("18:00-19:00"), Slice("17:00-18:00"), Slice("16:00-17:00"));
        await DispatchAsync();
        await Bench.Messages.StepsAsync();

        await Bench.OpenAsync(other, Planned with { Integration = "other" }, Slice("12:00-13:00") with { Integration = "other" }, Slice("11:00-12:00") with { Integration = "other" });
        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step("12:00-13:00", 1) with { Integration = "other" } }));
        Assert.That((await Bench.UserAsync()).UnderWay.Select(p => p.Integration), Is.EqualTo(new[] { "acme", "acme", "other" }));
    }

    [Test]
    public async Task Dispatch_WithBothPlacesTakenByOneReport_GivesTheOtherReportAPlace()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("18:00-19:00"), Slice("17:00-18:00"), Slice("12:00-13:00") with { Report = "calls" }, Slice("11:00-12:00") with { Report = "calls" });

        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Has.Count.EqualTo(2));
        Assert.That(await Bench.Messages.CallStepsAsync(), Is.EqualTo(new[] { new SliceStep("acme", Run, "calls|2026-11-02T12:00:00Z|2026-11-02T13:00:00Z", 1) }));
    }

    [Test]
    public async Task Dispatch_WithBothPlacesTakenByBackfill_StartsTheNewestScheduledSlice()
    {
        var backfill = Planned with { Id = Run + "-backfill", Kind = RunKind.Backfill };
        await Bench.OpenAsync(Acme, backfill, Backfill("16:00-17:00"), Backfill("15:00-16:00"), Backfill("14:00-15:00"));
        await DispatchAsync();
        await Bench.Messages.StepsAsync();

        await Bench.OpenAsync(Acme, Planned, Slice("10:00-11:00"), Slice("11:00-12:00"));
        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step("11:00-12:00", 1) }));

        ImportSlice Backfill(string hours) => Slice(hours) with { Run = backfill.Id, Kind = RunKind.Backfill };
    }

    [Test]
    public async Task Dispatch_WithAPlaceOfItsOwnTaken_BackfillWaitsUntilFewerThanTwoAreUnderWay()
    {
        var backfill = Planned with { Id = Run + "-backfill", Kind = RunKind.Backfill };
        await Bench.OpenAsync(Acme, backfill, Backfill("16:00-17:00"), Backfill("15:00-16:00"), Backfill("14:00-15:00"));
        await DispatchAsync();
        await Bench.OpenAsync(Acme, Planned, Slice("11:00-12:00"));
        await DispatchAsync();
        await Bench.Messages.StepsAsync();

        await Bench.UpdateAsync(Backfill("16:00-17:00"), s => s.End(SliceState.Done, At("2026-11-02T20:00:00Z")));
        await DispatchAsync();
        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);

        await Bench.UpdateAsync(Slice("11:00-12:00"), s => s.End(SliceState.Done, At("2026-11-02T20:00:00Z")));
        await DispatchAsync();
        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step("14:00-15:00", 1) with { Run = backfill.Id } }));

        ImportSlice Backfill(string hours) => Slice(hours) with { Run = backfill.Id, Kind = RunKind.Backfill };
    }

    [Test]
    public async Task Dispatch_ARunThatIsStillPlanning_Waits()
    {
        await Bench.OpenAsync(Acme, ScheduledRun(), Slice("12:00-14:00"));

        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
        var user = await Bench.UserAsync();
        Assert.That((user.OpenRuns.Count, user.UnderWay.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Dispatch_APlaceWhoseSliceNeverStarted_StartsIt()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("12:00-14:00"));
        await OccupyAsync(new SliceInPlace("acme", Run, Key("12:00-14:00")));

        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step("12:00-14:00", 1) }));
        Assert.That((await Bench.SliceAsync(Slice("12:00-14:00"))).State, Is.EqualTo(SliceState.Requesting));
    }

    [Test]
    public async Task Dispatch_APlaceWhoseSliceIsFinishedOrGone_IsFreed()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("12:00-14:00", SliceState.Done), Slice("10:00-12:00"));
        await OccupyAsync(new SliceInPlace("acme", Run, Key("12:00-14:00")), new SliceInPlace("acme", "a run of long ago", "a slice"));

        await DispatchAsync();

        Assert.That((await Bench.UserAsync()).UnderWay, Is.EqualTo(new[] { new SliceInPlace("acme", Run, Key("10:00-12:00")) }));
    }

    [Test]
    public async Task Dispatch_TheLastSliceOfARun_FinishesTheRun()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("10:00-12:00", SliceState.Done), Slice("12:00-14:00", SliceState.Failed));

        await DispatchAsync();

        Assert.That((await Bench.RunAsync()).FinishedAt, Is.EqualTo(At("2026-11-02T20:00:00Z")));
        Assert.That((await Bench.UserAsync()).OpenRuns, Is.Empty);
    }

    [Test]
    public async Task Dispatch_ARunWithoutSlices_FinishesIt()
    {
        await Bench.OpenAsync(Acme, Planned with { Planned = 0 });

        await DispatchAsync();

        Assert.That((await Bench.RunAsync()).FinishedAt, Is.EqualTo(At("2026-11-02T20:00:00Z")));
    }

    [Test]
    public async Task Dispatch_ARunWhoseRowsAreGone_IsNotFinishedButPlannedAgain()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("10:00-12:00", SliceState.Done), Slice("12:00-14:00"));
        await Bench.Table("ImportSlices").DeleteEntityAsync("acme|" + Run, Key("12:00-14:00"));

        await DispatchAsync();

        var run = await Bench.RunAsync();
        Assert.That((run.FinishedAt, run.Planned), Is.EqualTo(((Instant?)null, (int?)null)));
        Assert.That(await Bench.Messages.JobsAsync(), Is.EqualTo(new[] { new ImportJob("acme", Run) }));
        Assert.That((await Bench.UserAsync()).OpenRuns, Has.Count.EqualTo(1));
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[]
        {
            $"Warning: Run {Run} of acme misses 1 of its rows in ImportSlices: somebody deleted them. They are planned again.",
        }));
    }

    [Test]
    public async Task Dispatch_KilledBeforeTheRunLeavesTheList_HasFinishedTheRun()
    {
        await Bench.OpenAsync(Acme, Planned, Slice("10:00-12:00", SliceState.Done));
        var broken = new BrokenStorage { FailsFor = request => request.Method.Method == "PUT" && request.Uri.Path.Contains("Five9Users", StringComparison.Ordinal) };
        var users = new Five9UserTable(BrokenStorage.Tables(Bench.Storage, broken), Unheard.Metrics, Bench.Time);

        Assert.That(() => Bench.Create<SliceDispatch>(users).DispatchAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None), Throws.Exception);
        Assert.That((await Bench.RunAsync()).FinishedAt, Is.EqualTo(At("2026-11-02T20:00:00Z")));
        Assert.That((await Bench.UserAsync()).OpenRuns, Has.Count.EqualTo(1));

        Bench.Time.Advance(TimeSpan.FromMinutes(15));
        await DispatchAsync();
        Assert.That((await Bench.RunAsync()).FinishedAt, Is.EqualTo(At("2026-11-02T20:00:00Z")), "it is not finished twice");
        Assert.That((await Bench.UserAsync()).OpenRuns, Is.Empty);
    }

    [TestCase("ImportRuns", "Kind")]
    [TestCase("ImportSlices", "State")]
    public async Task Dispatch_ARunThatCannotBeRead_StandsStill_AndTheOtherRunsOfTheUserGoOn(string table, string column)
    {
        var other = Acme with { Id = "other", Name = "Other" };
        await Bench.SeedAsync(other);
        await Bench.OpenAsync(Acme, Planned, Slice("12:00-14:00"), Slice("10:00-12:00"));
        await DispatchAsync();
        await Bench.Messages.StepsAsync();
        await foreach (var row in Bench.Table(table).QueryAsync<TableEntity>())
        {
            await Bench.Table(table).UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { [column] = "Lost" }, row.ETag, TableUpdateMode.Merge);
        }

        await Bench.OpenAsync(other, Planned with { Integration = "other" }, Slice("13:00-15:00") with { Integration = "other" });
        await DispatchAsync();

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step("13:00-15:00", 1) with { Integration = "other" } }));
        Assert.That((await Bench.UserAsync()).OpenRuns, Is.EqualTo(new[] { new OpenRun("acme", Run), new OpenRun("other", Run) }));
        Assert.That((await Bench.UserAsync()).UnderWay.Select(p => p.Integration), Is.EqualTo(new[] { "acme", "acme", "other" }));
        Assert.That(Bench.Log.TakeWarnings(), Has.One.StartsWith($"Error: Run {Run} of acme stands still. The row acme").And.One.Contains($" of the table {table} cannot be read: "));
    }

    [Test]
    public async Task Dispatch_AUserWhoHasNoRow_IsNothingToDo()
    {
        await Get<SliceDispatch>().DispatchAsync("nobody", CancellationToken.None);

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
    }

    private static string Key(string hours) => $"agent-states|2026-11-02T{hours[..5]}:00Z|2026-11-02T{hours[6..]}:00Z";

    private static SliceStep Step(string hours, int step) => new("acme", Run, Key(hours), step);

    private Task DispatchAsync() => Get<SliceDispatch>().DispatchAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None);

    private async Task OccupyAsync(params SliceInPlace[] places) =>
        await Get<Five9UserTable>().UpdateAsync(Five9UserTable.KeyOf(Acme), user => user with { UnderWay = places }, CancellationToken.None);
}
