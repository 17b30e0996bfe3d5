using Five9Functions.Problems;
using Five9Functions.Storage;

namespace Five9Functions.Runs;

public enum RunStatus
{
    Starting,
    Running,
    Succeeded,
    Failed,

    /// <summary>A person stopped it; what had landed by then stays.</summary>
    Cancelled,
}

/// <summary>What a run is, folded from its slices. A slice that was split counts through its halves. Pure.</summary>
public sealed record RunSummary(RunStatus Status, int Slices, int Done, int Failed, int Read, int Landed, int Outside, int Quarantined, IReadOnlyList<SliceWarning> Warnings, IReadOnlyList<ImportError> Errors)
{
    public static RunSummary Of(ImportRun run, IReadOnlyList<ImportSlice> slices)
    {
        var counted = slices.Where(s => s.State != SliceState.Split).ToList();
        var failed = counted.Where(s => s.State == SliceState.Failed && s.Error?.Problem != ImportProblem.Cancelled).ToList();
        var status = run.Planned is null ? RunStatus.Starting
            : slices.Count < run.Planned || !slices.All(s => s.Finished) ? RunStatus.Running
            : run.CancelledAt is not null ? RunStatus.Cancelled
            : failed.Count > 0 ? RunStatus.Failed
            : RunStatus.Succeeded;
        return new RunSummary(
            status,
            counted.Count,
            counted.Count(s => s.Finished),
            failed.Count,
            counted.Sum(s => s.Read),
            counted.Sum(s => s.Landed),
            counted.Sum(s => s.Outside),
            counted.Sum(s => s.Quarantined),
            [.. Waiting(counted), .. counted.OrderBy(s => s.Window.Start).SelectMany(WarningsOf)],
            [.. failed.OrderBy(s => s.Window.Start).SelectMany(ErrorsOf)]);
    }

    private static IEnumerable<ImportError> ErrorsOf(ImportSlice slice) => slice.Error is { } error ? [error with { Text = $"{Name(slice)}: {error.Text}" }] : [];

    // Once for the run: all of its slices wait for the same person.
    private static IEnumerable<SliceWarning> Waiting(IEnumerable<ImportSlice> slices) => slices
        .Where(s => !s.Finished && s.Error?.Problem is ImportProblem.CredentialRejected or ImportProblem.PasswordExpired)
        .OrderBy(s => s.Window.Start)
        .Select(s => new SliceWarning(SliceConcern.CredentialRejected, $"The import waits. {s.Error!.Text}"))
        .Take(1);

    private static IEnumerable<SliceWarning> WarningsOf(ImportSlice slice)
    {
        if (slice.Doubts.HasFlag(LandingDoubts.Unreadable))
        {
            yield return Warning(SliceConcern.UnreadableRowsNotBelieved, "rows that could not be read may be those that are held; these stay until a report can be read, or an import with force.");
        }

        if (slice.Doubts.HasFlag(LandingDoubts.TooSmall))
        {
            yield return slice.Landed == 0
                ? Warning(SliceConcern.EmptyResultNotBelieved, "Five9 said there is nothing where rows are held; they stay until a second empty report, an hour later, confirms it.")
                : Warning(SliceConcern.SmallResultNotBelieved, $"the report has {Rows(slice.Landed, "", "").TrimEnd()}, far fewer than are held; these stay until a second report, an hour later, confirms it.");
        }

        if (slice.Doubts.HasFlag(LandingDoubts.ColumnGone))
        {
            yield return Warning(
                SliceConcern.ColumnGone,
                $"the report lacks {string.Join(", ", slice.ColumnsGone.Select(PlainText.Escape))}, which rows that are held fill; these stay until a second report, an hour later, confirms it. Add the column to the report in Five9, or wait.");
        }

        if (slice.OutsideAsked > 0)
        {
            yield return Warning(SliceConcern.RowsOutsideAsked, $"{Rows(slice.OutsideAsked, "starts", "start")} outside what was asked for; check the zone of the integration.");
        }

        if (slice.FromTheFuture > 0)
        {
            yield return Warning(SliceConcern.ReportZoneLooksWrong, $"{Rows(slice.FromTheFuture, "starts", "start")} later than they were read, the newest by about {Hours(slice.HoursOff ?? 1)}, so the report is in another zone than was set: correct the zone of the integration.");
        }
        else if (slice.HoursOff < 0)
        {
            yield return Warning(SliceConcern.ReportZoneLooksWrong, $"the newest calls start {Hours(-slice.HoursOff.Value)} before they were read while calls keep arriving, so the report is in another zone than was set: correct the zone of the integration.");
        }

        if (slice.Quarantined > 0)
        {
            yield return Warning(SliceConcern.RowsQuarantined, (slice.Quarantined == 1 ? "1 row could not be understood and is quarantined." : $"{slice.Quarantined} rows could not be understood and are quarantined.") + Example(slice));
        }

        if (slice.Garbled > 0)
        {
            yield return Warning(SliceConcern.CharactersLost, $"{Rows(slice.Garbled, "holds", "hold")} characters that did not arrive and are shown as \uFFFD, because they are no UTF-8 or none that XML can hold: compare the names with those in Five9.");
        }

        foreach (var (concern, text) in RemarkWords.Of(slice.Remarks))
        {
            yield return Warning(concern, text);
        }

        SliceWarning Warning(SliceConcern concern, string text) => new(concern, $"{Name(slice)}: {text}");
    }

    private static string Example(ImportSlice slice) => slice.UnreadableExample.Length == 0 ? "" : $" The first: {slice.UnreadableExample}.";

    private static string Rows(int rows, string one, string more) => rows == 1 ? $"1 row {one}" : $"{rows} rows {more}";

    private static string Hours(int hours) => hours == 1 ? "an hour" : $"{hours} hours";

    private static string Name(ImportSlice slice) => $"{slice.Report} {slice.Window}";
}
