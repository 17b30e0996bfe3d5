using Five9Functions.LocalHost.Import;
using Five9Functions.Problems;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class FoldOfDaysTests
{
    [Test]
    public void PiecesOfADay_WarnAsOneReport()
    {
        var fold = FoldOfDays.Of(Plan, [Slice(12, 24, SliceState.Done, quarantined: 2), Slice(0, 12, SliceState.Done, quarantined: 1), Slice(24, 48, SliceState.Done, quarantined: 4)]);

        Assert.That(fold.Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(fold.Warnings.Select(w => w.Text), Is.EqualTo(new[]
        {
            "agentStates 2026-08-01T00:00:00Z/2026-08-02T00:00:00Z: 3 rows could not be understood and are quarantined.",
            "agentStates 2026-08-02T00:00:00Z/2026-08-03T00:00:00Z: 4 rows could not be understood and are quarantined.",
        }));
    }

    [Test]
    public void PiecesOfADay_AddUp()
    {
        var piece = Slice(0, 12, SliceState.Done) with { Read = 10, Landed = 6, Outside = 3, OutsideAsked = 1, FromTheFuture = 2, Garbled = 4 };

        var fold = FoldOfDays.Of(Plan, [piece, piece with { Window = Window(12, 24), Read = 5, Landed = 4, FromTheFuture = 3 }, Slice(24, 48, SliceState.Done)]);

        Assert.That((fold.Read, fold.Landed, fold.Outside), Is.EqualTo((15, 10, 6)));
        Assert.That(
            fold.Warnings.Select(w => (w.Concern, w.Text.Split(": ")[1].Split(' ')[0])),
            Is.EqualTo(new[] { (SliceConcern.RowsOutsideAsked, "2"), (SliceConcern.ReportZoneLooksWrong, "5"), (SliceConcern.CharactersLost, "8") }));
    }

    [Test]
    public void OneDayOfTwoFiles_IsTwoReports()
    {
        var slice = Slice(24, 48, SliceState.Done, quarantined: 1);

        var fold = FoldOfDays.Of(Plan, [slice, slice with { Report = "calls", Quarantined = 2 }]);

        Assert.That(fold.Warnings.Select(w => w.Text), Is.EqualTo(new[]
        {
            "agentStates 2026-08-02T00:00:00Z/2026-08-03T00:00:00Z: 1 row could not be understood and is quarantined.",
            "calls 2026-08-02T00:00:00Z/2026-08-03T00:00:00Z: 2 rows could not be understood and are quarantined.",
        }));
    }

    [Test]
    public void APieceThatFailed_IsToldByItself()
    {
        var fold = FoldOfDays.Of(Plan, [Slice(0, 12, SliceState.Failed), Slice(12, 24, SliceState.Done, quarantined: 1), Slice(24, 48, SliceState.Done)]);

        Assert.That(fold.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(fold.Errors.Select(e => e.Text), Is.EqualTo(new[] { "agentStates 2026-08-01T00:00:00Z/2026-08-01T12:00:00Z: It broke." }));
        Assert.That(fold.Warnings, Has.Count.EqualTo(1));
    }

    private static PlannedPart[] Plan =>
        [new([Report(0, 12, Window(0, 24)), Report(12, 24, Window(0, 24))], null), new([Report(24, 48, Window(24, 48))], null)];

    private static PlannedReport Report(int from, int to, Interval whole) => new("agentStates", new LocalDate(2026, 8, 1), Window(from, to), whole, 1);

    private static ImportSlice Slice(int from, int to, SliceState state, int quarantined = 0) => new()
    {
        Integration = "import",
        Run = "run",
        Report = "agentStates",
        Window = Window(from, to),
        Date = new LocalDate(2026, 8, 1),
        Kind = RunKind.Manual,
        DueAt = default,
        State = state,
        Quarantined = quarantined,
        Error = state == SliceState.Failed ? new ImportError(ImportProblem.NotNormalized, "It broke.") : null,
    };

    private static Interval Window(int from, int to) => new(Instant.FromUtc(2026, 8, 1, 0, 0) + Duration.FromHours(from), Instant.FromUtc(2026, 8, 1, 0, 0) + Duration.FromHours(to));
}
