using Azure.Data.Tables;
using Azure.Storage.Queues;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Support;
using Five9Functions.Users;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>What holds of a storage account once everything that was asked for is imported, however often that was disturbed.</summary>
internal static class Settled
{
    /// <summary>Everything that is wrong, each in one line; nothing when all is well.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(string connectionString, CancellationToken cancellationToken) =>
    [
        .. await QueuesAsync(connectionString, cancellationToken),
        .. await UsersAsync(connectionString, cancellationToken),
        .. await RunsAsync(connectionString, cancellationToken),
        .. await DaysAsync(connectionString, cancellationToken),
    ];

    /// <summary>The messages in poison queues.</summary>
    public static async Task<long> PoisonAsync(string connectionString, CancellationToken cancellationToken) => await new QueueServiceClient(connectionString)
        .GetQueuesAsync(cancellationToken: cancellationToken)
        .Where(queue => queue.Name.EndsWith("-poison", StringComparison.Ordinal))
        .Select(async (queue, _, token) => (await new QueueClient(connectionString, queue.Name).GetPropertiesAsync(token)).Value.ApproximateMessagesCountLong)
        .SumAsync(cancellationToken);

    private static async Task<IReadOnlyList<string>> QueuesAsync(string connectionString, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        await foreach (var item in new QueueServiceClient(connectionString).GetQueuesAsync(cancellationToken: cancellationToken))
        {
            var messages = (await new QueueClient(connectionString, item.Name).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCountLong;
            if (messages != 0 && !item.Name.EndsWith("-poison", StringComparison.Ordinal))
            {
                problems.Add($"{messages} messages in the queue {item.Name}");
            }
        }

        return problems;
    }

    private static async Task<IReadOnlyList<string>> UsersAsync(string connectionString, CancellationToken cancellationToken) =>
    [
        .. (await new Five9UserTable(new TableServiceClient(connectionString), Unheard.Metrics, TimeProvider.System).AllAsync(cancellationToken))
            .Where(user => user.OpenRuns.Count + user.UnderWay.Count > 0)
            .Select(user => $"{user.UserName}: {user.OpenRuns.Count} open runs, {user.UnderWay.Count} slices in places"),
    ];

    private static async Task<IReadOnlyList<string>> RunsAsync(string connectionString, CancellationToken cancellationToken)
    {
        var tables = new TableServiceClient(connectionString);
        var problems = new List<string>();
        await foreach (var row in tables.GetTableClient(StorageLayout.ImportRunsTable).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            var run = (await new ImportRunTable(tables, Unheard.Metrics).FindAsync(row.PartitionKey, row.RowKey, cancellationToken))!.Value.Value;
            var slices = (await new ImportSliceTable(tables, Unheard.Metrics).OfRunAsync(run.Integration, run.Id, cancellationToken)).Select(s => s.Value).ToList();
            var fold = RunSummary.Of(run, slices);
            if (run.FinishedAt is null || fold.Status != RunStatus.Succeeded)
            {
                problems.Add($"{run.Integration} {run.Kind} {run.Id}: {fold.Status}, finished at {run.FinishedAt}. {string.Join(' ', fold.Errors)}");
            }

            problems.AddRange(slices.Where(s => !s.Finished).Select(s => $"stuck: {s}"));
            problems.AddRange(slices.Where(s => s.Read != s.Landed + s.Outside + s.Quarantined).Select(s => $"rows do not add up: {s}"));
        }

        return problems;
    }

    /// <summary>Each day was derived from what was landed last, and every row that is held is in one class.</summary>
    private static async Task<IReadOnlyList<string>> DaysAsync(string connectionString, CancellationToken cancellationToken)
    {
        var days = new ReportDayTable(new TableServiceClient(connectionString));
        var problems = new List<string>();
        var raw = await StorageSnapshot.OpenRawDaysAsync(connectionString, cancellationToken);
        foreach (var reader in raw)
        {
            var day = (await days.GetAsync(reader.Header.Id, cancellationToken)).Value;
            var rows = await reader.RowsAsync(cancellationToken).CountAsync(cancellationToken);
            var quarantined = await reader.QuarantinedAsync(cancellationToken).CountAsync(cancellationToken);
            var told = day.Accounting;
            if (day.LandedVersion != reader.Header.Version || told.Quarantined != quarantined || told.Visible + told.Absorbed + told.Duplicate + told.Marker != rows)
            {
                problems.Add($"{reader.Header.Id}: {rows} rows and {quarantined} quarantined in version {reader.Header.Version}, but {day}");
            }

            problems.AddRange(day.Inputs
                .Where(input => raw.Single(r => r.Header.Id == day.Id with { Date = input.Key }).Header.Version != input.Value)
                .Select(input => $"{reader.Header.Id}: derived from an older {LocalDatePattern.Iso.Format(input.Key)}"));
        }

        return problems;
    }
}
