using Five9Functions.Imports;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>A message is an identity: the row decides what is done, and only the first to change it sends the next.</summary>
public sealed class FetchReportTests : ImportFixture
{
    private const string Key = "agent-states|2026-11-02T10:00:00Z|2026-11-02T12:00:00Z";

    private static readonly ImportSlice Requesting = Slice("10:00-12:00", SliceState.Requesting) with { Step = 1 };

    private static readonly ImportSlice Running = Slice("10:00-12:00", SliceState.Running) with { Step = 4, ReportId = "R1", RequestedAt = At("2026-11-02T19:59:00Z") };

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

    [Test]
    public async Task AFaultOfOurs_IsThrown_SoThatTheHostDeliversAgain()
    {
        await OpenAsync(Running);
        Bench.Five9.Breaks("isReportRunning", new InvalidOperationException("A mistake."));

        Assert.That(() => DeliverAsync(4, dequeueCount: 4), Throws.InvalidOperationException);

        Assert.That((await Bench.SliceAsync(Running)).State, Is.EqualTo(SliceState.Running));
        Assert.That((await Bench.UserAsync()).LeaseOwner, Is.Empty);
    }

    [Test]
    public async Task AFaultOfOurs_IsCountedInTheRow()
    {
        await OpenAsync(Running);
        Bench.Five9.Breaks("isReportRunning", new InvalidOperationException("A mistake."));
        Bench.Five9.Answers("isReportRunning", "<return>true</return>");

        Assert.That(() => DeliverAsync(4, dequeueCount: 1), Throws.InvalidOperationException);
        Assert.That(((await Bench.SliceAsync(Running)).Throws, (await Bench.SliceAsync(Running)).Step), Is.EqualTo((1, 4)));

        await DeliverAsync(4, dequeueCount: 2);
        Assert.That(((await Bench.SliceAsync(Running)).Throws, (await Bench.SliceAsync(Running)).Step), Is.EqualTo((0, 5)), "the step was done");
    }

    [Test]
    public async Task AFaultOfOurs_AtTheFifthDelivery_AfterThreeDeathsOfAnInstance_SendsAFreshMessage_AndTheStepIsDone()
    {
        await OpenAsync(Running);
        Bench.Five9.Breaks("isReportRunning", new InvalidOperationException("A mistake."));
        Bench.Five9.Breaks("isReportRunning", new InvalidOperationException("A mistake."));
        Bench.Five9.Answers("isReportRunning", "<return>false</return>");

        Assert.That(() => DeliverAsync(4, dequeueCount: 4), Throws.InvalidOperationException);
        await DeliverAsync(4, dequeueCount: 5);

        Assert.That(((await Bench.SliceAsync(Running)).State, (await Bench.SliceAsync(Running)).Throws), Is.EqualTo((SliceState.Running, 2)));
        Assert.That(await Bench.Messages.StepsAsync(), Is.EqualTo(new[] { Step(4) }));
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[] { $"Warning: Slice {Key} of acme failed 2 times; other deliveries of its message ended with their instance. Its step is sent again." }));

        await DeliverAsync(4);
        Assert.That((await Bench.SliceAsync(Running)).State, Is.EqualTo(SliceState.Fetching));
    }

    [Test]
    public async Task FiveFaultsOfOurs_InMessagesThatDiedBetween_FailTheSlice()
    {
        await OpenAsync(Running);
        await Bench.ProveAsync(Acme);
        for (var i = 0; i < 5; i++)
        {
            Bench.Five9.Breaks("isReportRunning", new InvalidOperationException("A mistake."));
        }

        await DeliverAsync(4, dequeueCount: 5);
        await DeliverAsync(4, dequeueCount: 5);
        Assert.That(() => DeliverAsync(4, dequeueCount: 2), Throws.InvalidOperationException);
        await DeliverAsync(4, dequeueCount: 5);
        Assert.That((await Bench.SliceAsync(Running)).State, Is.EqualTo(SliceState.Running));

        await DeliverAsync(4, dequeueCount: 5);

        Assert.That((await Bench.SliceAsync(Running)).Error!.Problem, Is.EqualTo(ImportProblem.GivenUp));
        Assert.That(Bench.Log.TakeWarnings(), Has.Length.EqualTo(4));
        Assert.That(await Bench.Messages.StepsAsync(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task AFaultOfALateMessage_IsNoneOfTheRowsStep()
    {
        await OpenAsync(Running with { Step = 7 });

        var counted = await Get<SliceThrows>().CountAsync("acme", Run, Key, step: 4, CancellationToken.None);

        Assert.That((counted!.Throws, (await Bench.SliceAsync(Running)).Throws), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task TheFifthDownloadOfAnInstance_GoesBack_BeforeItTakesTheLease()
    {
        var fetching = Running with { State = SliceState.Fetching };
        await OpenAsync(fetching);
        var slots = Enumerable.Range(0, 4).Select(_ => Get<DownloadSlots>().TryTake("agent-state-reports")).ToList();
        Assert.That(slots, Has.None.Null);
        var user = await Get<Five9UserTable>().GetAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None);

        await DeliverAsync(4);

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty, "not at once");
        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.EqualTo(1));
        Assert.That((await Bench.SliceAsync(fetching)).Step, Is.EqualTo(4));
        Assert.That((await Get<Five9UserTable>().GetAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None)).ETag, Is.EqualTo(user.ETag), "the row of the user is as it was");
    }

    [Test]
    public async Task SlicesWhoseHostWasSlow_HaveTwoOfTheFourSlots()
    {
        var fetching = Running with { State = SliceState.Fetching, SlowDownloads = 1 };
        await OpenAsync(fetching);
        var slots = Get<DownloadSlots>();
        var slow = Enumerable.Range(0, 2).Select(_ => slots.TryTake("agent-state-reports", slow: true)).ToList();
        Assert.That(slow, Has.None.Null);
        Assert.That(slots.TryTake("call-log-reports", slow: true), Is.Not.Null, "each queue has its own");

        await DeliverAsync(4);

        Assert.That((await Bench.SliceAsync(fetching)).Step, Is.EqualTo(4), "it waits though two slots are free");
        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.EqualTo(1));
        var others = Enumerable.Range(0, 2).Select(_ => slots.TryTake("agent-state-reports")).ToList();
        Assert.That(others, Has.None.Null, "two are left for slices at their first download");
        slow[0]!.Dispose();
        Assert.That(slots.TryTake("agent-state-reports", slow: true), Is.Not.Null);
        Assert.That(slots.TryTake("agent-state-reports"), Is.Null);
    }

    [Test]
    public async Task ASlotThatIsFreeAgain_IsForTheNextDownload_AndOtherStepsNeedNone()
    {
        var slots = Enumerable.Range(0, 4).Select(_ => Get<DownloadSlots>().TryTake("agent-state-reports")).ToList();
        await OpenAsync(Running);
        Bench.Five9.Answers("isReportRunning", "<return>false</return>");
        Bench.Five9.Answers("getReportResultCsv", "<return/>");

        await DeliverAsync(4);
        Assert.That((await Bench.SliceAsync(Running)).State, Is.EqualTo(SliceState.Fetching));
        Assert.That(Get<DownloadSlots>().TryTake("call-log-reports"), Is.Not.Null, "each queue has its own");
        slots[2]!.Dispose();
        slots[2]!.Dispose();
        await DeliverAsync(5);

        Assert.That((await Bench.SliceAsync(Running)).State, Is.EqualTo(SliceState.Normalizing));
        Assert.That(Get<DownloadSlots>().TryTake("agent-state-reports"), Is.Not.Null);
        Assert.That(Get<DownloadSlots>().TryTake("agent-state-reports"), Is.Null);
    }

    [Test]
    public async Task AFaultOfOurs_AtTheFifthDelivery_FailsTheSlice()
    {
        await OpenAsync(Running);
        await Bench.ProveAsync(Acme);
        for (var delivery = 1; delivery <= 5; delivery++)
        {
            Bench.Five9.Breaks("isReportRunning", new InvalidOperationException("A mistake."));
        }

        for (var delivery = 1; delivery <= 4; delivery++)
        {
            Assert.That(() => DeliverAsync(4, delivery), Throws.InvalidOperationException);
        }

        await DeliverAsync(4, dequeueCount: 5);

        var row = await Bench.SliceAsync(Running);
        Assert.That(
            (row.State, row.FinishedAt, row.Error),
            Is.EqualTo((SliceState.Failed, (Instant?)At("2026-11-02T20:00:00Z"), new ImportError(ImportProblem.GivenUp, "The importer failed 5 times at a slice in the state Running (InvalidOperationException: A mistake.). The log says more. The next run asks again."))));
        Assert.That((await Bench.RunAsync()).FinishedAt, Is.EqualTo(At("2026-11-02T20:00:00Z")));
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[] { $"Error: Slice {Key} of acme failed 5 times and is given up." }));
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

    private static SliceStep Step(int step) => new("acme", Run, Key, step);

    private Task DeliverAsync(int step, int dequeueCount = 1) => Get<FetchReport>().RunAsync(Step(step), dequeueCount, CancellationToken.None);

    /// <summary>A planned run whose first slice is under way.</summary>
    private async Task OpenAsync(params ImportSlice[] slices)
    {
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = slices.Length }, slices);
        await Get<Five9UserTable>().UpdateAsync(
            Five9UserTable.KeyOf(Acme),
            user => user with { UnderWay = [new SliceInPlace("acme", Run, Key), new SliceInPlace("acme", "another", "slice")] },
            CancellationToken.None);
    }

    private async Task DerivedAsync(int day, long version)
    {
        var id = new RawDayId("acme", ReportNames.AgentStates, new LocalDate(2026, 11, day));
        var derived = ReportDay.Empty(id) with { Inputs = new Dictionary<LocalDate, long> { [new LocalDate(2026, 11, 2)] = version } };
        await Get<ReportDayTable>().TryWriteAsync(new Versioned<ReportDay>(ReportDay.Empty(id), default), derived, CancellationToken.None);
    }
}
