using System.Text.Json;
using CsvHelper;
using Five9Functions.AgentStates;
using Five9Functions.Api.Queries;
using Five9Functions.Problems;
using Five9Functions.RealTime;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>The states of now as JSON or CSV. Both say how far they can be believed: CSV in each line, and in headers for when there is none.</summary>
internal sealed class LiveAnswer(LiveSnapshot picture, bool asCsv, string tag) : IResult
{
    private static readonly IReadOnlyList<Column<LiveAgentState>> Agent =
    [
        Column.Text<LiveAgentState>("agent", state => state.Agent),
        Column.Text<LiveAgentState>("state", state => state.State),
        Column.Text<LiveAgentState>("kind", state => StateKinds.Word(state.Kind)),
        Column.Text<LiveAgentState>("reasonCode", state => state.Reason),
        Column.Text<LiveAgentState>("callType", state => state.CallType),
        Column.Text<LiveAgentState>("campaign", state => state.Campaign),
        Column.Time<LiveAgentState>("since", state => state.Since),
        Column.Time<LiveAgentState>("toldAt", state => state.AsOf),
    ];

    private static readonly IReadOnlyList<Column<LiveSnapshot>> Feed =
    [
        Column.Time<LiveSnapshot>("asOf", picture => picture.AsOf),
        Column.Text<LiveSnapshot>("feed", picture => picture.Feed.Code()),
        Column.Text<LiveSnapshot>("reason", picture => picture.Reason),
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = asCsv ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-cache"; // kept, but never shown before it was asked whether it still is so
        response.Headers.Vary = "Accept";
        response.Headers.ETag = tag;
        using var buffer = new MemoryStream();
        if (asCsv)
        {
            FeedHeaders.Set(response.Headers, picture);
            WriteCsv(buffer);
        }
        else
        {
            WriteJson(buffer);
        }

        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), httpContext.RequestAborted);
    }

    private void WriteJson(MemoryStream buffer)
    {
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        json.WriteStartObject();
        foreach (var column in Feed)
        {
            column.Json(json, picture);
        }

        json.WriteStartArray("agents");
        foreach (var agent in picture.Agents)
        {
            json.WriteStartObject();
            foreach (var column in Agent)
            {
                column.Json(json, agent);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteCsv(MemoryStream buffer)
    {
        using var csv = CsvWriter.Create(buffer, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = false }, leaveOpen: true);
        Write(csv, [.. Agent.Select(column => column.Name), .. Feed.Select(column => column.Name)]);
        foreach (var agent in picture.Agents)
        {
            Write(csv, [.. Agent.Select(column => column.Csv(agent)), .. Feed.Select(column => column.Csv(picture))]);
        }

        csv.Flush();
    }

    private static void Write(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }
}
