using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Five9Functions.Five9;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage;

/// <summary>The wire form of a raw day's header: one line of JSON.</summary>
internal static class RawDayJson
{
    private const int Format = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // For people, who look at it with zcat: nothing here is ever put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new InstantConverter() },
    };

    public static byte[] Write(StoredRawDay day)
    {
        var header = day.Header;
        var line = new Line(
            Format,
            header.Id.Integration,
            header.Id.Report,
            LocalDatePattern.Iso.Format(header.Id.Date),
            header.Version,
            header.Rows,
            header.Quarantined,
            NullIfNone(header.LatestEnd),
            NullIfNone(day.Reach),
            [.. header.Windows.Select(w => new Window(w.From, w.To, w.AsOf, w.Rows, w.EmptyAsOf, w.LacksSkill ? true : null, w.UnreadableAsOf, w.ColumnGoneAsOf, w.Unreadable))],
            day.Columns.Names,
            day.QuarantinedBlocks,
            day.RowBlocks);
        return [.. JsonSerializer.SerializeToUtf8Bytes(line, Options), (byte)'\n'];
    }

    /// <exception cref="InvalidDataException">It was written by another version of this program, or is no header at all.</exception>
    public static StoredRawDay Read(RawDayId id, ReadOnlySpan<byte> json)
    {
        var line = JsonSerializer.Deserialize<Line>(json, Options);
        if (line is not { Format: Format })
        {
            throw new InvalidDataException($"The raw day {id.Integration}/{id.Report}/{id.Date:uuuu-MM-dd} has format {line?.Format}, this version reads {Format}: deploy the version that wrote it.");
        }

        var windows = line.Windows.Select(w => new LedgerWindow(w.From, w.To, w.AsOf, w.Rows, w.EmptyAsOf) { LacksSkill = w.LacksSkill ?? false, UnreadableAsOf = w.UnreadableAsOf, ColumnGoneAsOf = w.ColumnGoneAsOf, Unreadable = w.Unreadable }).ToList();
        return new StoredRawDay(
            new RawDayHeader(id, line.Version, line.LatestEnd ?? Instant.MinValue, line.Rows, line.Quarantined, windows),
            line.Reach ?? Instant.MinValue,
            new ReportColumns(line.Columns),
            line.QuarantinedBlocks,
            line.RowBlocks);
    }

    private static Instant? NullIfNone(Instant instant) => instant == Instant.MinValue ? null : instant;

    private sealed record Line(
        int Format,
        string Integration,
        string Report,
        string Date,
        long Version,
        int Rows,
        int Quarantined,
        Instant? LatestEnd,
        Instant? Reach,
        IReadOnlyList<Window> Windows,
        IReadOnlyList<string> Columns,
        IReadOnlyList<StoredBlock> QuarantinedBlocks,
        IReadOnlyList<StoredBlock> RowBlocks);

    private sealed record Window(Instant From, Instant To, Instant AsOf, int Rows, Instant? EmptyAsOf, bool? LacksSkill, Instant? UnreadableAsOf = null, Instant? ColumnGoneAsOf = null, UnreadableRows? Unreadable = null);

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString()!).GetValueOrThrow();

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}
