using Five9Functions.Calls;
using Five9Functions.Connections;
using Five9Functions.Credentials;
using Five9Functions.Five9.Csv;
using Five9Functions.Integrations;
using NodaTime;

namespace Five9Functions.Api;

/// <summary>An integration as it is answered: everything but the password, which is in the key vault alone.</summary>
internal sealed record IntegrationView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Region { get; init; }

    public required string UserName { get; init; }

    public required string SecretName { get; init; }

    public required CredentialRotation Rotation { get; init; }

    public required string Zone { get; init; }

    /// <summary>Null where it is the zone of the reports.</summary>
    public string? PlanningZone { get; init; }

    /// <summary>Null where the reports write the year first, or the month as a word.</summary>
    public DateOrder? DateOrder { get; init; }

    public required string AgentStateFolder { get; init; }

    public required string AgentStateReport { get; init; }

    public required string CallLogFolder { get; init; }

    public required string CallLogReport { get; init; }

    public required IReadOnlyList<string> Reports { get; init; }

    public required QueueGrouping Grouping { get; init; }

    public required bool StoreCalls { get; init; }

    public required bool KeepCustomerData { get; init; }

    public required int ServiceLevelSeconds { get; init; }

    public required int ShortAbandonSeconds { get; init; }

    public required ServiceLevelFormula ServiceLevelFormula { get; init; }

    public required IReadOnlyDictionary<string, ThresholdsBody> QueueThresholds { get; init; }

    public required bool TalkIncludesHold { get; init; }

    public required bool WaitIncludesRing { get; init; }

    public required int ScheduleMinutes { get; init; }

    public required int PaddingMinutes { get; init; }

    public required IReadOnlyList<TierBody> Tiers { get; init; }

    public required int InitialHistoryDays { get; init; }

    public required int RetentionDays { get; init; }

    public required int SuspiciousRows { get; init; }

    public required int SuspiciousPercent { get; init; }

    public required bool RealTime { get; init; }

    public required bool Paused { get; init; }

    public required LocalDate HistoryStart { get; init; }

    public Instant? CreatedAt { get; init; }

    /// <summary>The settings of the app name it, and are written over it at each start.</summary>
    public required bool Configured { get; init; }

    /// <summary>Null in lists.</summary>
    public CredentialStatus? Credential { get; init; }

    /// <summary>Null when the initial history is complete, and in lists.</summary>
    public FirstImportProgress? FirstImport { get; init; }

    public IReadOnlyList<TestedStage>? Test { get; init; }

    public static IntegrationView Of(Integration i, bool configured, Instant now) => new()
    {
        Id = i.Id,
        Name = i.Name,
        Region = Five9Region.NameOf(i.Host),
        UserName = i.UserName,
        SecretName = i.SecretName,
        Rotation = i.Rotation,
        Zone = i.Zone,
        PlanningZone = i.PlanningZone.Length > 0 ? i.PlanningZone : null,
        DateOrder = i.DateOrder,
        AgentStateFolder = i.AgentStateFolder,
        AgentStateReport = i.AgentStateReport,
        CallLogFolder = i.CallLogFolder,
        CallLogReport = i.CallLogReport,
        Reports = i.Reports.Split(','),
        Grouping = i.Grouping,
        StoreCalls = i.StoreCalls,
        KeepCustomerData = i.KeepCustomerData,
        ServiceLevelSeconds = i.ServiceLevelSeconds,
        ShortAbandonSeconds = i.ShortAbandonSeconds,
        ServiceLevelFormula = i.ServiceLevelFormula,
        QueueThresholds = i.CallRules.ThresholdsOfQueues.OrderBy(queue => queue.Key, StringComparer.Ordinal).ToDictionary(
            queue => queue.Key, queue => new ThresholdsBody((int)queue.Value.ServiceLevel.TotalSeconds, (int)queue.Value.ShortAbandon.TotalSeconds)),
        TalkIncludesHold = i.TalkIncludesHold,
        WaitIncludesRing = i.WaitIncludesRing,
        ScheduleMinutes = (int)i.Schedule.TotalMinutes,
        PaddingMinutes = (int)i.Padding.TotalMinutes,
        Tiers = [.. i.Tiers.List.Select(tier => new TierBody((int)tier.Back.TotalHours, (int)tier.Every.TotalMinutes))],
        InitialHistoryDays = i.HistoryDays(now),
        RetentionDays = i.RetentionDays,
        SuspiciousRows = i.SuspiciousRows,
        SuspiciousPercent = i.SuspiciousPercent,
        RealTime = i.RealTime,
        Paused = i.Paused,
        HistoryStart = i.HistoryStart,
        CreatedAt = i.CreatedAt,
        Configured = configured,
    };
}
