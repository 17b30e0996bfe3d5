using Azure;
using Azure.Data.Tables;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Retention;

/// <summary>
/// Everything that is stored of an integration, to be deleted a portion at a time. What is deleted is told by keys alone, so it can be
/// begun again anywhere, and two who delete at once are in nobody's way.
/// </summary>
/// <remarks>The row of the Five9 user stays: it is the user's, and knows which passwords must not be tried again.</remarks>
public sealed class IntegrationData(TableServiceClient tables, RawDayStore rawDays)
{
    private const int MaxTransaction = 100;

    /// <summary>
    /// Every table with rows of an integration. Runs go before their slices: a run that misses slices would be planned again. Raw days go
    /// after those and before all that follows from them, the days' own rows last.
    /// </summary>
    internal static IReadOnlyList<string> Tables { get; } =
    [
        StorageLayout.ImportRunsTable,
        StorageLayout.ImportSlicesTable,
        .. StorageLayout.Tables.Except([StorageLayout.IntegrationsTable, StorageLayout.Five9UsersTable, StorageLayout.ImportRunsTable, StorageLayout.ImportSlicesTable, StorageLayout.ReportDaysTable]),
        StorageLayout.ReportDaysTable,
    ];

    /// <summary>Deletes of everything, up to so many rows and raw days.</summary>
    /// <returns>How many were there; 0: nothing is left.</returns>
    public async Task<int> DeleteAllAsync(string integration, int most, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var table in Tables)
        {
            found += await DeleteAsync(table, Own(TableKey.Join(integration)), most - found, cancellationToken);
            found += await DeleteAsync(table, Under(TableKey.Under(integration)), most - found, cancellationToken);
            if (table == StorageLayout.ImportSlicesTable && found < most)
            {
                found += await rawDays.DeleteAllAsync(integration, most - found, cancellationToken);
            }
        }

        return found;
    }

    /// <summary>Deletes of the days before a local date, up to so many rows and raw days; their rows in ReportDayTable only when nothing else is left of them.</summary>
    /// <inheritdoc cref="DeleteAllAsync" path="/returns"/>
    public async Task<int> DeleteDaysAsync(string integration, LocalDate before, int most, CancellationToken cancellationToken)
    {
        var (from, found) = (TableKey.Under(integration).From, 0);
        foreach (var report in ReportNames.All)
        {
            found += found < most ? await rawDays.DeleteBeforeAsync(integration, report, before, most - found, cancellationToken) : 0;
        }

        foreach (var table in new[] { StorageLayout.AgentStatesTable, StorageLayout.QueueIntervalsTable, StorageLayout.CallsTable })
        {
            found += await DeleteAsync(table, Under((from, TableKey.Join(integration, KeyTime.Date(before)))), most - found, cancellationToken);
        }

        found += await DeleteAsync(StorageLayout.SchedulesTable, SchedulesBefore(integration, before), most - found, cancellationToken);
        foreach (var report in found == 0 ? ReportNames.All : [])
        {
            found += await DeleteAsync(StorageLayout.ReportDaysTable, DaysBefore(integration, report, before), most - found, cancellationToken);
        }

        return found;
    }

    /// <summary>Whether anything is stored of days before a local date: a raw day, the row that goes last, or what was planned.</summary>
    public async Task<bool> AnyDaysAsync(string integration, LocalDate before, CancellationToken cancellationToken)
    {
        foreach (var report in ReportNames.All)
        {
            if (await rawDays.AnyBeforeAsync(integration, report, before, cancellationToken)
                || await KeysAsync(StorageLayout.ReportDaysTable, DaysBefore(integration, report, before), 1, cancellationToken).AnyAsync(cancellationToken))
            {
                return true;
            }
        }

        return await KeysAsync(StorageLayout.SchedulesTable, SchedulesBefore(integration, before), 1, cancellationToken).AnyAsync(cancellationToken);
    }

    /// <summary>Deletes the slices of runs and what they changed, and then those runs.</summary>
    /// <inheritdoc cref="DeleteAllAsync" path="/returns"/>
    public async Task<int> DeleteRunsAsync(string integration, IEnumerable<string> runs, int most, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var run in runs)
        {
            found += await DeleteAsync(StorageLayout.ImportSlicesTable, Own(ImportSlicesKeys.Partition(integration, run)), most - found, cancellationToken);
            found += await DeleteAsync(StorageLayout.ImportChangesTable, Own(ImportChangesKeys.Partition(integration, run)), most - found, cancellationToken);
            if (found >= most)
            {
                break;
            }

            await tables.GetTableClient(StorageLayout.ImportRunsTable).DeleteEntityAsync(ImportRunsKeys.Partition(integration), ImportRunsKeys.Row(run), cancellationToken: cancellationToken);
            found++;
        }

        return found;
    }

    /// <summary>Deletes the keys of requests before an instant: their runs are too old to be asked about.</summary>
    /// <inheritdoc cref="DeleteAllAsync" path="/returns"/>
    public Task<int> DeleteRequestsAsync(string integration, Instant before, int most, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ImportRunsKeys.RequestPartition(integration)} and RequestedAt lt {before.ToDateTimeOffset()}");
        return DeleteAsync(StorageLayout.ImportRunsTable, filter, most, cancellationToken);
    }

    private static string Own(string partition) => TableClient.CreateQueryFilter($"PartitionKey eq {partition}");

    private static string Under((string From, string To) keys) => TableClient.CreateQueryFilter($"PartitionKey ge {keys.From} and PartitionKey lt {keys.To}");

    // Days of UTC: the one before can hold what is on the local day.
    private static string SchedulesBefore(string integration, LocalDate before) => Under((TableKey.Under(integration).From, TableKey.Join(integration, KeyTime.Date(before.PlusDays(-1)))));

    private static string DaysBefore(string integration, string report, LocalDate before) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {ReportDaysKeys.Partition(integration, report)} and RowKey lt {ReportDaysKeys.Row(before)}");

    private IAsyncEnumerable<TableEntity> KeysAsync(string table, string filter, int most, CancellationToken cancellationToken) => tables.GetTableClient(table)
        .QueryAsync<TableEntity>(filter, Math.Min(most, 1000), [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken).Take(most);

    private async Task<int> DeleteAsync(string table, string filter, int most, CancellationToken cancellationToken)
    {
        if (most <= 0)
        {
            return 0;
        }

        // Read first: a query goes on behind the last row that it gave, and those are gone then.
        var rows = await KeysAsync(table, filter, most, cancellationToken).ToListAsync(cancellationToken);
        foreach (var batch in rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(MaxTransaction)))
        {
            try
            {
                await tables.GetTableClient(table).SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == 404 && e.ErrorCode != "TableNotFound")
            {
                // Somebody else deleted one of them. The others count as found, so there is a next time.
            }
        }

        return rows.Count;
    }
}
