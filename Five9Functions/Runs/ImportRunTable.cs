using System.Text.Json;
using Azure.Data.Tables;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Runs;

/// <summary>The table ImportRunTable, newest run first: docs/tables.md.</summary>
public sealed class ImportRunTable(TableServiceClient tables, ImportMetrics metrics)
{
    private readonly TableClient _table = tables.GetTableClient(StorageLayout.ImportRunsTable);

    public async Task<Versioned<ImportRun>?> FindAsync(string integration, string run, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(ImportRunsKeys.Partition(integration), run, cancellationToken: cancellationToken);
        return found.HasValue ? new Versioned<ImportRun>(Read(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>Newest first; stop reading when you have seen enough.</summary>
    public IAsyncEnumerable<ImportRun> ListAsync(string integration, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {ImportRunsKeys.Partition(integration)}"), cancellationToken);

    /// <summary>Runs older than one, newest first.</summary>
    /// <param name="after">A run's id; null for all.</param>
    /// <param name="kind">Null for all kinds.</param>
    public IAsyncEnumerable<ImportRun> ListAsync(string integration, string? after, RunKind? kind, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ImportRunsKeys.Partition(integration)} and RowKey gt {(after is null ? "" : ImportRunsKeys.Row(after))}");
        return QueryAsync(kind is null ? filter : $"{filter} and {TableClient.CreateQueryFilter($"Kind eq {kind.Value.ToString()}")}", cancellationToken);
    }

    /// <summary>The ids of finished runs that were asked for before an instant.</summary>
    public async IAsyncEnumerable<string> FinishedBeforeAsync(string integration, Instant before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Older runs come last, whatever suffix their ids have.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ImportRunsKeys.Partition(integration)} and RowKey gt {ImportRunsKeys.Row(RunId.At(before))}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, maxPerPage: 100, [nameof(TableEntity.RowKey), nameof(ImportRun.FinishedAt)], cancellationToken))
        {
            if (entity.InstantOrNull(nameof(ImportRun.FinishedAt)) is not null)
            {
                yield return entity.RowKey;
            }
        }
    }

    /// <returns>False when a run of this id is there already.</returns>
    public Task<bool> TryAddAsync(ImportRun run, CancellationToken cancellationToken) => _table.TryAddAsync(Write(run), cancellationToken);

    /// <returns>False when somebody else changed the run meanwhile.</returns>
    public async Task<bool> TryUpdateAsync(Versioned<ImportRun> from, ImportRun to, CancellationToken cancellationToken)
    {
        if (!await _table.TryReplaceAsync(Write(to), from.ETag, cancellationToken))
        {
            return false;
        }

        if (from.Value.FinishedAt is null && to is { FinishedAt: not null, Outcome: not null })
        {
            metrics.RunEnded(to);
        }

        return true;
    }

    private async IAsyncEnumerable<ImportRun> QueryAsync(string filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, maxPerPage: 100, cancellationToken: cancellationToken))
        {
            yield return Read(entity);
        }
    }

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
        entity.Set(nameof(r.StartedAt), r.StartedAt);
        entity.Set(nameof(r.CancelledAt), r.CancelledAt);
        entity.Set(nameof(r.RetriedAt), r.RetriedAt);
        entity.Set(nameof(r.ComparingSince), r.ComparingSince);
        entity.Set(nameof(r.ComparedAt), r.ComparedAt);
        entity.Set(nameof(r.FinishedAt), r.FinishedAt);
        if (r.Source != default)
        {
            entity[nameof(r.Source)] = r.Source.ToString();
        }

        if (r.Changes != default)
        {
            entity[nameof(r.Changes)] = r.Changes.ToString();
        }

        if (r.Retries > 0)
        {
            entity[nameof(r.Retries)] = r.Retries;
        }

        if (r.Outcome is { } outcome)
        {
            entity[nameof(outcome.Status)] = outcome.Status.ToString();
            entity["Slices"] = outcome.Slices;
            entity["SlicesFailed"] = outcome.Failed;
            entity["RowsRead"] = outcome.Read;
            entity["RowsLanded"] = outcome.Landed;
            entity["RowsOutside"] = outcome.Outside;
            entity["RowsQuarantined"] = outcome.Quarantined;
        }

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

    private static ImportRun Read(TableEntity entity) => UnreadableRowException.Read(StorageLayout.ImportRunsTable, entity, e => new ImportRun
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
        Source = e.Text(nameof(ImportRun.Source)) is { Length: > 0 } source ? Enum.Parse<ImportSource>(source) : default,
        Changes = e.Text(nameof(ImportRun.Changes)) is { Length: > 0 } changes ? Enum.Parse<ChangeCounting>(changes) : default,
        ComparingSince = e.InstantOrNull(nameof(ImportRun.ComparingSince)),
        ComparedAt = e.InstantOrNull(nameof(ImportRun.ComparedAt)),
        StartedAt = e.InstantOrNull(nameof(ImportRun.StartedAt)),
        CancelledAt = e.InstantOrNull(nameof(ImportRun.CancelledAt)),
        Retries = e.Int(nameof(ImportRun.Retries)),
        RetriedAt = e.InstantOrNull(nameof(ImportRun.RetriedAt)),
        FinishedAt = e.InstantOrNull(nameof(ImportRun.FinishedAt)),
        Outcome = e.Text(nameof(RunOutcome.Status)) is { Length: > 0 } status
            ? new RunOutcome(Enum.Parse<RunStatus>(status), e.Int("Slices"), e.Int("SlicesFailed"), e.Int("RowsRead"), e.Int("RowsLanded"), e.Int("RowsOutside"), e.Int("RowsQuarantined"))
            : null,
    });
}
