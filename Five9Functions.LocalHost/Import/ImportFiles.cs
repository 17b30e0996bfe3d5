using System.Globalization;
using CsvHelper;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Writes what an import came to: the files of each report that was given, quarantined.csv and run.json. Each gets its name only when
/// all are whole, so nobody takes half a file for the result. Values are written as they are, also where a spreadsheet sees a formula.
/// </summary>
internal static class ImportFiles
{
    public const string AgentStates = "agent-states.csv";
    public const string AgentActivity = "agent-activity-import.csv";
    public const string Queues = "queues.csv";
    public const string QueueIntervals = "queue-intervals.csv";
    public const string Calls = "calls.csv";
    public const string Intervals = "intervals-import.csv";
    public const string Quarantined = "quarantined.csv";
    public const string Run = "run.json";

    public static readonly IReadOnlyList<string> Names = [AgentStates, AgentActivity, Queues, QueueIntervals, Calls, Intervals, Quarantined, Run];

    private const string Unfinished = ".part";

    private static readonly CsvWriterOptions Csv = CsvWriterOptions.Default with { NewLine = "\n", WriteByteOrderMark = false, ValidateFieldCount = true };

    /// <summary>As planning tools take it.</summary>
    private static readonly CsvWriterOptions Layout = Csv with { Separator = ';' };

    public static void Write(DirectoryInfo output, DateTimeZone zone, ImportOutcome outcome)
    {
        output.Create();
        var files = Of(zone, outcome).Select(file => (Path: Path.Combine(output.FullName, file.Name), file.Write)).ToList();
        try
        {
            foreach (var (path, write) in files)
            {
                write(path + Unfinished);
            }

            foreach (var (path, _) in files)
            {
                File.Move(path + Unfinished, path, overwrite: true);
            }
        }
        finally
        {
            foreach (var (path, _) in files)
            {
                File.Delete(path + Unfinished);
            }
        }
    }

    private static IEnumerable<(string Name, Action<string> Write)> Of(DateTimeZone zone, ImportOutcome outcome)
    {
        if (outcome.AgentStates is { } states)
        {
            yield return (AgentStates, path => WriteCsv(path, Csv, SegmentFields.Names, states.Segments?.Merge() ?? []));
            yield return (AgentActivity, path => WriteCsv(path, Layout, ActivityLayout.Names, ActivityLayout.Of(states.Segments?.Merge() ?? [], zone)));
        }

        if (outcome.Calls is { } calls)
        {
            yield return (Queues, path => WriteCsv(path, Csv, QueueFields.Names, calls.Queues.OrderBy(q => q.Queue, StringComparer.Ordinal).Select(q => QueueFields.Of(q, calls.Kind))));
            yield return (QueueIntervals, path => WriteCsv(path, Csv, QueueIntervalFields.Names, calls.Intervals?.Merge() ?? []));
            yield return (Calls, path => WriteCsv(path, Csv, [.. calls.Columns, .. CallSpool.NamesAfterColumns], calls.Legs?.Merge() ?? []));
            yield return (Intervals, path => WriteCsv(path, Layout, IntervalLayout.Names, IntervalLayout.Of(calls.Intervals?.Merge() ?? [], zone)));
        }

        yield return (Quarantined, path => WriteCsv(path, Csv, ["report", "line", "reason", "raw"], Lines(outcome.Quarantined)));
        yield return (Run, path => File.WriteAllText(path, RunJson.Of(outcome)));
    }

    private static IEnumerable<string[]> Lines(IReadOnlyList<QuarantinedLine> rows) => rows
        .OrderBy(r => r.Report, StringComparer.Ordinal)
        .ThenBy(r => r.Line)
        .Select(row => new[] { row.Report, row.Line.ToString(CultureInfo.InvariantCulture), row.Reason, row.Raw });

    private static void WriteCsv(string path, CsvWriterOptions options, string[] header, IEnumerable<string[]> records)
    {
        using var csv = CsvWriter.ToFile(path, options);
        csv.WriteHeader(header);
        foreach (var record in records)
        {
            foreach (var field in record)
            {
                csv.WriteField(field);
            }

            csv.EndRecord();
        }
    }
}
