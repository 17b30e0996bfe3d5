using Five9Functions.AgentStates;
using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.Five9.Reports;

/// <summary>
/// Five9's report Agent State Details. Its columns are found by name. Needed: AGENT, STATE, AGENT STATE TIME, and DATE with TIME or else TIMESTAMP;
/// read if there: AGENT NAME (or first and last), AGENT ID, REASON CODE, CALL ID; the others are kept.
/// </summary>
public static class AgentStateReport
{
    private const string LengthColumn = "AGENT STATE TIME";
    private const char Separator = '\u001f';

    private static readonly Duration MaxLength = Duration.FromHours(168);

    /// <summary>Every state that is shown is a row of Table Storage, where a property holds 32,768 UTF-16 units; first and last name share one.</summary>
    private static readonly (string Column, int MaxLength)[] Stored =
        [("AGENT", 32_000), ("AGENT ID", 32_000), ("AGENT NAME", 32_000), ("AGENT FIRST NAME", 16_000), ("AGENT LAST NAME", 16_000), ("STATE", 32_000), ("REASON CODE", 32_000), ("CALL ID", 32_000)];

    private static readonly string[] Always = ["AGENT", "STATE", "AGENT STATE TIME"];
    private static readonly string[] StartInTwo = ["DATE", "TIME"];

    /// <summary>Its columns, and how its records are read.</summary>
    internal static readonly ReportLayout Layout = new(
        "agent-state report",
        [.. Always, .. StartInTwo, "TIMESTAMP", "AGENT ID", "REASON CODE", "CALL ID"],
        Missing,
        Reader)
    {
        Remarks = columns => new RemarkCollector(columns, [.. Stored.Select(c => c.Column)], calls: null),
    };

    /// <summary>Reads a report of at most <paramref name="rowCap"/> - 1 records; memory grows with the rows that land, not with the text.</summary>
    /// <param name="keepCustomerData">False: the columns ANI, DNIS, CUSTOMER NAME and RECORDINGS are dropped, and blanked in quarantined records.</param>
    /// <exception cref="Five9MisconfiguredException">A needed column is missing (the message lists what was found), or a record never ends.</exception>
    /// <exception cref="ReportCutException">The report holds <paramref name="rowCap"/> records: Five9 cut it.</exception>
    public static Task<ReportContent> ReadAsync(
        TextReader csv,
        ReportWindow window,
        int rowCap,
        bool keepCustomerData,
        CancellationToken cancellationToken) =>
        ReportCsv.ReadAsync(csv, Layout, window, rowCap, keepCustomerData, cancellationToken);

    /// <summary>A row as the rules of the timeline need it: from the report or from storage, whatever the order of its columns.</summary>
    /// <param name="day">The raw day that holds the row.</param>
    /// <param name="asOf">When the report was run.</param>
    public static ReportedState ToState(ReportRow row, LocalDate day, Instant asOf)
    {
        var (state, kind) = StateNames.Read(NoneWords.Named(row["STATE"]));
        return new ReportedState(
            row.Key,
            AgentName(row),
            state,
            kind,
            NoneWords.Named(row["REASON CODE"]),
            NoneWords.Named(row["CALL ID"]),
            row.Start,
            row.End - row.Start,
            day,
            asOf,
            Canonical(row));
    }

    private static List<string> Missing(ReportColumns columns)
    {
        List<string> missing = [.. Always.Where(c => columns.IndexOf(c) < 0)];
        string[] start = [.. StartInTwo.Where(c => columns.IndexOf(c) < 0)];
        if (start.Length > 0 && columns.IndexOf("TIMESTAMP") < 0)
        {
            missing.Add($"{string.Join(" and ", start)} (or TIMESTAMP)");
        }

        return missing;
    }

    private static Func<string[], ReportRecord> Reader(ReportColumns columns, ReportWindow window)
    {
        var (agent, agentId, length) = (columns.IndexOf("AGENT"), columns.IndexOf("AGENT ID"), columns.IndexOf(LengthColumn));
        var (date, time, timestamp) = (columns.IndexOf("DATE"), columns.IndexOf("TIME"), columns.IndexOf("TIMESTAMP"));
        var inTwo = date >= 0 && time >= 0;
        var (stored, ids) = (new LongValues(columns, Stored), new IdColumns(columns));
        return values =>
        {
            var rounded = ids.Read(values);
            Instant? start = (inTwo ? ReportTime.TryParse(values[date], values[time], window.Dates, out var reported) : ReportTime.TryParse(values[timestamp], window.Dates, out reported))
                ? window.InstantOf(reported)
                : null;
            var (key, defect) = Agent(values[agent], agentId < 0 ? "" : values[agentId]);
            var kind = Length(values[length], out var duration);
            defect = rounded ?? defect ?? (start is null ? DefectOfStart(values) : LengthDefect(kind, duration, values[length]));
            defect ??= stored.Defect(values);
            return new ReportRecord(key, start, kind == ReportDurationKind.Value ? start + duration : null, defect);
        };

        RowDefect DefectOfStart(string[] values) => inTwo ? StartDefect.Of(values[date], values[time], window.Dates) : StartDefect.Of(values[timestamp], window.Dates);
    }

    private static (string Key, RowDefect? Defect) Agent(string agent, string id)
    {
        agent = NoneWords.Named(agent);
        if (!NoneWords.IsDeleted(agent))
        {
            return (agent, agent.Length == 0 ? new RowDefect(RowDefect.NoAgent) : null);
        }

        id = NoneWords.Named(id);
        return id.Length == 0 ? ("", new RowDefect(RowDefect.DeletedAgentWithoutId)) : ($"{NoneWords.Deleted} {id}", null);
    }

    private static ReportDurationKind Length(string value, out Duration duration) => ReportDuration.Read(NoneWords.IsNone(value.AsSpan().Trim()) ? "" : value, out duration);

    private static RowDefect? LengthDefect(ReportDurationKind kind, Duration duration, string value) =>
        kind == ReportDurationKind.TooLong || duration > MaxLength ? RowDefect.Over168Hours(LengthColumn) : ReportDuration.Defect(kind, LengthColumn, value);

    private static string AgentName(ReportRow row) => NoneWords.Named(row["AGENT NAME"]) is var name and not ""
        ? name
        : $"{NoneWords.Named(row["AGENT FIRST NAME"])} {NoneWords.Named(row["AGENT LAST NAME"])}".Trim();

    private static string Canonical(ReportRow row) => string.Join(Separator, row.Columns.InOrderOfNames
        .Select(i => (Name: row.Columns.Names[i], Value: row.Values[i].Trim()))
        .Where(c => c.Value.Length > 0)
        .Select(c => $"{c.Name}={c.Value}"));
}
