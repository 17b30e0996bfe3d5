using System.Runtime.CompilerServices;
using System.Text.Json;
using Five9Functions.Adherence;
using Five9Functions.Api.Queries;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Queries;
using Five9Functions.RealTime;
using Five9Functions.Storage.Tables;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Api.Adherence;

/// <summary>What agents did against what they were planned to do: docs/api.md.</summary>
public sealed class AdherenceApi
{
    private const int MaxDays = 31;

    private const string Agent = "agent";
    private const string Team = "team";

    private static readonly IReadOnlyList<Column<Row>> Sums =
    [
        Column.Text<Row>(Agent, row => row.Agent),
        Column.Number<Row>("agents", row => row.Agents),
        Column.Number<Row>("scheduledSeconds", row => row.Sums.Scheduled),
        Column.Number<Row>("inSeconds", row => row.Sums.In),
        Column.Number<Row>("notPresentSeconds", row => row.Sums.NotPresent),
        Column.Number<Row>("wrongSeconds", row => row.Sums.Wrong),
        Column.Number<Row>("unknownSeconds", row => row.Sums.Unknown),
        Column.Number<Row>("notScheduledSeconds", row => row.Sums.NotScheduled),
        Column.Number<Row>("workedSeconds", row => row.Sums.Worked),
        Column.Number<Row>("scheduledWorkSeconds", row => row.Sums.ScheduledWork),
        Column.Number<Row>("scheduledWorkUnknownSeconds", row => row.Sums.ScheduledWorkUnknown),
        Column.Decimal<Row>("adherence", 1, row => row.Sums.Adherence),
        Column.Decimal<Row>("conformance", 1, row => row.Sums.Conformance),
    ];

    private readonly IntegrationLookup _integrations;
    private readonly AdherenceResults _results;
    private readonly LiveSnapshots _pictures;

    public AdherenceApi(IntegrationLookup integrations, AdherenceResults results, LiveSnapshots pictures) => (_integrations, _results, _pictures) = (integrations, results, pictures);

    /// <summary>Of this moment, or of a window where one is given.</summary>
    public async Task<IResult> ListAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, ["from", "to", Agent, .. RowsRequest.Parameters]);
        var asked = RowsRequest.Of(request, query);
        var integration = (await _integrations.RequireAsync(id, cancellationToken)).Value;
        return query.Text("from") is null && query.Text("to") is null
            ? await NowAsync(integration, asked, query.Text(Agent), cancellationToken)
            : await WindowAsync(integration, asked, query.Window(integration.PlanningTimeZone, MaxDays).RequireWholeSeconds(), query.Text(Agent), cancellationToken);
    }

    private async Task<IResult> NowAsync(Integration integration, RowsRequest asked, string? agent, CancellationToken cancellationToken)
    {
        var picture = await _pictures.ReadAsync(integration, cancellationToken);
        var from = asked.From?.Text(0);
        var agents = (await _results.NowAsync(integration, picture, cancellationToken)).Where(now => (agent is null || now.Agent == agent) && string.CompareOrdinal(now.Agent, from) >= 0);
        return await RowsAnswer<AgentNow>.BeginAsync(
            asked, Now(picture), now => new Position(now.Agent), agents.ToAsyncEnumerable(), cancellationToken, json => Write(json, picture), headers => FeedHeaders.Set(headers, picture));
    }

    private Task<IResult> WindowAsync(Integration integration, RowsRequest asked, Interval window, string? agent, CancellationToken cancellationToken) => RowsAnswer<Row>.BeginAsync(
        asked, Sums, row => row.Agent is null ? new Position(Team) : new Position(Agent, row.Agent), RowsAsync(integration, window, agent, asked.From, cancellationToken), cancellationToken);

    // The team is of all agents, on whatever page it stands: those before the page are worked out too.
    private async IAsyncEnumerable<Row> RowsAsync(Integration integration, Interval window, string? agent, Position? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = from?.Text(0) == Agent ? from.Text(1) : null;
        var (team, agents) = (default(AdherenceSums), 0);
        await foreach (var (name, sums) in _results.WindowAsync(integration, window, agent, cancellationToken))
        {
            (team, agents) = (team + sums, agents + 1);
            if (from is null || (first is not null && IsFrom(name, first, integration.Buckets)))
            {
                yield return new(name, null, sums);
            }
        }

        yield return new(null, agents, team);
    }

    private static bool IsFrom(string agent, string first, int buckets) =>
        AgentStatesKeys.Bucket(agent, buckets).CompareTo(AgentStatesKeys.Bucket(first, buckets)) is var order && (order > 0 || (order == 0 && string.CompareOrdinal(agent, first) >= 0));

    // In each row, too: of CSV often the rows alone are kept, and a picture of some time ago must not pass for one of now.
    private static IReadOnlyList<Column<AgentNow>> Now(LiveSnapshot picture) =>
    [
        Column.Text<AgentNow>(Agent, now => now.Agent),
        Column.Text<AgentNow>("class", now => now.Class.Code()),
        Column.Time<AgentNow>("since", now => now.Since),
        Column.Flag<AgentNow>("buffer", now => now.Buffer),
        Column.Text<AgentNow>("scheduled", now => now.Scheduled?.Activity),
        Column.Text<AgentNow>("scheduledType", now => now.Scheduled?.Type.Code()),
        Column.Time<AgentNow>("scheduledEnd", now => now.Scheduled?.End),
        Column.Text<AgentNow>("activity", now => now.Activity),
        Column.Text<AgentNow>("state", now => now.State?.State),
        Column.Text<AgentNow>("reasonCode", now => now.State?.Reason),
        Column.Time<AgentNow>("stateSince", now => now.State?.Since),
        Column.Text<AgentNow>("feed", _ => picture.Feed.Code()),
        Column.Time<AgentNow>("asOf", _ => picture.AsOf),
    ];

    private static void Write(Utf8JsonWriter json, LiveSnapshot picture)
    {
        json.WriteString("feed", picture.Feed.Code());
        if (picture.AsOf is { } asOf)
        {
            json.WriteString("asOf", InstantPattern.ExtendedIso.Format(asOf));
        }

        if (picture.Reason is { } reason)
        {
            json.WriteString("reason", reason);
        }
    }

    /// <param name="Agent">Null for the team.</param>
    /// <param name="Agents">Of a team.</param>
    private sealed record Row(string? Agent, int? Agents, AdherenceSums Sums);
}
