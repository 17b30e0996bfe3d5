using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Writes what an import came to: agent-states.csv, quarantined.csv and run.json, always all three. Each gets its name only when all
/// are whole, so nobody takes half a file for the result.
/// </summary>
internal static class ImportFiles
{
    private const string Unfinished = ".part";

    private static readonly CsvWriterOptions Csv = CsvWriterOptions.Default with { NewLine = "\n", WriteByteOrderMark = false, ValidateFieldCount = true };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(DirectoryInfo output, ImportOutcome outcome)
    {
        output.Create();
        (string Path, Action<string> Write)[] files =
        [
            (Path.Combine(output.FullName, "agent-states.csv"), path => WriteCsv(path, SegmentFields.Names, outcome.Segments?.Merge() ?? [])),
            (Path.Combine(output.FullName, "quarantined.csv"), path => WriteCsv(path, ["report", "line", "reason", "raw"], Quarantined(outcome.Quarantined))),
            (Path.Combine(output.FullName, "run.json"), path => WriteRun(path, outcome)),
        ];
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

    private static IEnumerable<string[]> Quarantined(IReadOnlyList<QuarantinedLine> rows) =>
        rows.OrderBy(r => r.Line).Select(row => new[] { "agentStates", row.Line.ToString(CultureInfo.InvariantCulture), row.Reason, row.Raw });

    private static void WriteCsv(string path, string[] header, IEnumerable<string[]> records)
    {
        using var csv = CsvWriter.ToFile(path, Csv);
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

    private static void WriteRun(string path, ImportOutcome outcome)
    {
        var rows = outcome.AgentStates;
        var run = new
        {
            Status = outcome.Succeeded ? "succeeded" : "failed",
            From = outcome.Window is { } w ? Time(w.Start) : null,
            To = outcome.Window is { } v ? Time(v.End) : null,
            outcome.Warnings,
            Reports = new { AgentStates = new { rows.Rows, rows.Visible, rows.Absorbed, rows.Duplicate, rows.Marker, rows.Quarantined } },
        };
        File.WriteAllText(path, JsonSerializer.Serialize(run, Json) + "\n");
    }

    private static string Time(Instant instant) => InstantPattern.General.Format(instant);
}
