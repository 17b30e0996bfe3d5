using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>A message is an identity: the row decides what is done, and only the first to change it sends the next.</summary>
public sealed class FetchReportTests : FetchReportFixture
{
    [Test]
    public async Task AStep_MovesTheRow_AndSendsTheNext()
    {
        await OpenAsync(Requesting);
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        await DeliverAsync(1);

        var row = await Bench.SliceAsync(Requesting);
        Assert.That((row.State, row.Step, row.ReportId), Is.EqualTo((SliceState.Running, 2, "R1")));
        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step(2) }));
        Assert.That((await Bench.UserAsync()).LeaseOwner, Is.Empty);
    }

    [Test]
    public async Task AStepThatIsDueLater_IsSentUnseen()
    {
        await OpenAsync(Running);
        Bench.Five9.Answers("isReportRunning", "<return>true</return>");

        await DeliverAsync(4);

        Assert.That((await Bench.SliceAsync(Running)).DueAt, Is.EqualTo(At("2026-11-02T20:00:05Z")));
        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.EqualTo(1));
    }

    [Test]
    public async Task AMessageDeliveredTwice_CallsOnce()
    {
        await OpenAsync(Running);
        Bench.Five9.Answers("isReportRunning", "<return>true</return>");

        await DeliverAsync(4);
        await DeliverAsync(4);

        Assert.That(Bench.Five9.Calls, Has.Count.EqualTo(1));
        Assert.That((await Bench.SliceAsync(Running)).Step, Is.EqualTo(5));
    }

    [Test]
    public async Task AMessageDeliveredToManyAtOnce_CallsOnce()
    {
        await OpenAsync(Requesting);
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DeliverAsync(1)));

        Assert.That(Bench.Five9.Calls, Has.Count.EqualTo(1));
        Assert.That((await Bench.SliceAsync(Requesting)).Step, Is.EqualTo(2));
    }

    [Test]
    public async Task ALateMessage_ForAFinishedSlice_EndsQuietly()
    {
        await OpenAsync(Requesting with { State = SliceState.Done, Step = 9 });

        await DeliverAsync(3);

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
        Assert.That((await Bench.SliceAsync(Requesting)).Step, Is.EqualTo(9));
    }

    [Test]
    public async Task ALateMessage_BeforeTheRowIsDue_EndsQuietly()
    {
        await OpenAsync(Running with { DueAt = At("2026-11-02T20:00:00.001Z") });

        await DeliverAsync(3);

        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.Zero);
    }

    [TestCase("2026-11-02T20:00:00Z")]
    [TestCase("2026-11-02T18:00:00Z")]
    public async Task ALateMessage_OnceTheRowIsDue_SendsTheRowsStepAgain(string due)
    {
        await OpenAsync(Running with { DueAt = At(due) });

        await DeliverAsync(3);

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step(4) }));
        Assert.That((await Bench.SliceAsync(Running)).Step, Is.EqualTo(4));
    }

    [Test]
    public async Task WhileAnotherSliceCalls_TheMessageComesBackLater()
    {
        await OpenAsync(Running);
        var users = Get<Five9UserTable>();
        await using var lease = await users.TryLeaseAsync(await users.EnsureAsync(Acme, CancellationToken.None), CancellationToken.None);

        await DeliverAsync(4);

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty, "not at once");
        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.EqualTo(1));
        Assert.That((await Bench.SliceAsync(Running)).Step, Is.EqualTo(4));
    }

    [Test]
    public async Task ASliceThatFails_MakesRoomForTheNext_AndSaysWhy()
    {
        await OpenAsync(Running with { RequestedAt = At("2026-11-02T19:29:59Z") }, Slice("08:00-10:00"));
        Bench.Five9.Answers("isReportRunning", "<return>true</return>");

        await DeliverAsync(4);

        Assert.That((await Bench.SliceAsync(Running)).State, Is.EqualTo(SliceState.Failed));
        Assert.That(
            await Bench.Messages.StepsAsync(),
            Is.EqualTo(new[] { new SliceStep("acme", Run, "agent-states|2026-11-02T08:00:00Z|2026-11-02T10:00:00Z", 1) }));
        Assert.That(Bench.Log.TakeWarnings().Single(), Does.StartWith($"Error: Slice {Key} of acme ended as Failed. Five9 still runs the report"));
    }

    [Test]
    public async Task ASliceThatOnlyAPersonCanCure_FailsWhatIsStillPlannedAlike_WithoutACall()
    {
        await OpenAsync(Requesting, Slice("08:00-10:00"));
        Bench.Five9.Faults("runReport", "AccessDisallowed");

        await DeliverAsync(1);

        var failed = await Bench.SliceAsync(Requesting);
        var alike = await Bench.SliceAsync(Slice("08:00-10:00"));
        Assert.That((failed.State, failed.Error!.Problem, alike.State, alike.Error), Is.EqualTo((SliceState.Failed, ImportProblem.RoleMissing, SliceState.Failed, failed.Error)));
        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty);
        Assert.That(Bench.Log.TakeWarnings().Single(), Does.StartWith($"Error: Slice {Key} of acme ended as Failed. Five9 refused runReport"));
    }

    [Test]
    public async Task Normalizing_AsksForTheDaysThatWereNotDerivedYet_AndAlwaysForItsOwn()
    {
        await OpenAsync(Slice("10:00-12:00", SliceState.Normalizing) with
        {
            Step = 6,
            LandedVersion = 20,
            Days = [new LocalDate(2026, 11, 1), new LocalDate(2026, 11, 2), new LocalDate(2026, 11, 3)],
        });
        await DerivedAsync(1, 20);
        await DerivedAsync(2, 20);
        await DerivedAsync(3, 19);

        await DeliverAsync(6);

        Assert.That(
            await Bench.Messages.NormalizeJobsAsync(),
            Is.EqualTo(new[] { new NormalizeJob("acme", "agent-states", "2026-11-02", Run, Key), new NormalizeJob("acme", "agent-states", "2026-11-03", Run, Key) }));
        Assert.That((await Bench.SliceAsync(Requesting)).Step, Is.EqualTo(6), "the row moves when the days are normalized");
    }

    [TestCase(1, 0)]
    [TestCase(2, 1)]
    public async Task AMessageOfAFinishedSlice_SendsAnotherForTheNextSlice_OnlyWhenItIsDeliveredAgain(int dequeueCount, int messages)
    {
        var next = Slice("08:00-10:00", SliceState.Requesting) with { Step = 1 };
        await OpenAsync(Slice("10:00-12:00", SliceState.Done) with { Step = 6 }, next);
        await Get<Five9UserTable>().UpdateAsync(Five9UserTable.KeyOf(Acme), user => user with { UnderWay = [new SliceInPlace("acme", Run, ImportSliceTable.RowKey(next))] }, CancellationToken.None);

        await DeliverAsync(5, dequeueCount);

        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(Enumerable.Repeat(new SliceStep("acme", Run, ImportSliceTable.RowKey(next), 1), messages)));
    }

    [Test]
    public async Task AnUnknownSlice_IsDropped()
    {
        await DeliverAsync(1);

        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[] { $"Warning: Slice {Key} of run {Run} of acme is not known any more; its message is dropped." }));
    }

    [Test]
    public async Task APlannedSlice_HasNothingToDo()
    {
        await OpenAsync(Slice("10:00-12:00"));

        await DeliverAsync(0);

        Assert.That((await Bench.SliceAsync(Requesting)).State, Is.EqualTo(SliceState.Planned));
    }
}
