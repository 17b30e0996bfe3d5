using Five9Functions.Five9.Reports;
using Five9Functions.Problems;
using Five9Functions.Runs;

namespace Five9Functions.Imports;

/// <summary>When a report is so hard to read that nothing of it is believed. Pure.</summary>
internal static class UnreadableReport
{
    /// <summary>Of fewer rows nothing follows for the others; those that can be read land.</summary>
    private const int MinUnreadable = 10;

    /// <summary>Why nothing of the report lands; null when it does.</summary>
    public static ImportError? Error(ReportDefinition report, ReportContent content) =>
        content.Unreadable >= MinUnreadable && IsMostlyUnreadable(content)
            ? new ImportError(ImportProblem.RowsUnreadable, $"{Sentence(report, content)} Nothing of it is imported, and what is held stays. Correct the report in Five9, or the integration's settings; it is asked for again by itself.")
            : null;

    /// <summary>More rows could not be read than could.</summary>
    public static bool IsMostlyUnreadable(ReportContent content) => content.Unreadable > content.Rows.Count;

    /// <summary>How much of it could not be read, and the first record as an example.</summary>
    public static string Sentence(ReportDefinition report, ReportContent content) =>
        $"{content.Unreadable} of {content.Unreadable + content.Rows.Count} rows of the {report.Title} could not be read; the first: {content.FirstUnreadable}.";
}
