using Five9Functions.Imports;
using Five9Functions.Problems;
using Five9Functions.Runs;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>Faults of the app's own: they are counted in the slice's row, and the fifth fails it.</summary>
public sealed class StepFaultTests : FetchReportFixture
{
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
}
