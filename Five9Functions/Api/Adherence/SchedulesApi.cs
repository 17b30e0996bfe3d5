using System.Runtime.CompilerServices;
using Five9Functions.Adherence;
using Five9Functions.Api.Queries;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Storage.Tables;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Api.Adherence;

/// <summary>What agents are planned to do: docs/api.md.</summary>
public sealed class SchedulesApi(IntegrationLookup integrations, SchedulesTable schedules, ReplaceSchedules replace)
{
    private const int MaxDays = 31;

    private static readonly IReadOnlyList<Column<ScheduledActivity>> Columns =
    [
        Column.Text<ScheduledActivity>("agent", a => a.Agent),
        Column.Text<ScheduledActivity>("activity", a => a.Activity),
        Column.Text<ScheduledActivity>("type", a => a.Type.Code()),
        Column.Time<ScheduledActivity>("start", a => a.Start),
        Column.Time<ScheduledActivity>("end", a => a.End),
    ];

    /// <summary>What starts in the window: what a replacement of it replaces.</summary>
    public async Task<IResult> ListAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, ["from", "to", "agent", .. RowsRequest.Parameters]);
        var asked = RowsRequest.Of(request, query);
        var integration = (await integrations.RequireAsync(id, cancellationToken)).Value;
        return await RowsAnswer<ScheduledActivity>.BeginAsync(
            asked,
            Columns,
            a => new Position(Position.Of(a.Start.InUtc().Date), a.Agent, Position.Of(a.Start)),
            RowsAsync(integration, query.Window(integration.PlanningTimeZone, MaxDays), query.Text("agent"), asked.From, cancellationToken),
            cancellationToken);
    }

    public async Task<IResult> ReplaceAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, "from", "to");
        var integration = (await integrations.RequireAsync(id, cancellationToken)).Value;
        var zone = integration.PlanningTimeZone;
        var window = query.Window(zone, MaxDays).RequireWholeSeconds();
        var rows = await SchedulesBody.ReadAsync(request, cancellationToken);
        var reading = new ScheduleReading(window, zone);
        var wanted = reading.Read(rows);
        var replaced = await replace.RunAsync(integration, window, wanted, cancellationToken);
        return replaced.Outcome switch
        {
            ScheduleOutcome.Overlap => throw Overlap(replaced.Overlaps),
            ScheduleOutcome.Busy => throw new ApiException(
                StatusCodes.Status503ServiceUnavailable, ApiProblem.SchedulesBusy, $"Another replacement of schedules of {id} is under way, or one was cut off less than five minutes ago: send it again in a minute."),
            _ => new JsonAnswer<ReplacedSchedules>(new(window.Start, window.End, wanted.Count, replaced.Added, replaced.Changed, replaced.Deleted, reading.Warnings)),
        };
    }

    private async IAsyncEnumerable<ScheduledActivity> RowsAsync(Integration integration, Interval window, string? agent, Position? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var begin = from is null ? default((LocalDate Date, string Agent, Instant Start)?) : (from.Date(0), from.Text(1), from.Time(2));
        int BucketOf(string name) => SchedulesKeys.Bucket(name, integration.Buckets);
        var first = window.Start.InUtc().Date;
        for (var date = begin?.Date > first ? begin.Value.Date : first; date.AtMidnight().InUtc().ToInstant() < window.End; date = date.PlusDays(1))
        {
            var here = begin?.Date == date ? begin : null;
            foreach (var bucket in (agent is null ? Enumerable.Range(0, integration.Buckets) : [BucketOf(agent)]).Where(bucket => here is not { } b || bucket >= BucketOf(b.Agent)))
            {
                foreach (var activity in await schedules.ReadDayAsync(integration.Id, date, bucket, agent, cancellationToken))
                {
                    if (window.Contains(activity.Start) && (here is not { } b || bucket > BucketOf(b.Agent) || string.CompareOrdinal(activity.Agent, b.Agent) is var order && (order > 0 || (order == 0 && activity.Start >= b.Start))))
                    {
                        yield return activity;
                    }
                }
            }
        }
    }

    private static ApiException Overlap(IReadOnlyList<ScheduleOverlap> overlaps) => new(
        StatusCodes.Status409Conflict, ApiProblem.SchedulesOverlap, overlaps is [var only] ? Sentence(only) : $"{Sentence(overlaps[0])} There are more; errors names the first {overlaps.Count}.")
    {
        Errors = [.. overlaps.Select(overlap => new FieldError("items", Sentence(overlap)))],
    };

    private static string Sentence(ScheduleOverlap overlap) =>
        $"{overlap.Activity.Agent}: {Text(overlap.Activity)} overlaps {Text(overlap.Other)}{(overlap.Kept ? ", which is stored and starts outside of the window" : "")}.";

    private static string Text(ScheduledActivity activity) => $"{activity.Activity} {InstantPattern.ExtendedIso.Format(activity.Start)} to {InstantPattern.ExtendedIso.Format(activity.End)}";

    private sealed record ReplacedSchedules(Instant From, Instant To, int Activities, int Added, int Changed, int Deleted, IReadOnlyList<FieldError> Warnings);
}
