using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using Five9Functions.AgentStates;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>Writes what an import came to: agent-states.csv, quarantined.csv and run.json, always all three.</summary>
internal static class ImportFiles
{
    private static readonly CsvWriterOptions Csv = CsvWriterOptions.Default with { NewLine = "\n", WriteByteOrderMark = false, ValidateFieldCount = true };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(DirectoryInfo output, ImportOutcome outcome)
    {
        output.Create();
        WriteSegments(Path.Combine(output.FullName, "agent-states.csv"), outcome.Segments);
        WriteQuarantined(Path.Combine(output.FullName, "quarantined.csv"), outcome.Quarantined);
        WriteRun(Path.Combine(output.FullName, "run.json"), outcome);
    }

    private static void WriteSegments(string path, IReadOnlyList<Segment> segments)
    {
        using var csv = CsvWriter.ToFile(path, Csv);
        csv.WriteHeader("agent", "agentName", "state", "kind", "reasonCode", "callId", "start", "end", "durationSeconds", "reportedStart", "reportedEnd", "adjusted", "provisional");
        foreach (var s in segments.OrderBy(s => s.Agent, StringComparer.Ordinal).ThenBy(s => s.Start))
        {
            Record(
                csv,
                s.Agent,
                s.AgentName,
                s.State,
                StateKinds.Word(s.Kind),
                s.ReasonCode,
                s.CallId,
                Time(s.Start),
                Time(s.End),
                ((long)(s.End - s.Start).TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
                Time(s.ReportedStart),
                s.ReportedEnd is { } end ? Time(end) : "",
                s.Adjusted ? "true" : "false",
                s.Open ? "true" : "false");
        }
    }

    private static void WriteQuarantined(string path, IReadOnlyList<QuarantinedLine> rows)
    {
        using var csv = CsvWriter.ToFile(path, Csv);
        csv.WriteHeader("report", "line", "reason", "raw");
        foreach (var row in rows.OrderBy(r => r.Line))
        {
            Record(csv, "agentStates", row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Reason, row.Raw);
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

    private static void Record(CsvWriter csv, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }

    private static string Time(Instant instant) => InstantPattern.General.Format(instant);
}
