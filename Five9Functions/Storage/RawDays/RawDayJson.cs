using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Five9Functions.Five9.Reports;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage.RawDays;

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
            day.RowBlocks,
            header.Awaited.Count > 0 ? [.. header.Awaited.Select(w => new Span(w.Start, w.End))] : null);
        return [.. JsonSerializer.SerializeToUtf8Bytes(line, Options), (byte)'\n'];
    }

    /// <exception cref="InvalidDataException">It was written by another version of this program.</exception>
    /// <exception cref="FormatException">It is no header, or that of another day.</exception>
    /// <exception cref="JsonException">It is no header.</exception>
    public static StoredRawDay Read(RawDayId id, ReadOnlySpan<byte> json)
    {
        var line = JsonSerializer.Deserialize<Line>(json, Options);
        if (line is { Format: > Format })
        {
            throw new InvalidDataException($"The raw day {id.Integration}/{id.Report}/{id.Date:uuuu-MM-dd} has format {line.Format}, this version reads {Format}: deploy the version that wrote it.");
        }

        if (line is not { Format: Format, Windows: not null, Columns: not null, QuarantinedBlocks: not null, RowBlocks: not null }
            || (line.Integration, line.Report, line.Date) != (id.Integration, id.Report, LocalDatePattern.Iso.Format(id.Date)))
        {
            throw new FormatException("It is no header of this raw day.");
        }

        var windows = line.Windows.Select(w => new LedgerWindow(w.From, w.To, w.AsOf, w.Rows, w.EmptyAsOf) { LacksSkill = w.LacksSkill ?? false, UnreadableAsOf = w.UnreadableAsOf, ColumnGoneAsOf = w.ColumnGoneAsOf, Unreadable = w.Unreadable }).ToList();
        return new StoredRawDay(
            new RawDayHeader(id, line.Version, line.LatestEnd ?? Instant.MinValue, line.Rows, line.Quarantined, windows) { Awaited = [.. (line.Awaited ?? []).Select(Window)] },
            line.Reach ?? Instant.MinValue,
            new ReportColumns(line.Columns),
            line.QuarantinedBlocks,
            line.RowBlocks);

        static Interval Window(Span span) => new(span.From, span.To);
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
        IReadOnlyList<StoredBlock> RowBlocks,
        IReadOnlyList<Span>? Awaited);

    private sealed record Window(Instant From, Instant To, Instant AsOf, int Rows, Instant? EmptyAsOf, bool? LacksSkill, Instant? UnreadableAsOf = null, Instant? ColumnGoneAsOf = null, UnreadableRows? Unreadable = null);

    private sealed record Span(Instant From, Instant To);

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString()!).GetValueOrThrow();

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}
