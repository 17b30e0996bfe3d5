using Azure.Data.Tables;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;

namespace Five9Functions.Imports;

/// <summary>
/// Opens the runs that people ask for. A request with a key is one run, however often it comes: the key's row is written first and names
/// the run, so whoever comes later, at once or after a kill, opens that same run.
/// </summary>
public sealed class ManualImports(TableServiceClient tables, ImportRunTable runs, RunOpening opening, ImportQueues queues, TimeProvider time)
{
    private const string Run = "Run";
    private const string Digest = "Digest";
    private const string RequestedAt = "RequestedAt";

    private readonly TableClient _table = tables.GetTableClient(StorageLayout.ImportRunsTable);

    /// <param name="key">Null: the request is a run of its own.</param>
    /// <returns>The run, which is written by now; null when the key was given to another request before.</returns>
    public async Task<ImportRun?> OpenAsync(Integration integration, ManualImport wanted, string? key, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var run = new ImportRun
        {
            Integration = integration.Id,
            // Two can come in one instant.
            Id = RunId.At(now, Guid.NewGuid().ToString("N")[..8]),
            Kind = RunKind.Manual,
            RequestedAt = now,
            Window = wanted.Window,
            Force = wanted.Force,
            Source = wanted.Source,
            Changes = wanted.DryRun ? ChangeCounting.DryRun : ChangeCounting.Counted,
            Reports = wanted.Reports is null ? null : string.Join(',', wanted.Reports),
        };
        if (key is not null)
        {
            var request = await RememberAsync(integration.Id, key, run, wanted.Digest, cancellationToken);
            if (request.Text(Digest) != wanted.Digest)
            {
                return null;
            }

            run = run with { Id = request.Text(Run), RequestedAt = request.Instant(RequestedAt) };
        }

        if (await opening.OpenAsync(integration, run, cancellationToken))
        {
            return run;
        }

        run = (await runs.FindAsync(integration.Id, run.Id, cancellationToken))?.Value ?? run;
        if (run is { Planned: null, FinishedAt: null })
        {
            // Whoever came first may have died before he sent it.
            await queues.SendAsync(new ImportJob(run.Integration, run.Id), cancellationToken);
        }

        return run;
    }

    private async Task<TableEntity> RememberAsync(string integration, string key, ImportRun run, string digest, CancellationToken cancellationToken)
    {
        var row = new TableEntity(ImportRunsKeys.RequestPartition(integration), ImportRunsKeys.RequestRow(key)) { [Run] = run.Id, [Digest] = digest };
        row.Set(RequestedAt, run.RequestedAt);
        return await _table.TryAddAsync(row, cancellationToken) ? row : await _table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
    }
}
