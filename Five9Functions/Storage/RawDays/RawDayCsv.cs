using System.Globalization;
using CsvHelper;
using Five9Functions.Five9.Reports;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage.RawDays;

/// <summary>
/// The wire form of rows and quarantined rows: CSV with a header. Local time is ambiguous, so each row carries its instants;
/// they stand first, so that no value of a report is ever the first byte of a block.
/// </summary>
internal static class RawDayCsv
{
    private const int KeyField = 2;
    private const int RowFields = 3;

    private static readonly CsvWriterOptions WriterOptions = new() { NewLine = "\n" };

    private static readonly CsvReaderOptions ReaderOptions = new()
    {
        Separator = ',',
        HasHeader = false,
        DetectSeparatorHint = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        IncludeValuesInExceptions = false,
        PoolStrings = true, // agents, states and reasons repeat, and what a day's timelines hold of them should not
    };

    public static readonly IReadOnlyList<string> QuarantinedHeader = ["at", "line", "reason", "raw"];

    public static IReadOnlyList<string> RowHeader(ReportColumns columns) => ["start", "end", "key", .. columns.Names];

    public static CsvWriter Writer(Stream destination) => CsvWriter.Create(destination, WriterOptions, leaveOpen: true);

    public static CsvReader Reader(Stream source) => CsvReader.Create(source, ReaderOptions);

    public static void Write(CsvWriter csv, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }

    /// <param name="indexes">For each stored column the index of the row's value, or -1.</param>
    public static void Write(CsvWriter csv, ReportRow row, int[] indexes)
    {
        csv.WriteField(Text(row.Start));
        csv.WriteField(row.End is { } end ? Text(end) : "");
        csv.WriteField(row.Key);
        foreach (var index in indexes)
        {
            csv.WriteField(index < 0 ? "" : row.Values[index]);
        }

        csv.EndRecord();
    }

    public static void Write(CsvWriter csv, QuarantinedRow row) =>
        Write(csv, [Text(row.At), row.Line.ToString(CultureInfo.InvariantCulture), row.Reason, row.Raw]);

    /// <summary>In UTF-8; valid until the next record is read.</summary>
    public static ReadOnlySpan<byte> Key(CsvReader csv) => csv.GetSpan(KeyField);

    public static ReportRow Row(CsvReader csv, ReportColumns columns)
    {
        var values = new string[columns.Names.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = csv.GetString(RowFields + i);
        }

        return new ReportRow(csv.GetString(KeyField), At(csv.GetString(0)), csv.IsEmpty(1) ? null : At(csv.GetString(1)), columns, values);
    }

    public static QuarantinedRow Quarantined(CsvReader csv) =>
        new(At(csv.GetString(0)), int.Parse(csv.GetString(1), CultureInfo.InvariantCulture), csv.GetString(2), csv.GetString(3));

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).GetValueOrThrow();
}
