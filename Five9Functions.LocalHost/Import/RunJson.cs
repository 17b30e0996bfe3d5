using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.Problems;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>The text of run.json: whether it went well, what it covers, and what became of every row of each report that was given.</summary>
internal static class RunJson
{
    public const string AgentStates = "agentStates";
    public const string CallLog = "callLog";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(ImportOutcome outcome) => JsonSerializer.Serialize(
        new
        {
            Status = outcome.Succeeded ? "succeeded" : "failed",
            From = outcome.Window is { } w ? Time(w.Start) : null,
            To = outcome.Window is { } v ? Time(v.End) : null,
            outcome.Warnings,
            Files = outcome.Files.Select(File),
            QuarantineReasons = QuarantineReason.MostFrequent(outcome.Quarantined),
            outcome.UnknownCallTypes,
            Reports = new Reports(outcome.AgentStates is { } a ? Rows(a.Rows) : null, outcome.Calls is { } c ? Rows(c.Rows) : null),
        },
        Json) + "\n";

    private static object File(ImportedFile file) => new
    {
        Report = file.Name,
        Encoding = file.Source.Encoding.Name,
        Separator = ((char)file.Source.Header.Separator).ToString(),
        HeaderLine = file.Source.Header.Line,
        file.Source.Header.PassedOver,
        file.Source.EmptyFields,
        Dates = file.Source.Dates?.Code(),
        file.Source.Totals,
    };

    private static object Rows(RowAccounting r) => new { r.Rows, r.Visible, r.Absorbed, r.Duplicate, r.Marker, r.Quarantined };

    private static object Rows(CallAccounting r) =>
        new { r.Rows, r.ContactLegs, r.IvrOnly, r.CallbackAttempt, r.Voicemail, r.ThirdParty, r.Outbound, r.Attempt, r.Internal, r.Unclassified, r.Duplicate, r.Quarantined };

    private static string Time(Instant instant) => InstantPattern.General.Format(instant);

    private sealed record Reports(
        [property: JsonPropertyName(RunJson.AgentStates), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? AgentStates,
        [property: JsonPropertyName(RunJson.CallLog), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? CallLog);
}
