using Five9Functions.Five9.Reports;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Runs;

public sealed class RunSummaryTests
{
    [Test]
    public void Of_ARunThatIsNotPlanned_IsStarting() => Assert.That(Fold(null).Status, Is.EqualTo(RunStatus.Starting));

    [Test]
    public void Of_ARunThatIsNotPlanned_IsStarting_WhateverSlicesAreThere() =>
        Assert.That(Fold(null, Slice("10:00-12:00", SliceState.Done)).Status, Is.EqualTo(RunStatus.Starting));

    [Test]
    public void Of_ARunWithNothingToDo_Succeeded() => Assert.That(Fold(0).Status, Is.EqualTo(RunStatus.Succeeded));

    [Test]
    public void Of_UnfinishedSlices_IsRunning()
    {
        var fold = Fold(3, Slice("10:00-12:00", SliceState.Done), Slice("12:00-13:00", SliceState.Failed), Slice("13:00-14:00", SliceState.Normalizing));

        Assert.That((fold.Status, fold.Slices, fold.Done, fold.Failed), Is.EqualTo((RunStatus.Running, 3, 2, 1)));
    }

    [Test]
    public void Of_FinishedSlices_Succeeded_AndAddsTheirRows()
    {
        var fold = Fold(
            2,
            Slice("10:00-12:00", SliceState.Done) with { Read = 10, Landed = 7, Outside = 2, Quarantined = 1 },
            Slice("12:00-13:00", SliceState.Done) with { Read = 5, Landed = 5 });

        Assert.That(
            (fold.Status, fold.Slices, fold.Done, fold.Failed, fold.Read, fold.Landed, fold.Outside, fold.Quarantined),
            Is.EqualTo((RunStatus.Succeeded, 2, 2, 0, 15, 12, 2, 1)));
    }

    [Test]
    public void Of_AFailedSlice_Failed_AndSaysWhy()
    {
        var fold = Fold(2, Slice("12:00-13:00", SliceState.Failed) with { Error = new(ImportProblem.ReportNotFound, "No such report.") }, Slice("10:00-12:00", SliceState.Done));

        Assert.That(fold.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(fold.Errors, Is.EqualTo(new[] { new ImportError(ImportProblem.ReportNotFound, "agent-states 2026-11-02T12:00:00Z/2026-11-02T13:00:00Z: No such report.") }));
    }

    [Test]
    public void Of_ASplitSlice_CountsItsHalvesOnly()
    {
        var fold = Fold(1, Slice("10:00-12:00", SliceState.Split), Slice("10:00-11:00", SliceState.Done) with { Read = 3 }, Slice("11:00-12:00", SliceState.Done) with { Read = 4 });

        Assert.That((fold.Status, fold.Slices, fold.Done, fold.Read), Is.EqualTo((RunStatus.Succeeded, 2, 2, 7)));
    }

    [Test]
    public void Of_ASplitSliceWhoseHalvesWait_IsRunning() =>
        Assert.That(Fold(1, Slice("10:00-12:00", SliceState.Split), Slice("10:00-11:00"), Slice("11:00-12:00")).Status, Is.EqualTo(RunStatus.Running));

    [Test]
    public void Of_WhatAPersonShouldKnow_WarnsInTheOrderOfTime()
    {
        var fold = Fold(
            2,
            Slice("12:00-13:00", SliceState.Done) with { Doubts = Five9Functions.Storage.LandingDoubts.TooSmall },
            Slice("10:00-12:00", SliceState.Done) with { OutsideAsked = 4, FromTheFuture = 3, HoursOff = 3, Quarantined = 2, Garbled = 1 });

        Assert.That(fold.Warnings.Select(w => w.ToString()), Is.EqualTo(new[]
        {
            "agent-states 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: 4 rows start outside what was asked for; check the zone of the integration. (rows-outside-asked)",
            "agent-states 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: 3 rows start later than they were read, the newest by about 3 hours, so the report is in another zone than was set: correct the zone of the integration. (report-zone-looks-wrong)",
            "agent-states 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: 2 rows could not be understood and are quarantined. (rows-quarantined)",
            "agent-states 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: 1 row holds characters that did not arrive and are shown as \uFFFD, because they are no UTF-8 or none that XML can hold: compare the names with those in Five9. (characters-lost)",
            "agent-states 2026-11-02T12:00:00Z/2026-11-02T13:00:00Z: Five9 said there is nothing where rows are held; they stay until a second empty report, an hour later, confirms it. (empty-result-not-believed)",
        }));
        Assert.That(fold.Status, Is.EqualTo(RunStatus.Succeeded));
    }

    [Test]
    public void Of_WhatWasNotBelieved_SaysWhy_AndWhatEndsIt()
    {
        var fold = Fold(
            1,
            Slice("10:00-12:00", SliceState.Done) with
            {
                Landed = 3,
                Quarantined = 1,
                Doubts = LandingDoubts.TooSmall | LandingDoubts.Unreadable | LandingDoubts.ColumnGone,
                UnreadableExample = "line 7: the start cannot be read (TIMESTAMP): '2/11/26', must look like Fri, 21 Aug 2026 09:00:12",
                ColumnsGone = ["CALL ID", "REASON CODE"],
            });

        Assert.That(fold.Warnings.Select(w => w.ToString()), Is.EqualTo(new[]
        {
            "agent-states 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: rows that could not be read may be those that are held; these stay until a report can be read, or an import with force. (unreadable-rows-not-believed)",
            "agent-states 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: the report has 3 rows, far fewer than are held; these stay until a second report, an hour later, confirms it. (small-result-not-believed)",
            "agent-states 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: the report lacks CALL ID, REASON CODE, which rows that are held fill; these stay until a second report, an hour later, confirms it. Add the column to the report in Five9, or wait. (column-gone)",
            "agent-states 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: 1 row could not be understood and is quarantined. The first: line 7: the start cannot be read (TIMESTAMP): '2/11/26', must look like Fri, 21 Aug 2026 09:00:12. (rows-quarantined)",
        }));
    }

    [Test]
    public void Of_ARunThatWasCancelled_CountsWhatWasStoppedAsNoFailure_AndIsCancelledOnceAllHasEnded()
    {
        var run = ScheduledRun() with { Planned = 3, CancelledAt = At("2026-11-02T20:03:00Z") };
        var stopped = Slice("10:00-12:00").Fail(At("2026-11-02T20:03:00Z"), new ImportError(ImportProblem.Cancelled, "Stopped."));
        var failed = Slice("12:00-13:00").Fail(At("2026-11-02T20:02:00Z"), new ImportError(ImportProblem.GivenUp, "It failed."));

        var before = RunSummary.Of(run, [stopped, failed, Slice("13:00-14:00", SliceState.Normalizing)]);
        var after = RunSummary.Of(run, [stopped, failed, Slice("13:00-14:00", SliceState.Done)]);

        Assert.That((before.Status, after.Status, after.Failed, after.Done), Is.EqualTo((RunStatus.Running, RunStatus.Cancelled, 1, 3)));
        Assert.That(after.Errors.Select(e => e.Problem), Is.EqualTo(new[] { ImportProblem.GivenUp }));
    }

    [Test]
    public void Of_RemarksOnRows_AreWarningsInWords() => Assert.That(
        Fold(1, Slice("10:00-12:00", SliceState.Done) with
        {
            Report = "calls",
            Remarks = new ReportRemarks { ReadAsNone = ["[Aucun]", "[Keine]"], KeptInBrackets = ["[A]", "[B]"], LegsThatDiffer = 3, UnknownCallTypes = [new("", 1, 5), new("Fax", 2, 70)] },
        }).Warnings.Select(w => w.ToString()),
        Is.EqualTo(new[]
        {
            "calls 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: [Aucun], [Keine] are read as none. (words-read-as-none)",
            "calls 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: [A], [B] stand in brackets but are no known words for none, so they stay as they are. (words-in-brackets)",
            "calls 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: call types that are not known are in no figure: blank (1 row, 5 s of work), Fax (2 rows, 70 s of work). (unclassified)",
            "calls 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: 3 legs equal another one in CALL ID, TIMESTAMP, CALL TYPE and AGENT but not in the rest, and all of them count: "
            + "were two exports put together? (legs-differ)",
        }));

    [Test]
    public void Of_CallsThatLieHoursBack_NamesTheHours() => Assert.That(
        Fold(1, Slice("10:00-12:00", SliceState.Done) with { Report = "calls", HoursOff = -1 }).Warnings.Select(w => w.ToString()),
        Is.EqualTo(new[]
        {
            "calls 2026-11-02T10:00:00Z/2026-11-02T12:00:00Z: the newest calls start an hour before they were read while calls keep arriving, "
            + "so the report is in another zone than was set: correct the zone of the integration. (report-zone-looks-wrong)",
        }));

    [Test]
    public void Of_SlicesThatWaitForAPassword_WarnsOnce()
    {
        var waits = new ImportError(ImportProblem.CredentialRejected, "Five9 rejected the login.");

        var fold = Fold(3, Slice("12:00-13:00", SliceState.Fetching) with { Error = waits }, Slice("10:00-12:00", SliceState.Requesting) with { Error = waits }, Slice("13:00-14:00"));

        Assert.That(fold.Warnings.Select(w => w.ToString()), Is.EqualTo(new[] { "The import waits. Five9 rejected the login. (credential-rejected)" }));
        Assert.That(fold.Status, Is.EqualTo(RunStatus.Running));
    }

    private static RunSummary Fold(int? planned, params ImportSlice[] slices) => RunSummary.Of(ScheduledRun() with { Planned = planned }, slices);
}
