using System.Text.Json;
using Azure.Data.Tables;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Imports;

/// <summary>The table ImportRuns, newest run first: docs/tables.md.</summary>
public sealed class ImportRuns(TableServiceClient tables)
{
    public const string TableName = "ImportRuns";

    private readonly TableClient _table = tables.GetTableClient(TableName);

    public async Task<Stored<ImportRun>?> FindAsync(string integration, string run, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(ImportRunsKeys.Partition(integration), run, cancellationToken: cancellationToken);
        return found.HasValue ? new Stored<ImportRun>(Read(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>Newest first; stop reading when you have seen enough.</summary>
    public async IAsyncEnumerable<ImportRun> OfAsync(string integration, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ImportRunsKeys.Partition(integration)}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, maxPerPage: 100, cancellationToken: cancellationToken))
        {
            yield return Read(entity);
        }
    }

    /// <returns>False when a run of this id is there already.</returns>
    public Task<bool> TryAddAsync(ImportRun run, CancellationToken cancellationToken) => _table.TryAddAsync(Write(run), cancellationToken);

    /// <returns>False when somebody else changed the run meanwhile.</returns>
    public Task<bool> TryUpdateAsync(Stored<ImportRun> from, ImportRun to, CancellationToken cancellationToken) =>
        _table.TryReplaceAsync(Write(to), from.ETag, cancellationToken);

    private static TableEntity Write(ImportRun r)
    {
        var entity = new TableEntity(ImportRunsKeys.Partition(r.Integration), r.Id)
        {
            [nameof(r.Integration)] = r.Integration,
            [nameof(r.Kind)] = r.Kind.ToString(),
            [nameof(r.Force)] = r.Force,
        };
        entity.Set(nameof(r.RequestedAt), r.RequestedAt);
        entity.Set("From", r.Window?.Start);
        entity.Set("To", r.Window?.End);
        entity.Set(nameof(r.FinishedAt), r.FinishedAt);
        if (r.Reports is { } reports)
        {
            entity[nameof(r.Reports)] = reports;
        }

        if (r.Plan is { } plan)
        {
            entity.SetLong(nameof(r.Plan), JsonSerializer.Serialize(plan.Select(w => new[] { w.Report, InstantPattern.ExtendedIso.Format(w.Window.Start), InstantPattern.ExtendedIso.Format(w.Window.End) })));
        }

        if (r.Planned is { } planned)
        {
            entity[nameof(r.Planned)] = planned;
        }

        return entity;
    }

    private static ImportRun Read(TableEntity entity) => UnreadableRowException.Read(TableName, entity, e => new ImportRun
    {
        Integration = e.Text(nameof(ImportRun.Integration)),
        Id = e.RowKey,
        Kind = Enum.Parse<RunKind>(e.Text(nameof(ImportRun.Kind))),
        Force = e.Bool(nameof(ImportRun.Force)),
        RequestedAt = e.Instant(nameof(ImportRun.RequestedAt)),
        Window = e.InstantOrNull("From") is { } from ? new Interval(from, e.Instant("To")) : null,
        Reports = e.GetString(nameof(ImportRun.Reports)),
        Plan = e.LongText(nameof(ImportRun.Plan)) is { Length: > 0 } plan
            ? [.. JsonSerializer.Deserialize<string[][]>(plan)!.Select(w => new PlannedWindow(w[0], new Interval(InstantPattern.ExtendedIso.Parse(w[1]).Value, InstantPattern.ExtendedIso.Parse(w[2]).Value)))]
            : null,
        Planned = e.GetInt32(nameof(ImportRun.Planned)),
        FinishedAt = e.InstantOrNull(nameof(ImportRun.FinishedAt)),
    });
}
