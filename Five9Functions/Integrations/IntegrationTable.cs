using Azure;
using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>The table Integrations: docs/tables.md.</summary>
public sealed class IntegrationTable(TableServiceClient tables)
{
    public const string TableName = "Integrations";

    private readonly TableClient _table = tables.GetTableClient(TableName);
    private readonly RemovedIntegrations _removed = new(tables);

    public async Task<Integration?> FindAsync(string id, CancellationToken cancellationToken) => (await FindStoredAsync(id, cancellationToken))?.Value;

    /// <summary>With the version that an edit replaces.</summary>
    public async Task<Stored<Integration>?> FindStoredAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(IntegrationsKeys.Partition, IntegrationsKeys.Row(id), cancellationToken: cancellationToken);
        return found.HasValue ? new Stored<Integration>(Read(found.Value!), found.Value!.ETag) : null;
    }

    /// <exception cref="UnreadableRowException">A row cannot be understood.</exception>
    public Task<IReadOnlyList<Integration>> AllAsync(CancellationToken cancellationToken) => AllAsync(e => throw e, cancellationToken);

    /// <param name="unreadable">Takes each row that cannot be understood; the others are read all the same.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Integration>> AllAsync(Action<UnreadableRowException> unreadable, CancellationToken cancellationToken)
    {
        var all = new List<Integration>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {IntegrationsKeys.Partition}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (IntegrationsKeys.IsIntegration(entity.RowKey))
            {
                try
                {
                    all.Add(Read(entity));
                }
                catch (UnreadableRowException e)
                {
                    unreadable(e);
                }
            }
        }

        return all;
    }

    /// <summary>
    /// Writes an integration from the configuration. What keys or coverage depend on (buckets, start of history) and when it was created stays as it was
    /// created; an unchanged integration is not written.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another integration has the name.</exception>
    /// <exception cref="RemovedIntegrationException">One of the same id was removed, and its data is still being deleted, or is that of another zone.</exception>
    public async Task SeedAsync(Integration wanted, CancellationToken cancellationToken)
    {
        var existing = await FindAsync(wanted.Id, cancellationToken);
        var left = existing is null ? await _removed.FindAsync(wanted.Id, cancellationToken) : null;
        var next = existing is null ? left?.Value.TakeUp(wanted) ?? wanted
            : wanted with { Buckets = existing.Buckets, HistoryStart = Min(existing.HistoryStart, wanted.HistoryStart), CreatedAt = existing.CreatedAt };
        if (next == existing)
        {
            return;
        }

        var actions = new List<TableTransactionAction> { new(TableTransactionActionType.UpsertReplace, Write(next)) };
        if (existing is null || IntegrationsKeys.NameRow(existing.Name) != IntegrationsKeys.NameRow(next.Name))
        {
            var name = new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.NameRow(next.Name)) { ["Integration"] = next.Id };
            actions.Add(new(TableTransactionActionType.Add, name));
            if (existing is not null)
            {
                actions.Add(new(TableTransactionActionType.Delete, new TableEntity(IntegrationsKeys.Partition, IntegrationsKeys.NameRow(existing.Name)), ETag.All));
            }
        }

        if (left is { } kept)
        {
            actions.Add(RemovedIntegrations.Forgotten(kept));
        }

        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
        }
        catch (TableTransactionFailedException e) when (e.Status == 409)
        {
            // Either another instance seeded the same integration first, or the name is taken.
            if (await HolderAsync(next.Name, cancellationToken) != next.Id)
            {
                throw new InvalidOperationException($"The integration {wanted.Id} cannot have the name '{wanted.Name}': another integration has it. Choose another Name.", e);
            }
        }
    }

    private async Task<string?> HolderAsync(string name, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(IntegrationsKeys.Partition, IntegrationsKeys.NameRow(name), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.Text("Integration") : null;
    }

    private static LocalDate Min(LocalDate a, LocalDate b) => a < b ? a : b;

    private static TableEntity Write(Integration i)
    {
        var entity = Columns(i);
        entity.Set(nameof(i.CreatedAt), i.CreatedAt);
        return entity;
    }

    private static TableEntity Columns(Integration i) => new(IntegrationsKeys.Partition, IntegrationsKeys.Row(i.Id))
    {
        [nameof(i.Name)] = i.Name,
        [nameof(i.Host)] = i.Host.AbsoluteUri,
        [nameof(i.UserName)] = i.UserName,
        [nameof(i.SecretName)] = i.SecretName,
        [nameof(i.Zone)] = i.Zone,
        [nameof(i.AgentStateFolder)] = i.AgentStateFolder,
        [nameof(i.AgentStateReport)] = i.AgentStateReport,
        [nameof(i.CallLogFolder)] = i.CallLogFolder,
        [nameof(i.CallLogReport)] = i.CallLogReport,
        [nameof(i.Reports)] = i.Reports,
        [nameof(i.Grouping)] = i.Grouping.Code(),
        [nameof(i.StoreCalls)] = i.StoreCalls,
        [nameof(i.ServiceLevelSeconds)] = i.ServiceLevelSeconds,
        [nameof(i.ShortAbandonSeconds)] = i.ShortAbandonSeconds,
        [nameof(i.ServiceLevelFormula)] = i.ServiceLevelFormula.Code(),
        [nameof(i.QueueThresholds)] = i.QueueThresholds,
        [nameof(i.TalkIncludesHold)] = i.TalkIncludesHold,
        [nameof(i.WaitIncludesRing)] = i.WaitIncludesRing,
        ["ScheduleMinutes"] = (int)i.Schedule.TotalMinutes,
        ["PaddingMinutes"] = (int)i.Padding.TotalMinutes,
        [nameof(i.HistoryStart)] = TableColumns.Text(i.HistoryStart),
        [nameof(i.Tiers)] = i.Tiers.ToString(),
        [nameof(i.RetentionDays)] = i.RetentionDays,
        [nameof(i.SuspiciousRows)] = i.SuspiciousRows,
        [nameof(i.Buckets)] = i.Buckets,
        [nameof(i.KeepCustomerData)] = i.KeepCustomerData,
        [nameof(i.Paused)] = i.Paused,
    };

    private static Integration Read(TableEntity entity) => UnreadableRowException.Read(TableName, entity, e => new Integration
    {
        Id = e.RowKey,
        Name = e.Text(nameof(Integration.Name)),
        Host = new Uri(e.Text(nameof(Integration.Host))),
        UserName = e.Text(nameof(Integration.UserName)),
        SecretName = e.Text(nameof(Integration.SecretName)),
        Zone = e.Text(nameof(Integration.Zone)),
        AgentStateFolder = e.Text(nameof(Integration.AgentStateFolder)),
        AgentStateReport = e.Text(nameof(Integration.AgentStateReport)),
        CallLogFolder = e.Text(nameof(Integration.CallLogFolder)),
        CallLogReport = e.Text(nameof(Integration.CallLogReport)),
        // A row from before there were calls, and that no setting speaks of any more, goes on as it was.
        Reports = e.Text(nameof(Integration.Reports)) is { Length: > 0 } reports ? reports : ReportNames.AgentStates,
        Grouping = e.Text(nameof(Integration.Grouping)) is { Length: > 0 } grouping ? Codes.Parse<QueueGrouping>(grouping) : default,
        StoreCalls = e.Bool(nameof(Integration.StoreCalls)),
        ServiceLevelSeconds = e.Int(nameof(Integration.ServiceLevelSeconds)),
        ShortAbandonSeconds = e.Int(nameof(Integration.ShortAbandonSeconds)),
        ServiceLevelFormula = e.Text(nameof(Integration.ServiceLevelFormula)) is { Length: > 0 } formula ? Codes.Parse<ServiceLevelFormula>(formula) : default,
        QueueThresholds = e.Text(nameof(Integration.QueueThresholds)),
        TalkIncludesHold = e.Bool(nameof(Integration.TalkIncludesHold)),
        WaitIncludesRing = e.Bool(nameof(Integration.WaitIncludesRing)),
        Schedule = Duration.FromMinutes(e.Int("ScheduleMinutes")),
        Padding = Duration.FromMinutes(e.Int("PaddingMinutes")),
        HistoryStart = TableColumns.Date(e.Text(nameof(Integration.HistoryStart))),
        Tiers = e.GetString(nameof(Integration.Tiers)) is { } tiers ? RereadTiers.Parse(tiers) : RereadTiers.Default,
        RetentionDays = e.Int(nameof(Integration.RetentionDays)),
        SuspiciousRows = e.Int(nameof(Integration.SuspiciousRows)),
        Buckets = e.Int(nameof(Integration.Buckets)),
        KeepCustomerData = e.Bool(nameof(Integration.KeepCustomerData)),
        Paused = e.Bool(nameof(Integration.Paused)),
        CreatedAt = e.InstantOrNull(nameof(Integration.CreatedAt)),
    });
}
