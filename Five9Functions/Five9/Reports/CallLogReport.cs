using System.Runtime.CompilerServices;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.Five9.Reports;

/// <summary>
/// Five9's report Call Log, or a custom copy of it. Its columns are found by name, in any order. Needed are those that decide figures,
/// and SKILL where queues are skills; read if there: HANDLE TIME, SPEED OF ANSWER, TIME TO ABANDON; the others are kept.
/// </summary>
public static class CallLogReport
{
    private const string Skill = "SKILL";

    private static readonly string[] Needed =
        ["CALL ID", "TIMESTAMP", "CAMPAIGN", "CALL TYPE", "AGENT", .. CallLogFields.NeededDurations, "ABANDONED"];

    private static readonly ReportLayout ByCampaign = Layout(Needed);

    private static readonly ReportLayout BySkill = Layout([.. Needed, Skill]);

    private static readonly ConditionalWeakTable<ReportColumns, CallLogFields> Fields = [];

    /// <summary>Reads a report of at most <paramref name="rowCap"/> - 1 records; memory grows with the rows that land, not with the text.</summary>
    /// <param name="keepCustomerData">
    /// False: the columns ANI, DNIS, CUSTOMER NAME and RECORDINGS are dropped, and blanked in quarantined records. Rows that differed in
    /// them alone are told apart by the column <see cref="LookAlikes.Column"/>.
    /// </param>
    /// <exception cref="Five9MisconfiguredException">A needed column is missing (the message lists what was found), or a record never ends.</exception>
    /// <exception cref="ReportCutException">The report holds <paramref name="rowCap"/> records: Five9 cut it.</exception>
    public static Task<ReportContent> ReadAsync(
        TextReader csv,
        QueueGrouping grouping,
        ReportWindow window,
        int rowCap,
        bool keepCustomerData,
        CancellationToken cancellationToken) =>
        ReportCsv.ReadAsync(csv, LayoutOf(grouping), window, rowCap, keepCustomerData, cancellationToken);

    /// <summary>A row as the rules of the figures need it: from the report or from storage, whatever the order of its columns.</summary>
    /// <param name="row">A row that <see cref="ReadAsync"/> landed.</param>
    /// <param name="day">The raw day that holds the row.</param>
    public static CallLeg ToLeg(ReportRow row, LocalDate day) =>
        Fields.GetValue(row.Columns, static columns => new CallLogFields(columns)).ToLeg(row, day);

    /// <summary>Its columns, and how its records are read.</summary>
    internal static ReportLayout LayoutOf(QueueGrouping grouping) => grouping == QueueGrouping.Skill ? BySkill : ByCampaign;

    private static ReportLayout Layout(string[] needed) => new(
        "call log",
        [.. needed, Skill, .. CallLogFields.OtherDurations],
        columns => [.. needed.Where(c => columns.IndexOf(c) < 0)],
        Reader)
    {
        Remedy = Remedy,
        TellsLookAlikesApart = true,
        Remarks = columns => new RemarkCollector(columns, [], new CallLogFields(columns)),
    };

    private static string Remedy(IReadOnlyList<string> missing) => missing.Contains(Skill)
        ? "The queues of this integration are skills: in Five9, save a copy of the report Call Log in a folder that is shared with the integration's user, add the column SKILL"
            + $"{(missing.Count > 1 ? " and the others" : "")} to the copy, and enter its folder and name in the integration; or group by campaign."
        : "Add what is missing to the report in Five9.";

    private static Func<string[], ReportRecord> Reader(ReportColumns columns, ReportWindow window)
    {
        var (fields, ids) = (new CallLogFields(columns), new IdColumns(columns));
        return values =>
        {
            var rounded = ids.Read(values);
            var (callId, start) = (fields.CallId(values), fields.Start(values, window));
            var defect = rounded
                ?? (callId.Length == 0 ? RowDefect.NoId("CALL ID", "300000010270761")
                : start is null ? StartDefect.Of(fields.Timestamp(values), window.Dates)
                : fields.Defect(values));

            // A leg belongs to the instant at which it starts: none is ever open, or reaches into another day.
            return new ReportRecord(callId, start, start, defect);
        };
    }
}
