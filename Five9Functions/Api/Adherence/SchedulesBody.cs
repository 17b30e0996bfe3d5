using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Five9Functions.Api.Adherence;

/// <summary>A planned activity as a caller sends it.</summary>
internal sealed record ScheduleRow(string? Agent, string? Activity, string? Type, string? Start, string? End)
{
    public static readonly string[] Columns = ["agent", "activity", "type", "start", "end"];
}

/// <summary>Planned activities as a caller sends them: JSON, or CSV with a header. What is read is bounded.</summary>
internal sealed record SchedulesBody
{
    public const int MaxBytes = 8 * 1024 * 1024;
    public const int MaxItems = 50_000;

    private const string Csv = "text/csv";

    public required IReadOnlyList<ScheduleRow?> Items { get; init; }

    /// <exception cref="ApiException">400, 413 or 415: it cannot be read; the message says where.</exception>
    public static async Task<IReadOnlyList<ScheduleRow>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var isCsv = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase);
        if (!isCsv && !request.HasJsonContentType())
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, ApiProblem.NotJson, $"Send the body as application/json or {Csv}, with the header Content-Type.");
        }

        var bytes = await RequestBody.BytesAsync(request, MaxBytes, cancellationToken);
        var items = isCsv ? ReadCsv(bytes) : RequestBody.Read<SchedulesBody>(bytes).Items;
        return items.Count > MaxItems
            ? throw Unreadable($"There are {items.Count} activities, and {MaxItems} at most can be sent at once: send a shorter window at a time.")
            : [.. items.Select((item, i) => item ?? throw Unreadable($"items.{i} is null: send an object."))];
    }

    private static List<ScheduleRow?> ReadCsv(byte[] bytes)
    {
        using var reader = CsvReader.Create((ReadOnlyMemory<byte>)bytes, new CsvReaderOptions
        {
            Separator = ',', // else it is guessed
            DetectSeparatorHint = false,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            MissingField = CsvMissingFieldHandling.Throw,
            OnMalformedRecord = record => throw Unreadable($"Line {record.LineNumber} of the CSV is not well-formed, or has not as many fields as the header."),
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
        });
        var header = reader.Headers.Select(name => name.Trim().TrimStart('\uFEFF').ToLowerInvariant()).ToList();
        if (!header.Order(StringComparer.Ordinal).SequenceEqual(ScheduleRow.Columns.Order(StringComparer.Ordinal)))
        {
            throw Unreadable($"The first line of the CSV must name the columns {string.Join(", ", ScheduleRow.Columns)}, in any order, and no other.");
        }

        var places = Array.ConvertAll(ScheduleRow.Columns, header.IndexOf);
        var rows = new List<ScheduleRow?>();
        while (reader.Read())
        {
            var fields = Array.ConvertAll(places, reader.GetString);
            rows.Add(new(fields[0], fields[1], fields[2], fields[3], fields[4]));
        }

        return rows;
    }

    private static ApiException Unreadable(string detail) => ApiException.BadRequest(ApiProblem.BodyUnreadable, detail);
}
