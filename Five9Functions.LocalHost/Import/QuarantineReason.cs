namespace Five9Functions.LocalHost.Import;

/// <summary>Why rows are quarantined, how many for that reason, and the first of them as an example.</summary>
/// <param name="Report">As run.json names it: agentStates or callLog.</param>
/// <param name="Line">Of the file.</param>
internal sealed record QuarantineReason(string Report, string Reason, int Rows, int Line)
{
    private const int MaxReasons = 5;

    /// <summary>The five most frequent, those of most rows first.</summary>
    public static IReadOnlyList<QuarantineReason> MostFrequent(IEnumerable<QuarantinedLine> rows) =>
    [
        .. rows.GroupBy(row => (row.Report, row.Reason))
            .Select(same => new QuarantineReason(same.Key.Report, same.Key.Reason, same.Count(), same.Min(row => row.Line)))
            .OrderByDescending(reason => reason.Rows).ThenBy(reason => reason.Report, StringComparer.Ordinal).ThenBy(reason => reason.Line)
            .Take(MaxReasons),
    ];
}
