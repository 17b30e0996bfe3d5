using Five9Functions.Problems;
using Five9Functions.Runs;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Runs;

/// <summary>Each change of a slice's row raises its step, and says what is due when.</summary>
public sealed class ImportSliceTests
{
    private static readonly ImportError Busy = new(ImportProblem.UserBusy, "Another slice calls Five9 as this user.");

    [Test]
    public void Start_AsksForTheReport()
    {
        var slice = Slice("10:00-12:00").Start(At("2026-11-02T20:00:01Z"));

        Assert.That(slice, Is.EqualTo(Slice("10:00-12:00", SliceState.Requesting) with { Step = 1, DueAt = At("2026-11-02T20:00:01Z") }));
    }

    [Test]
    public void Requested_KeepsTheReportAndWhenItWasRun()
    {
        var slice = (Slice("10:00-12:00", SliceState.Requesting) with { Step = 3, Attempts = 2, Error = Busy })
            .Requested("R1", At("2026-11-02T20:00:00Z"), At("2026-11-02T20:00:05Z"));

        Assert.That(
            (slice.State, slice.Step, slice.ReportId, slice.RequestedAt, slice.DueAt, slice.Attempts, slice.Error),
            Is.EqualTo((SliceState.Running, 4, "R1", At("2026-11-02T20:00:00Z"), At("2026-11-02T20:00:05Z"), 0, (ImportError?)null)));
    }

    [Test]
    public void StillRunning_CountsThePoll_AndForgetsWhatWentWrongBefore()
    {
        var slice = (Slice("10:00-12:00", SliceState.Running) with { Step = 4, Polls = 6, Attempts = 2, ReportId = "R1", Error = Busy }).StillRunning(At("2026-11-02T20:00:30Z"));

        Assert.That(
            (slice.State, slice.Step, slice.Polls, slice.Attempts, slice.DueAt, slice.Error, slice.ReportId),
            Is.EqualTo((SliceState.Running, 5, 7, 0, At("2026-11-02T20:00:30Z"), (ImportError?)null, "R1")));
    }

    [Test]
    public void Retry_StaysInItsState_AndCountsTheAttempt()
    {
        var slice = (Slice("10:00-12:00", SliceState.Running) with { Step = 4, Polls = 6, Attempts = 1, ReportId = "R1" }).Retry(At("2026-11-02T20:00:30Z"), Busy);

        Assert.That(
            (slice.State, slice.Step, slice.Polls, slice.Attempts, slice.DueAt, slice.Error, slice.ReportId),
            Is.EqualTo((SliceState.Running, 5, 6, 2, At("2026-11-02T20:00:30Z"), Busy, "R1")));
    }

    [Test]
    public void Wait_StaysInItsState_AndCountsNothing()
    {
        var slice = (Slice("10:00-12:00", SliceState.Running) with { Step = 4, Polls = 6, Attempts = 1 }).Wait(At("2026-11-02T21:00:00Z"), Busy);

        Assert.That(
            (slice.State, slice.Step, slice.Polls, slice.Attempts, slice.DueAt, slice.Error),
            Is.EqualTo((SliceState.Running, 5, 6, 1, At("2026-11-02T21:00:00Z"), Busy)));
    }

    [Test]
    public void Ran_FetchesTheResult()
    {
        var slice = (Slice("10:00-12:00", SliceState.Running) with { Step = 5, Polls = 9, Attempts = 7, ReportId = "R1" }).Ran(At("2026-11-02T20:01:00Z"));

        Assert.That(
            (slice.State, slice.Step, slice.Polls, slice.Attempts, slice.DueAt, slice.ReportId),
            Is.EqualTo((SliceState.Fetching, 6, 0, 0, At("2026-11-02T20:01:00Z"), "R1")));
    }

    [Test]
    public void RunAgain_ForgetsTheReport_ButNotHowOftenItTried()
    {
        var slice = (Slice("10:00-12:00", SliceState.Fetching) with { Step = 6, Attempts = 2, ReportId = "R1", RequestedAt = At("2026-11-02T20:00:00Z") })
            .RunAgain(At("2026-11-02T20:02:00Z"), Busy);

        Assert.That(
            (slice.State, slice.Step, slice.Attempts, slice.DueAt, slice.ReportId, slice.RequestedAt, slice.Error),
            Is.EqualTo((SliceState.Requesting, 7, 3, At("2026-11-02T20:02:00Z"), "", (NodaTime.Instant?)null, Busy)));
    }

    [TestCase(SliceState.Done)]
    [TestCase(SliceState.Split)]
    public void End_IsFinished_AndForgetsWhatItWaitedFor(SliceState state)
    {
        var slice = (Slice("10:00-12:00", SliceState.Normalizing) with { Error = Busy }).End(state, At("2026-11-02T20:03:00Z"));

        Assert.That(
            (slice.State, slice.Finished, slice.FinishedAt, slice.Error, slice.Step),
            Is.EqualTo((state, true, (NodaTime.Instant?)At("2026-11-02T20:03:00Z"), (ImportError?)null, 1)));
    }

    [Test]
    public void Fail_IsFinished_AndSaysWhy()
    {
        var slice = Slice("10:00-12:00", SliceState.Normalizing).Fail(At("2026-11-02T20:03:00Z"), Busy);

        Assert.That(
            (slice.State, slice.Finished, slice.FinishedAt, slice.Error, slice.Step),
            Is.EqualTo((SliceState.Failed, true, (NodaTime.Instant?)At("2026-11-02T20:03:00Z"), Busy, 1)));
    }

    [TestCase(SliceState.Planned)]
    [TestCase(SliceState.Requesting)]
    [TestCase(SliceState.Running)]
    [TestCase(SliceState.Fetching)]
    [TestCase(SliceState.Normalizing)]
    public void OtherStates_AreNotFinished(SliceState state) => Assert.That(Slice("10:00-12:00", state).Finished, Is.False);
}
