using System.Text.Json;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Queries;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api.Queries;

/// <summary>The queues and their workloads: docs/api.md.</summary>
public sealed class QueuesApi(IntegrationLookup integrations, QueueWorkloads workloads)
{
    /// <summary>Stands in the path for a queue that the parameter names.</summary>
    private const string NamedElsewhere = "-";

    private const int MaxWorkload = 100;

    private static readonly IReadOnlyList<Column<CataloguedQueue>> Columns =
    [
        Column.Text<CataloguedQueue>("queue", queue => queue.Queue.Queue),
        Column.Text<CataloguedQueue>("state", queue => queue.Queue.IsActive ? "active" : "gone"),
        Column.Time<CataloguedQueue>("firstSeen", queue => queue.Queue.FirstSeen),
        Column.Time<CataloguedQueue>("lastSeen", queue => queue.Queue.LastSeen),
        Column.Flag<CataloguedQueue>("listed", queue => queue.Queue.Listed),
        Column.Time<CataloguedQueue>("goneSince", queue => queue.Queue.GoneSince),
        Column.Text<CataloguedQueue>("workload", queue => queue.Workload?.Value.Workload),
        Column.Text<CataloguedQueue>("etag", ETagOf),
    ];

    private static readonly IReadOnlyList<Column<Workload>> WorkloadColumns =
    [
        Column.Text<Workload>("workload", workload => workload.Name),
        new("queues", Write, workload => JsonSerializer.Serialize(workload.Queues, ApiJson.Options)),
    ];

    public static ApiException Unknown(string integration) =>
        ApiException.NotFound(ApiProblem.QueueUnknown, $"{integration} has no queue of this name: GET /integrations/{integration}/queues lists them all.");

    public async Task<IResult> ListAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, RowsRequest.Parameters);
        var asked = RowsRequest.Of(request, query);
        var integration = (await integrations.RequireAsync(id, cancellationToken)).Value;
        var from = asked.From?.Text(0);
        var rows = (await workloads.ListAsync(integration, cancellationToken)).Where(queue => string.CompareOrdinal(queue.Queue.Queue, from) >= 0);
        var kind = Column.Text<CataloguedQueue>("kind", _ => integration.Grouping.Code());
        return await RowsAnswer<CataloguedQueue>.BeginAsync(asked, [Columns[0], kind, .. Columns.Skip(1)], queue => new Position(queue.Queue.Queue), rows.ToAsyncEnumerable(), cancellationToken);
    }

    public async Task<IResult> WorkloadsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RowsRequest.Of(request, new RequestQuery(request, RowsRequest.Parameters));
        var from = asked.From?.Text(0);
        var rows = workloads.AllAsync(cancellationToken).Where(workload => string.CompareOrdinal(workload.Name, from) >= 0);
        return await RowsAnswer<Workload>.BeginAsync(asked, WorkloadColumns, workload => new Position(workload.Name), rows, cancellationToken);
    }

    /// <param name="named">The queue as the path names it.</param>
    public async Task<IResult> SetWorkloadAsync(string id, string named, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, "queue");
        var integration = (await integrations.RequireAsync(id, cancellationToken)).Value;
        var queue = await FindAsync(integration, named, query.Text("queue"), cancellationToken);
        EntityTag.RequireMatch(request, queue.Workload?.ETag ?? default, What(queue));
        var workload = Read((await RequestBody.ReadAsync<WorkloadChange>(request, cancellationToken)).Workload);
        if (workload != queue.Workload?.Value.Workload && !await workloads.TrySetAsync(integration, queue, workload, cancellationToken))
        {
            throw EntityTag.Changed(What(queue));
        }

        var now = await FindAsync(integration, named, query.Text("queue"), cancellationToken);
        return new JsonAnswer<QueueAnswer>(new(now.Queue.Queue, integration.Grouping.Code(), now.Workload?.Value.Workload)) { ETag = ETagOf(now) };
    }

    private async Task<CataloguedQueue> FindAsync(Integration integration, string named, string? parameter, CancellationToken cancellationToken)
    {
        if (parameter is not null)
        {
            return named == NamedElsewhere
                ? await workloads.FindAsync(integration, parameter, cancellationToken) ?? throw Unknown(integration.Id)
                : throw ApiException.Invalid([new FieldError("queue", $"Name the queue in the path or in the parameter queue, not in both; with the parameter, the path has {NamedElsewhere} in its place.")]);
        }

        // A server decodes everything in a path but the slash.
        return await workloads.FindAsync(integration, named, cancellationToken)
            ?? await workloads.FindAsync(integration, named.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), cancellationToken)
            ?? throw Unknown(integration.Id);
    }

    private static string? Read(string? workload)
    {
        var name = workload?.Trim();
        if (name is not null && !PlainText.IsPlain(name) && !name.Any(char.IsControl))
        {
            throw ApiException.Invalid([new FieldError("workload", $"workload must not hold {PlainText.Refused}.")]);
        }

        return name is null || (name.Length is > 0 and <= MaxWorkload && !name.Any(char.IsControl))
            ? name
            : throw ApiException.Invalid([new FieldError("workload", $"workload must have 1 to {MaxWorkload} characters and no control characters; null takes it away.")]);
    }

    private static string What(CataloguedQueue queue) => $"the workload of the queue {queue.Queue.Queue}";

    private static string ETagOf(CataloguedQueue queue) => EntityTag.Of(queue.Workload?.ETag ?? default);

    private static void Write(Utf8JsonWriter json, Workload workload)
    {
        json.WritePropertyName("queues");
        JsonSerializer.Serialize(json, workload.Queues, ApiJson.Options);
    }

    private sealed record WorkloadChange
    {
        /// <summary>Null takes it away.</summary>
        public required string? Workload { get; init; }
    }

    private sealed record QueueAnswer(string Queue, string Kind, string? Workload);
}
