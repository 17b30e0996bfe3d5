using System.Runtime.CompilerServices;
using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.Five9.Reports;

/// <summary>The column names of a report in reported order: trimmed, upper case, each once (a repeated one is numbered: NAME (2)).</summary>
public sealed record ReportColumns(IReadOnlyList<string> Names)
{
    private static readonly ConditionalWeakTable<ReportColumns, int[]> ByName = [];

    /// <summary>The indexes of the columns in the ordinal order of their names, whatever their order in the report.</summary>
    public IReadOnlyList<int> InOrderOfNames => ByName.GetValue(
        this,
        static c => [.. Enumerable.Range(0, c.Names.Count).OrderBy(i => c.Names[i], StringComparer.Ordinal)]);

    /// <summary>The index of a column, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>One record of a report that was understood.</summary>
/// <param name="Key">What its rows are grouped by: the agent, or the call id. Ordinal.</param>
/// <param name="Start">UTC; decides the window and the local day that the row belongs to.</param>
/// <param name="End">UTC, at or after <paramref name="Start"/>; null when the report gave none.</param>
/// <param name="Values">As reported, one for each of <paramref name="Columns"/>.</param>
public sealed record ReportRow(string Key, Instant Start, Instant? End, ReportColumns Columns, string[] Values)
{
    /// <summary>The value of a column, trimmed; empty when the report does not have it.</summary>
    public string this[string column] => Columns.IndexOf(column) is var i and >= 0 ? Values[i].Trim() : "";
}

/// <summary>One record of a report that was not understood: kept and counted, never imported.</summary>
/// <param name="At">Its start or, when that is unreadable, the start of the nearest readable row before it (else after it).</param>
/// <param name="Line">The line of the report where the record begins; the header is 1.</param>
/// <param name="Reason">Why, in words for a person, without values of the row.</param>
/// <param name="Raw">The record as it stands there; empty when it may hold customer data.</param>
public sealed record QuarantinedRow(Instant At, int Line, string Reason, string Raw)
{
    /// <summary>Its shape, start, length, flag or id could not be read; false: it was understood, and a rule refuses it.</summary>
    public bool IsUnreadable => !RowDefect.IsRefusal(Reason);
}

/// <summary>What one report said about the window that was wanted.</summary>
/// <param name="Read">Records read; rows landed + outside + quarantined.</param>
/// <param name="Outside">Good or bad records that start outside the window that was wanted (the padding, mostly).</param>
/// <param name="OutsideAsked">Those of <paramref name="Outside"/> that start even outside what Five9 was asked for.</param>
/// <param name="Rows">Good records that start in the window.</param>
public sealed record ReportContent(
    int Read,
    int Outside,
    int OutsideAsked,
    IReadOnlyList<ReportRow> Rows,
    IReadOnlyList<QuarantinedRow> Quarantined)
{
    /// <summary>
    /// Lines of records that could not be read and may belong into the window: those that start in it, and those whose own start cannot be read.
    /// Records that a rule refuses do not count.
    /// </summary>
    public int Unreadable { get; init; }

    /// <summary>The first of <see cref="Unreadable"/>; null when all could be read.</summary>
    public UnreadableRecord? FirstUnreadable { get; init; }

    /// <summary>Records, wherever they belong, that start later than any can: their times are not in the zone that they were read in.</summary>
    public int FromTheFuture { get; init; }

    /// <summary>The latest start of any record, wherever it belongs; null when none can be read.</summary>
    public Instant? Newest { get; init; }

    /// <summary>The columns of the report; null when it came without a header.</summary>
    public ReportColumns? Columns { get; init; }

    /// <summary>Five9 gave not even a header, as it may for an empty report: which columns it has is not known.</summary>
    public bool LacksHeader { get; init; }

    /// <summary>Those of <see cref="Rows"/> with U+FFFD in them, which stands for a character that did not arrive.</summary>
    public int Garbled { get; init; }

    /// <summary>What a person should look at in <see cref="Rows"/>.</summary>
    public ReportRemarks Remarks { get; init; } = ReportRemarks.None;

    /// <summary>Records, wherever they belong, with an id that a spreadsheet has rounded (3E+14). Each is unreadable.</summary>
    public int RoundedIds { get; init; }

    /// <summary>The first of <see cref="RoundedIds"/>; null when there is none.</summary>
    public UnreadableRecord? FirstRoundedId { get; init; }
}
