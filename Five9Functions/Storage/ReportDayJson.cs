using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Five9Functions.Problems;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage;

/// <summary>The columns Windows and FailedReads of ReportDayTable: JSON, with instants as text. A property that is seldom set is left out.</summary>
internal static class ReportDayJson
{
    // For people who look at the table: nothing here is ever put into HTML.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<LedgerWindow> windows) => JsonSerializer.Serialize(windows.Select(w => new Window(
        Format(w.From), Format(w.To), Format(w.AsOf), w.Rows, w.EmptyAsOf is { } empty ? Format(empty) : null, w.LacksSkill ? true : null)
    {
        UnreadableAsOf = w.UnreadableAsOf is { } unreadable ? Format(unreadable) : null,
        ColumnGoneAsOf = w.ColumnGoneAsOf is { } gone ? Format(gone) : null,
        Unreadable = w.Unreadable,
    }), Options);

    public static IReadOnlyList<LedgerWindow> ReadWindows(string json) =>
        [.. JsonSerializer.Deserialize<List<Window>>(json)!.Select(w => new LedgerWindow(Parse(w.From), Parse(w.To), Parse(w.AsOf), w.Rows, ParseOrNull(w.EmptyAsOf))
        {
            LacksSkill = w.LacksSkill ?? false,
            UnreadableAsOf = ParseOrNull(w.UnreadableAsOf),
            ColumnGoneAsOf = ParseOrNull(w.ColumnGoneAsOf),
            Unreadable = w.Unreadable,
        })];

    public static string Write(IReadOnlyList<FailedRead> reads) =>
        JsonSerializer.Serialize(reads.Select(r => new Failed(Format(r.From), Format(r.To), Format(r.AsOf), r.Error.Problem.Code(), r.Error.Text)), Options);

    /// <param name="json">Empty for none.</param>
    public static IReadOnlyList<FailedRead> ReadFailedReads(string json) => json.Length == 0 ? []
        : [.. JsonSerializer.Deserialize<List<Failed>>(json)!.Select(r => new FailedRead(
            Parse(r.From), Parse(r.To), Parse(r.UnreadableAsOf), new ImportError(KebabCase.Parse<ImportProblem>(r.Problem), r.Text)))];

    private static string Format(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static Instant Parse(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private static Instant? ParseOrNull(string? text) => text is null ? null : Parse(text);

    private sealed record Window(
        string From, string To, string AsOf, int Rows, string? EmptyAsOf, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? LacksSkill)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? UnreadableAsOf { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? ColumnGoneAsOf { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public UnreadableRows? Unreadable { get; init; }
    }

    private sealed record Failed(string From, string To, string UnreadableAsOf, string Problem, string Text);
}
