using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>An integration as its row in the table Integrations: docs/tables.md.</summary>
internal static class IntegrationRow
{
    public static TableEntity Write(Integration i)
    {
        var entity = Columns(i);
        entity.Set(nameof(i.CreatedAt), i.CreatedAt);
        if (i.DateOrder is { } order)
        {
            entity[nameof(i.DateOrder)] = order.Code();
        }

        return entity;
    }

    private static TableEntity Columns(Integration i) => new(IntegrationsKeys.Partition, IntegrationsKeys.Row(i.Id))
    {
        [nameof(i.Name)] = i.Name,
        [nameof(i.Host)] = i.Host.AbsoluteUri,
        [nameof(i.UserName)] = i.UserName,
        [nameof(i.SecretName)] = i.SecretName,
        [nameof(i.Rotation)] = i.Rotation.Code(),
        [nameof(i.Zone)] = i.Zone,
        [nameof(i.PlanningZone)] = i.PlanningZone,
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
        [nameof(i.SuspiciousPercent)] = i.SuspiciousPercent,
        [nameof(i.Buckets)] = i.Buckets,
        [nameof(i.KeepCustomerData)] = i.KeepCustomerData,
        [nameof(i.RealTime)] = i.RealTime,
        [nameof(i.Paused)] = i.Paused,
    };

    public static Integration Read(TableEntity entity) => UnreadableRowException.Read(StorageLayout.IntegrationsTable, entity, e => new Integration
    {
        Id = e.RowKey,
        Name = e.Text(nameof(Integration.Name)),
        Host = new Uri(e.Text(nameof(Integration.Host))),
        UserName = e.Text(nameof(Integration.UserName)),
        SecretName = e.Text(nameof(Integration.SecretName)),
        Rotation = e.Text(nameof(Integration.Rotation)) is { Length: > 0 } rotation ? KebabCase.Parse<CredentialRotation>(rotation) : default,
        Zone = e.Text(nameof(Integration.Zone)),
        PlanningZone = e.Text(nameof(Integration.PlanningZone)),
        DateOrder = e.Text(nameof(Integration.DateOrder)) is { Length: > 0 } order ? KebabCase.Parse<DateOrder>(order) : null,
        AgentStateFolder = e.Text(nameof(Integration.AgentStateFolder)),
        AgentStateReport = e.Text(nameof(Integration.AgentStateReport)),
        CallLogFolder = e.Text(nameof(Integration.CallLogFolder)),
        CallLogReport = e.Text(nameof(Integration.CallLogReport)),
        // A row from before there were calls, and that no setting speaks of any more, goes on as it was.
        Reports = e.Text(nameof(Integration.Reports)) is { Length: > 0 } reports ? reports : ReportNames.AgentStates,
        Grouping = e.Text(nameof(Integration.Grouping)) is { Length: > 0 } grouping ? KebabCase.Parse<QueueGrouping>(grouping) : default,
        StoreCalls = e.Bool(nameof(Integration.StoreCalls)),
        ServiceLevelSeconds = e.Int(nameof(Integration.ServiceLevelSeconds)),
        ShortAbandonSeconds = e.Int(nameof(Integration.ShortAbandonSeconds)),
        ServiceLevelFormula = e.Text(nameof(Integration.ServiceLevelFormula)) is { Length: > 0 } formula ? KebabCase.Parse<ServiceLevelFormula>(formula) : default,
        QueueThresholds = e.Text(nameof(Integration.QueueThresholds)),
        TalkIncludesHold = e.Bool(nameof(Integration.TalkIncludesHold)),
        WaitIncludesRing = e.Bool(nameof(Integration.WaitIncludesRing)),
        Schedule = Duration.FromMinutes(e.Int("ScheduleMinutes")),
        Padding = Duration.FromMinutes(e.Int("PaddingMinutes")),
        HistoryStart = TableColumns.Date(e.Text(nameof(Integration.HistoryStart))),
        Tiers = e.GetString(nameof(Integration.Tiers)) is { } tiers ? RereadTiers.Parse(tiers) : RereadTiers.Default,
        RetentionDays = e.Int(nameof(Integration.RetentionDays)),
        SuspiciousRows = e.Int(nameof(Integration.SuspiciousRows)),
        SuspiciousPercent = e.GetInt32(nameof(Integration.SuspiciousPercent)) ?? 50,
        Buckets = e.Int(nameof(Integration.Buckets)),
        KeepCustomerData = e.Bool(nameof(Integration.KeepCustomerData)),
        RealTime = e.Bool(nameof(Integration.RealTime)),
        Paused = e.Bool(nameof(Integration.Paused)),
        CreatedAt = e.InstantOrNull(nameof(Integration.CreatedAt)),
    });
}
