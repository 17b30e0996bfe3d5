using System.Runtime.CompilerServices;
using System.Text.Json;
using Five9Functions.Calls;
using Five9Functions.Integrations;
using Five9Functions.Queries;
using Five9Functions.Storage.Tables;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Api.Queries;

/// <summary>The figures of queues: docs/api.md.</summary>
public sealed class IntervalsApi(IntegrationLookup integrations, IntervalResults results, QueuesTable queues, WorkloadsTable workloads)
{
    private const int MaxDays = 92;

    public async Task<IResult> ListAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, ["from", "to", "queue", "workload", "minutes", .. RowsRequest.Parameters]);
        var asked = RowsRequest.Of(request, query);
        var integration = (await integrations.RequireAsync(id, cancellationToken)).Value;
        var wanted = await WantedAsync(integration, query, cancellationToken);
        var absent = new List<LocalDate>();
        return await RowsAnswer<IntervalRow>.BeginAsync(
            asked,
            Columns(integration.ServiceLevelFormula),
            row => new Position(Position.Of(LocalDateOf(row, integration)), Position.Of(row.Start), row.Queue ?? ""),
            RowsAsync(integration, wanted, asked.From, absent, cancellationToken),
            cancellationToken,
            json => WriteAbsent(json, absent));
    }

    private async Task<IntervalsWanted> WantedAsync(Integration integration, RequestQuery query, CancellationToken cancellationToken)
    {
        var window = query.Window(integration.DateTimeZone, MaxDays);
        var minutes = int.Parse(query.Word("minutes", "15", "30", "60") ?? "15", System.Globalization.CultureInfo.InvariantCulture);
        var (queue, workload) = (query.Text("queue"), query.Text("workload"));
        if (queue is not null && workload is not null)
        {
            throw ApiException.Invalid([new FieldError("workload", "Give queue or workload, not both.")]);
        }

        var known = (await queues.ReadAsync(integration.Id, integration.Grouping, cancellationToken)).Queues;
        var workloadOf = (await workloads.ReadAsync(integration.Id, integration.Grouping, cancellationToken)).ToDictionary(w => w.Key, w => w.Value.Value.Workload);
        if (queue is not null && !known.Any(k => k.Queue == queue))
        {
            throw QueuesApi.Unknown(integration.Id);
        }

        if (workload is not null && !workloadOf.ContainsValue(workload))
        {
            throw ApiException.NotFound(ApiProblem.WorkloadUnknown, "No queue of this integration has this workload: GET /workloads lists them all.");
        }

        Func<string, bool> includes = (queue, workload) switch
        {
            (not null, _) => name => name == queue,
            (_, not null) => name => workloadOf.GetValueOrDefault(name) == workload,
            _ => _ => true,
        };
        return new(window, minutes, includes, known, workloadOf, workload);
    }

    private async IAsyncEnumerable<IntervalRow> RowsAsync(
        Integration integration, IntervalsWanted wanted, Position? from, List<LocalDate> absent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var begin = from is null ? default((LocalDate Date, Instant Start, string Queue)?) : (from.Date(0), from.Time(1), from.Text(2));
        await foreach (var day in results.ReadAsync(integration, wanted, begin?.Date, cancellationToken))
        {
            if (day.Rows is null)
            {
                absent.Add(day.Date);
            }

            foreach (var row in day.Rows ?? [])
            {
                if (begin is not { } b || row.Start > b.Start || (row.Start == b.Start && string.CompareOrdinal(row.Queue ?? "", b.Queue) >= 0))
                {
                    yield return row;
                }
            }
        }
    }

    private static LocalDate LocalDateOf(IntervalRow row, Integration integration) => row.Start.InZone(integration.DateTimeZone).Date;

    private static void WriteAbsent(Utf8JsonWriter json, IEnumerable<LocalDate> absent)
    {
        json.WriteStartArray("absentDays");
        foreach (var date in absent)
        {
            json.WriteStringValue(LocalDatePattern.Iso.Format(date));
        }

        json.WriteEndArray();
    }

    private static IReadOnlyList<Column<IntervalRow>> Columns(ServiceLevelFormula formula) =>
    [
        Column.Time<IntervalRow>("start", row => row.Start),
        Column.Time<IntervalRow>("end", row => row.End),
        Column.Text<IntervalRow>("queue", row => row.Queue),
        Column.Text<IntervalRow>("workload", row => row.Workload),
        .. IntervalFigures.Columns.Select(figure => Column.Number<IntervalRow>(figure.Name, row => figure.Value(row.Figures))),
        Column.Decimal<IntervalRow>("aht", 2, row => row.Figures.AverageHandleTime()),
        Column.Decimal<IntervalRow>("asa", 2, row => row.Figures.AverageSpeedOfAnswer()),
        Column.Decimal<IntervalRow>("serviceLevel", 4, row => row.Figures.ServiceLevel(formula)),
        Column.Decimal<IntervalRow>("abandonRate", 4, row => row.Figures.AbandonRate()),
        Column.Flag<IntervalRow>("provisional", row => row.Provisional),
    ];
}
