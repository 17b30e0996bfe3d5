using Five9Functions.Problems;
namespace Five9Functions.Five9.Csv;

/// <summary>Why a start cannot be read, so that a person knows what to change.</summary>
internal static class StartDefect
{
    private const string Reason = "the start cannot be read";
    private const string Column = "TIMESTAMP";
    private const string ColumnsInTwo = "DATE and TIME";

    public static RowDefect Of(string timestamp, DateOrder? order) => Of(Column, timestamp, ReportTime.Expected, order, ReportTime.EvidenceOf(timestamp));

    public static RowDefect Of(string date, string time, DateOrder? order) => Of(ColumnsInTwo, $"{date} {time}", ReportTime.ExpectedInTwo, order, ReportTime.EvidenceOf(date, time));

    private static RowDefect Of(string column, string value, string expected, DateOrder? order, DateEvidence evidence) => (evidence, order) switch
    {
        (DateEvidence.None, _) => RowDefect.Unreadable(Reason, column, value, expected),
        (_, { } given) => RowDefect.Unreadable(Reason, column, value, $"{expected}, or have {(given == DateOrder.Dmy ? "the day" : "the month")} first as DateOrder says ({given.Code()})"),

        // In a live report not even a day above 12 settles the order: the next report could have the other one.
        _ => RowDefect.DateInDoubt(Reason, column, value, expected),
    };
}
