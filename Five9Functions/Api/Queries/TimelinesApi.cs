using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.Queries;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api.Queries;

/// <summary>The clean timelines and the agents who have them: docs/api.md.</summary>
public sealed class TimelinesApi(IntegrationLookup integrations, Timelines timelines)
{
    private const int MaxDays = 31;
    private const int MaxDaysExplained = 3;

    private static readonly IReadOnlyList<Column<TimelineRow>> Segments =
    [
        Column.Date<TimelineRow>("date", row => row.Date),
        Column.Text<TimelineRow>("agent", row => row.Segment.Agent),
        Column.Text<TimelineRow>("agentName", row => row.Segment.AgentName),
        Column.Text<TimelineRow>("state", row => row.Segment.State),
        Column.Text<TimelineRow>("kind", row => StateKinds.Word(row.Segment.Kind)),
        Column.Text<TimelineRow>("reasonCode", row => row.Segment.ReasonCode),
        Column.Text<TimelineRow>("callId", row => row.Segment.CallId),
        Column.Time<TimelineRow>("start", row => row.Segment.Start),
        Column.Time<TimelineRow>("end", row => row.Segment.End),
        Column.Number<TimelineRow>("durationSeconds", row => (long)(row.Segment.End - row.Segment.Start).TotalSeconds),
        Column.Time<TimelineRow>("reportedStart", row => row.Segment.ReportedStart),
        Column.Time<TimelineRow>("reportedEnd", row => row.Segment.ReportedEnd),
        Column.Flag<TimelineRow>("adjusted", row => row.Segment.Adjusted),
        Column.Flag<TimelineRow>("open", row => row.Segment.Open),
        Column.Flag<TimelineRow>("provisional", row => row.Provisional),
        Column.Words<TimelineRow>("alsoActive", row => [.. row.Segment.AlsoActive.Select(StateKinds.Word)]),
        Column.Flag<TimelineRow>("continuesFromPreviousDay", row => row.Segment.ContinuesFromPreviousDay),
        Column.Flag<TimelineRow>("continuesOnNextDay", row => row.Segment.ContinuesOnNextDay),
    ];

    private static readonly IReadOnlyList<Column<KnownAgent>> Agents =
    [
        Column.Text<KnownAgent>("agent", agent => agent.Agent),
        Column.Text<KnownAgent>("agentName", agent => agent.Name),
        Column.Time<KnownAgent>("first", agent => agent.First),
        Column.Time<KnownAgent>("last", agent => agent.Last),
    ];

    public async Task<IResult> ListAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, ["from", "to", "agent", "explain", .. RowsRequest.Parameters]);
        if (query.Flag("explain"))
        {
            return await ExplainAsync(await RequireAsync(id, cancellationToken), request, query, cancellationToken);
        }

        var (integration, asked) = (await RequireAsync(id, cancellationToken), RowsRequest.Of(request, query));
        var window = query.Window(integration.DateTimeZone, MaxDays);
        var from = asked.From is { } position ? new TimelinePosition(position.Date(0), position.Text(1), position.Time(2)) : null;
        return await RowsAnswer<TimelineRow>.BeginAsync(
            asked,
            Segments,
            row => new Position(Position.Of(row.Date), row.Segment.Agent, Position.Of(row.Segment.Start)),
            timelines.ReadAsync(integration, window, query.Text("agent"), from, cancellationToken),
            cancellationToken);
    }

    public async Task<IResult> AgentsAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, ["from", "to", .. RowsRequest.Parameters]);
        var (integration, asked) = (await RequireAsync(id, cancellationToken), RowsRequest.Of(request, query));
        return await RowsAnswer<KnownAgent>.BeginAsync(
            asked,
            Agents,
            agent => new Position(agent.Agent),
            timelines.AgentsAsync(integration, query.Window(integration.DateTimeZone, MaxDays), asked.From?.Text(0), cancellationToken),
            cancellationToken);
    }

    private async Task<IResult> ExplainAsync(Integration integration, HttpRequest request, RequestQuery query, CancellationToken cancellationToken)
    {
        RowsRequest.RequireJson(request);
        if (RowsRequest.Parameters.FirstOrDefault(name => query.Text(name) is not null) is { } page)
        {
            throw ApiException.Invalid([new FieldError(page, $"An explanation has no pages: leave {page} out.")]);
        }

        var agent = query.Text("agent") ?? throw ApiException.Invalid([new FieldError("agent", "An explanation is of one agent: give agent.")]);
        var window = query.Window(integration.DateTimeZone, MaxDaysExplained);
        return new JsonAnswer<TimelineExplanationAnswer>(TimelineExplanationAnswer.Of(window, await timelines.ExplainAsync(integration, window, agent, cancellationToken)));
    }

    private async Task<Integration> RequireAsync(string id, CancellationToken cancellationToken) => (await integrations.RequireAsync(id, cancellationToken)).Value;
}
