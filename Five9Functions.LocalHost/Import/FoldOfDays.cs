using Five9Functions.Five9.Reports;
using Five9Functions.Runs;
using Five9Functions.Storage;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// All runs of an import as one, and a local day of a file as one report, however many pieces it came in: how a file is divided is no
/// matter to the person who reads the warnings. Pure.
/// </summary>
internal static class FoldOfDays
{
    public static RunSummary Of(IReadOnlyList<PlannedPart> parts, IReadOnlyList<ImportSlice> slices)
    {
        var whole = parts.SelectMany(p => p.Reports).Select(r => r.Whole).Distinct().ToList();
        var days = slices
            .Where(s => s.State != SliceState.Split)
            .GroupBy(s => (s.Report, Day: whole.FindLast(w => w.Start <= s.Window.Start), Failed: s.State == SliceState.Failed ? s.Window : default))
            .Select(pieces => pieces.First() with
            {
                Window = pieces.Key.Failed == default ? pieces.Key.Day : pieces.Key.Failed,
                Read = pieces.Sum(s => s.Read),
                Landed = pieces.Sum(s => s.Landed),
                Outside = pieces.Sum(s => s.Outside),
                OutsideAsked = pieces.Sum(s => s.OutsideAsked),
                HoursOff = pieces.Max(s => s.HoursOff),
                FromTheFuture = pieces.Sum(s => s.FromTheFuture),
                Quarantined = pieces.Sum(s => s.Quarantined),
                Garbled = pieces.Sum(s => s.Garbled),
                // It names a line of the piece that was served; the reasons of the import name lines of the file.
                UnreadableExample = "",
                Doubts = pieces.Aggregate(LandingDoubts.None, (all, s) => all | s.Doubts),
                ColumnsGone = [.. pieces.SelectMany(s => s.ColumnsGone).Distinct()],
                Remarks = pieces.Aggregate(ReportRemarks.None, (sum, s) => sum + s.Remarks),
            })
            .ToList();
        return RunSummary.Of(new ImportRun { Integration = "", Id = "", Kind = RunKind.Manual, RequestedAt = default, Planned = days.Count }, days);
    }
}
