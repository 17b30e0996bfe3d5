using System.Globalization;
using System.Text.Json;
using Five9Functions.Queries;
using Five9Functions.Storage;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api.Queries;

/// <summary>What Five9 said: docs/api.md.</summary>
public sealed class ReportedApi(IntegrationLookup integrations, RawRows rawRows, CallRows callRows)
{
    private const int MaxDays = 31;

    private static readonly IReadOnlyList<Column<CallRow>> Calls =
    [
        Column.Date<CallRow>("date", row => row.Date),
        Column.Text<CallRow>("callId", row => row.Columns.GetString("CallId")),
        Column.Time<CallRow>("start", row => row.Start),
        .. Texts("CallType", "Class", "Queue", "Contact", "Campaign", "Skill", "Agent", "AgentName", "Disposition"),
        .. Numbers(
            "QueueWaitSeconds", "RingSeconds", "TalkSeconds", "HoldSeconds", "ParkSeconds", "AfterCallWorkSeconds", "HandleSeconds", "SpeedOfAnswerSeconds", "TimeToAbandonSeconds", "CallSeconds",
            "IvrSeconds", "Transfers", "Conferences", "Holds"),
        Column.Flag<CallRow>("abandoned", row => row.Columns.GetBoolean("Abandoned")),
        .. Texts("Ani", "Dnis", "CustomerName", "Recordings"),
    ];

    public async Task<IResult> CallsAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, ["from", "to", "queue", "callId", .. RowsRequest.Parameters]);
        var (asked, integration) = (RowsRequest.Of(request, query), (await integrations.RequireAsync(id, cancellationToken)).Value);
        var window = query.Window(integration.DateTimeZone, MaxDays);
        var from = asked.From is { } p ? new CallPosition(p.Date(0), p.Number(1), p.Text(2)) : null;
        return await RowsAnswer<CallRow>.BeginAsync(
            asked,
            Calls,
            row => new Position(Position.Of(row.Date), row.Bucket.ToString(CultureInfo.InvariantCulture), row.Columns.RowKey),
            callRows.ReadAsync(integration, window, query.Text("queue"), query.Text("callId"), from, cancellationToken),
            cancellationToken);
    }

    public Task<IResult> RawAgentStatesAsync(string id, HttpRequest request, CancellationToken cancellationToken) => RawAsync(id, ReportNames.AgentStates, "agent", request, cancellationToken);

    public Task<IResult> RawCallsAsync(string id, HttpRequest request, CancellationToken cancellationToken) => RawAsync(id, ReportNames.Calls, "callId", request, cancellationToken);

    private async Task<IResult> RawAsync(string id, string report, string key, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, ["from", "to", key, .. RowsRequest.Parameters]);
        var (asked, integration) = (RowsRequest.Of(request, query), (await integrations.RequireAsync(id, cancellationToken)).Value);
        var window = query.Window(integration.DateTimeZone, MaxDays);
        var from = asked.From is { } p ? new RawPosition(p.Date(0), p.Text(1) == "true", p.Text(2), p.Time(3), p.Number(4)) : null;
        var days = await rawRows.OpenAsync(integration, report, window, query.Text(key), from, cancellationToken);
        return await RowsAnswer<RawRow>.BeginAsync(
            asked,
            [
                Column.Date<RawRow>("date", row => row.Date),
                Column.Text<RawRow>(key, row => row.Row?.Key),
                Column.Time<RawRow>("start", row => row.Start),
                Column.Time<RawRow>("end", row => row.Row?.End),
                Column.Number<RawRow>("quarantinedLine", row => row.Quarantined?.Line),
                Column.Text<RawRow>("quarantinedReason", row => row.Quarantined?.Reason),
                Column.Text<RawRow>("quarantinedText", row => days.ShowsText ? row.Quarantined?.Raw : null),
                .. days.Columns.Select(Reported),
            ],
            row => new Position(Position.Of(row.Date), row.Quarantined is null ? "false" : "true", row.Key, Position.Of(row.Start), row.Ordinal.ToString(CultureInfo.InvariantCulture)),
            days.Rows,
            cancellationToken);
    }

    // Under the report's own name, in upper case: never one of ours.
    private static Column<RawRow> Reported(string name) => Column.Text<RawRow>(name, row => row.Row is { } r && r.Columns.IndexOf(name) is var i and >= 0 ? r.Values[i] : null);

    private static IEnumerable<Column<CallRow>> Texts(params string[] columns) => columns.Select(column => Column.Text<CallRow>(Camel(column), row => row.Columns.GetString(column)));

    private static IEnumerable<Column<CallRow>> Numbers(params string[] columns) => columns.Select(column => Column.Number<CallRow>(Camel(column), row => row.Columns.GetInt32(column)));

    private static string Camel(string column) => JsonNamingPolicy.CamelCase.ConvertName(column);
}
