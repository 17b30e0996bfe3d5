using Five9Functions.Five9.Csv;
namespace Five9Functions.Five9.Reports;

/// <summary>What is particular to one kind of report: the columns that it needs, and how one of its records is read.</summary>
/// <param name="Report">Its name for people: "agent-state report".</param>
/// <param name="Used">The columns that decide what is imported: one that stands there twice could mean either.</param>
/// <param name="Missing">Those of the needed columns that a header lacks, in words.</param>
/// <param name="Reader">Finds the columns of a header once, and reads the values of each record by them.</param>
internal sealed record ReportLayout(
    string Report,
    IReadOnlyList<string> Used,
    Func<ReportColumns, IReadOnlyList<string>> Missing,
    Func<ReportColumns, ReportWindow, Func<string[], ReportRecord>> Reader)
{
    /// <summary>What a person has to do in Five9 about the columns that are missing: sentences.</summary>
    public Func<IReadOnlyList<string>, string> Remedy { get; init; } = _ => "Add what is missing to the report in Five9.";

    /// <summary>Rows that differ in dropped customer data alone are told apart (<see cref="LookAlikes"/>): there, twins count.</summary>
    public bool TellsLookAlikesApart { get; init; }

    /// <summary>What collects the remarks on the rows of one result.</summary>
    public required Func<ReportColumns, RemarkCollector> Remarks { get; init; }
}

/// <summary>One record as its layout reads it.</summary>
/// <param name="Start">Null when it cannot be read.</param>
/// <param name="Defect">Why the record is quarantined; null for a good one.</param>
internal readonly record struct ReportRecord(string Key, NodaTime.Instant? Start, NodaTime.Instant? End, RowDefect? Defect);
