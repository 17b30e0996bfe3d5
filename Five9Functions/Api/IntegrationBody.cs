using System.Text.Json;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using Five9Functions.Integrations;

namespace Five9Functions.Api;

/// <summary>
/// An integration as a caller sends it. What is not there, or null, is as by default; the password stays as it is. What an answer has
/// besides may be sent back and counts for nothing. A class, so that nothing ever prints the password.
/// </summary>
internal sealed class IntegrationBody
{
    private const int MaxPassword = 256;

    private static readonly IntegrationSettings Defaults = new();

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Region { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? SecretName { get; init; }

    public CredentialRotation? Rotation { get; init; }

    public string? Zone { get; init; }

    public string? PlanningZone { get; init; }

    public DateOrder? DateOrder { get; init; }

    public string? AgentStateFolder { get; init; }

    public string? AgentStateReport { get; init; }

    public string? CallLogFolder { get; init; }

    public string? CallLogReport { get; init; }

    public IReadOnlyList<string?>? Reports { get; init; }

    public QueueGrouping? Grouping { get; init; }

    public bool? StoreCalls { get; init; }

    public bool? KeepCustomerData { get; init; }

    public int? ServiceLevelSeconds { get; init; }

    public int? ShortAbandonSeconds { get; init; }

    public ServiceLevelFormula? ServiceLevelFormula { get; init; }

    public IReadOnlyDictionary<string, ThresholdsBody?>? QueueThresholds { get; init; }

    public bool? TalkIncludesHold { get; init; }

    public bool? WaitIncludesRing { get; init; }

    public int? ScheduleMinutes { get; init; }

    public int? PaddingMinutes { get; init; }

    public IReadOnlyList<TierBody?>? Tiers { get; init; }

    public int? InitialHistoryDays { get; init; }

    public int? RetentionDays { get; init; }

    public int? SuspiciousRows { get; init; }

    public int? SuspiciousPercent { get; init; }

    public int? Agents { get; init; }

    public bool? RealTime { get; init; }

    public bool? Paused { get; init; }

    // Of an answer.
    public JsonElement? HistoryStart { get; init; }

    public JsonElement? CreatedAt { get; init; }

    public JsonElement? Configured { get; init; }

    public JsonElement? Credential { get; init; }

    public JsonElement? FirstImport { get; init; }

    public JsonElement? Test { get; init; }

    /// <summary>The settings, judged by the rules of the configuration under the names of JSON.</summary>
    /// <exception cref="ApiException">400: some values cannot be.</exception>
    public IntegrationSettings Settings(string id, IEnumerable<FieldError> errors)
    {
        var settings = Settings();
        List<FieldError> all = [.. errors, .. Own(), .. settings.Check(id, Field).Select(problem => new FieldError(Field(problem.Setting), $"{Field(problem.Setting)}{problem.Detail}"))];
        return all.Count == 0 ? settings : throw ApiException.Invalid(all);
    }

    private IntegrationSettings Settings()
    {
        var (level, abandon) = (ServiceLevelSeconds ?? Defaults.ServiceLevelSeconds, ShortAbandonSeconds ?? Defaults.ShortAbandonSeconds);
        return new IntegrationSettings
        {
            Name = Name ?? "",
            Region = Region ?? Defaults.Region,
            UserName = UserName ?? "",
            SecretName = SecretName ?? "",
            Rotation = Rotation ?? Defaults.Rotation,
            Zone = Zone ?? Defaults.Zone,
            PlanningZone = PlanningZone ?? "",
            DateOrder = DateOrder,
            AgentStateFolder = AgentStateFolder ?? Defaults.AgentStateFolder,
            AgentStateReport = AgentStateReport ?? Defaults.AgentStateReport,
            CallLogFolder = CallLogFolder ?? "",
            CallLogReport = CallLogReport ?? "",
            Reports = Reports is null ? Defaults.Reports : string.Join(',', Reports),
            Grouping = Grouping ?? Defaults.Grouping,
            StoreCalls = StoreCalls ?? Defaults.StoreCalls,
            KeepCustomerData = KeepCustomerData ?? Defaults.KeepCustomerData,
            ServiceLevelSeconds = level,
            ShortAbandonSeconds = abandon,
            ServiceLevelFormula = ServiceLevelFormula ?? Defaults.ServiceLevelFormula,
            QueueThresholds = QueueThresholds is null ? ""
                : JsonSerializer.Serialize(QueueThresholds.ToDictionary(queue => queue.Key, queue => new[] { queue.Value?.ServiceLevelSeconds ?? level, queue.Value?.ShortAbandonSeconds ?? abandon })),
            TalkIncludesHold = TalkIncludesHold ?? Defaults.TalkIncludesHold,
            WaitIncludesRing = WaitIncludesRing ?? Defaults.WaitIncludesRing,
            ScheduleMinutes = ScheduleMinutes ?? Defaults.ScheduleMinutes,
            PaddingMinutes = PaddingMinutes ?? Defaults.PaddingMinutes,
            Tiers = Tiers is null ? Defaults.Tiers : RereadTiers.Text(Tiers.Select(tier => (tier?.Hours ?? 0, tier?.Minutes ?? 0))),
            HistoryDays = InitialHistoryDays ?? Defaults.HistoryDays,
            RetentionDays = RetentionDays ?? Defaults.RetentionDays,
            SuspiciousRows = SuspiciousRows ?? Defaults.SuspiciousRows,
            SuspiciousPercent = SuspiciousPercent ?? Defaults.SuspiciousPercent,
            Agents = Agents ?? Defaults.Agents,
            RealTime = RealTime ?? Defaults.RealTime,
            Paused = Paused ?? false,
        };
    }

    private IEnumerable<FieldError> Own()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new FieldError("name", "name is empty.");
        }

        if (Password is { Length: 0 or > MaxPassword })
        {
            yield return new FieldError("password", $"password has 1 to {MaxPassword} characters; leave it out to keep the one that is stored.");
        }
    }

    private static string Field(string setting) => setting switch
    {
        "" => "id",
        nameof(IntegrationSettings.HistoryDays) => "initialHistoryDays",
        _ => JsonNamingPolicy.CamelCase.ConvertName(setting),
    };
}

/// <summary>Thresholds of a queue of its own, in seconds; what is not there is the integration's.</summary>
internal sealed record ThresholdsBody(int? ServiceLevelSeconds, int? ShortAbandonSeconds);

/// <summary>Parts of the last <paramref name="Hours"/> that were read <paramref name="Minutes"/> ago are read again.</summary>
internal sealed record TierBody(int Hours, int Minutes);
