using System.Text.RegularExpressions;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using Five9Functions.Problems;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>One integration in the configuration section <c>Integrations:{id}</c>.</summary>
public sealed partial class IntegrationSettings
{
    public const string Section = "Integrations";

    public const int MaxHistoryDays = 1095;

    private const int AgentsForBuckets = 200;

    // A column and a name's key hold more; nobody calls anything so.
    private const int MaxText = 200;

    public string Name { get; set; } = "";

    /// <summary>us, uk, ca, eu, in, or the address of a host.</summary>
    public string Region { get; set; } = "us";

    public string UserName { get; set; } = "";

    /// <summary>The secret with user name and password; empty for five9- and the id. Integrations of one user name the same.</summary>
    public string SecretName { get; set; } = "";

    /// <summary>Who changes the password before it expires: external (somebody else) or managed (the importer).</summary>
    public CredentialRotation Rotation { get; set; }

    public string Zone { get; set; } = "America/Los_Angeles";

    /// <summary>The zone of schedules whose times have no offset; empty for <see cref="Zone"/>.</summary>
    public string PlanningZone { get; set; } = "";

    /// <summary>Which number of a date is the day where the year stands last: dmy or mdy. Empty where the reports write the year first, or the month as a word.</summary>
    public DateOrder? DateOrder { get; set; }

    public string AgentStateFolder { get; set; } = "Agent Reports";

    public string AgentStateReport { get; set; } = "Agent State Details";

    /// <summary>Which reports are imported: agent-states, calls, or both with a comma between them.</summary>
    public string Reports { get; set; } = $"{ReportNames.AgentStates},{ReportNames.Calls}";

    /// <summary>What makes a queue: campaign, of the standard call log, or skill, of a copy with the column SKILL.</summary>
    public QueueGrouping Grouping { get; set; }

    /// <summary>Empty for Call Log Reports, or by skill Shared Reports (injixo).</summary>
    public string CallLogFolder { get; set; } = "";

    /// <summary>Empty for Call Log, or by skill Call Log with Skills.</summary>
    public string CallLogReport { get; set; } = "";

    /// <summary>False for a large centre: single calls are then in the raw days alone.</summary>
    public bool StoreCalls { get; set; } = true;

    public int ServiceLevelSeconds { get; set; } = 20;

    public int ShortAbandonSeconds { get; set; } = 5;

    /// <summary>Which contacts a service level is a share of: worked out on reading, so that a change needs no import.</summary>
    public ServiceLevelFormula ServiceLevelFormula { get; set; }

    /// <summary>Both for single queues, as JSON: {"Sales In":[30,5]}.</summary>
    public string QueueThresholds { get; set; } = "";

    /// <summary>TALK TIME includes hold and park.</summary>
    public bool TalkIncludesHold { get; set; } = true;

    /// <summary>A caller waits while the agent's phone rings, too.</summary>
    public bool WaitIncludesRing { get; set; } = true;

    public int ScheduleMinutes { get; set; } = 15;

    public int PaddingMinutes { get; set; } = 60;

    /// <summary>Local days before the day of creation that are imported as well.</summary>
    public int HistoryDays { get; set; } = 30;

    /// <summary>Parts of the last 24 hours that were read 60 minutes ago, and so on: see <see cref="RereadTiers"/>. Empty for none.</summary>
    public string Tiers { get; set; } = RereadTiers.DefaultText;

    /// <summary>Local days after which a day is deleted, with all that follows from it; 0 for never.</summary>
    public int RetentionDays { get; set; }

    public int SuspiciousRows { get; set; } = 20;

    /// <summary>A result with less than this percent of the rows that are held is not believed at once; 0: only an empty one is not.</summary>
    public int SuspiciousPercent { get; set; } = 50;

    /// <summary>About how many agents there are; decides the partitions when the integration is created.</summary>
    public int Agents { get; set; } = 100;

    public bool KeepCustomerData { get; set; }

    /// <summary>Whether Five9 is asked all the time who is in which state now; the user needs the role Supervisor.</summary>
    public bool RealTime { get; set; }

    public bool Paused { get; set; }

    public static bool IsId(string id) => Slug().IsMatch(id);

    /// <summary>What is wrong with these settings, each naming its key; nothing when they are right.</summary>
    public IEnumerable<string> Problems(string id) =>
        Check(id).Select(problem => $"{Section}:{id}{(problem.Setting.Length > 0 ? ":" : "")}{problem.Setting}{problem.Detail}");

    /// <summary>The one set of rules, for the configuration and for HTTP.</summary>
    /// <param name="called">How a sentence calls another setting.</param>
    internal IEnumerable<SettingProblem> Check(string id, Func<string, string>? called = null)
    {
        called ??= name => name;
        if (!IsId(id))
        {
            yield return new("", ": the id may hold lower-case letters, digits and hyphens, up to 40, and begins with a letter.");
        }

        if (Name.Length > MaxText)
        {
            yield return new(nameof(Name), $" is longer than {MaxText} characters.");
        }

        if (Five9Region.TryParse(Region) is null)
        {
            yield return new(nameof(Region), $": '{Quoted(Region)}' is neither us, uk, ca, eu, in nor an https address (http for this machine alone).");
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null)
        {
            yield return new(nameof(Zone), $": '{Quoted(Zone)}' is not an IANA time zone such as America/Los_Angeles.");
        }

        if (PlanningZone.Length > 0 && DateTimeZoneProviders.Tzdb.GetZoneOrNull(PlanningZone) is null)
        {
            yield return new(nameof(PlanningZone), $": '{Quoted(PlanningZone)}' is not an IANA time zone such as America/Los_Angeles; empty for {called(nameof(Zone))}.");
        }

        if (DateOrder is { } order && !Enum.IsDefined(order))
        {
            yield return new(nameof(DateOrder), $" is {order}; it must be dmy or mdy, or empty.");
        }

        if (SecretName.Length > 0 && !VaultName().IsMatch(SecretName))
        {
            yield return new(nameof(SecretName), $": '{Quoted(SecretName)}' is no name of a secret, which may hold letters, digits and hyphens, up to 127.");
        }

        foreach (var (name, value) in new[] { (nameof(UserName), UserName), (nameof(AgentStateFolder), AgentStateFolder), (nameof(AgentStateReport), AgentStateReport) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new(name, " is empty.");
            }
        }

        foreach (var (name, value) in new[]
        {
            (nameof(UserName), UserName), (nameof(AgentStateFolder), AgentStateFolder), (nameof(AgentStateReport), AgentStateReport),
            (nameof(CallLogFolder), CallLogFolder), (nameof(CallLogReport), CallLogReport),
        })
        {
            if (value.Length > MaxText)
            {
                yield return new(name, $" is longer than {MaxText} characters.");
            }
        }

        foreach (var (name, value) in new[]
        {
            (nameof(Name), Name), (nameof(UserName), UserName), (nameof(AgentStateFolder), AgentStateFolder), (nameof(AgentStateReport), AgentStateReport),
            (nameof(CallLogFolder), CallLogFolder), (nameof(CallLogReport), CallLogReport),
        })
        {
            if (!PlainText.IsPlain(value))
            {
                yield return new(name, $": '{Quoted(value)}' must not hold {PlainText.Refused}.");
            }
        }

        if (UserName.Contains(':', StringComparison.Ordinal))
        {
            yield return new(nameof(UserName), $": '{Quoted(UserName)}' must not hold a colon, because a login over HTTP ends the user name there.");
        }

        if (ReportList() is not { Length: > 0 } reports || reports.Except(ReportNames.All).Any())
        {
            yield return new(nameof(Reports), $": '{Quoted(Reports)}' must be {ReportNames.AgentStates}, {ReportNames.Calls}, or both with a comma between them.");
        }

        if (!Enum.IsDefined(Grouping))
        {
            yield return new(nameof(Grouping), $" is {Grouping}; it must be campaign or skill.");
        }

        if (!Enum.IsDefined(Rotation))
        {
            yield return new(nameof(Rotation), $" is {Rotation}; it must be external or managed.");
        }

        if (Rotation == CredentialRotation.Managed && SecretName.Length > PendingSecret.LongestName)
        {
            yield return new(nameof(SecretName), $" is longer than {PendingSecret.LongestName} characters, which leaves no room for the name of a pending secret.");
        }

        if (PendingSecret.IsOne(SecretNameFor(id)))
        {
            yield return new(nameof(SecretName), $": '{Quoted(SecretNameFor(id))}' is a name for passwords that are being changed; choose another that does not end so.");
        }

        if (!Enum.IsDefined(ServiceLevelFormula))
        {
            yield return new(nameof(ServiceLevelFormula), $" is {ServiceLevelFormula}; it must be {string.Join(" or ", Enum.GetValues<ServiceLevelFormula>())}.");
        }

        if (!Integrations.QueueThresholds.IsValid(QueueThresholds))
        {
            yield return new(
                nameof(QueueThresholds),
                $": '{Quoted(QueueThresholds)}' must be JSON with the seconds of service level and short abandon by queue, such as {{\"Sales In\":[30,5]}}, up to {Integrations.QueueThresholds.MaxLength} characters.");
        }

        else if (!Integrations.QueueThresholds.ArePlain(QueueThresholds))
        {
            yield return new(nameof(QueueThresholds), $" names a queue with {PlainText.Refused}; remove them from the name.");
        }

        if (!RereadTiers.IsValid(Tiers, ScheduleMinutes))
        {
            yield return new(
                nameof(Tiers),
                $": '{Quoted(Tiers)}' must be up to four pairs of hours (3 to 744) and minutes ({called(nameof(ScheduleMinutes))} to 10080), both rising, such as {RereadTiers.DefaultText}.");
        }

        if (RetentionDays != 0 && (RetentionDays is < 31 or > 3650 || RetentionDays < HistoryDays))
        {
            yield return new(nameof(RetentionDays), $" is {RetentionDays}; it must be 0 (for ever), or between 31 and 3650 and not below {called(nameof(HistoryDays))}.");
        }

        foreach (var (name, value, least, most) in new[]
        {
            (nameof(ScheduleMinutes), ScheduleMinutes, 10, 1440), (nameof(PaddingMinutes), PaddingMinutes, 0, 1440),
            (nameof(HistoryDays), HistoryDays, 0, MaxHistoryDays), (nameof(SuspiciousRows), SuspiciousRows, 1, int.MaxValue), (nameof(SuspiciousPercent), SuspiciousPercent, 0, 100), (nameof(Agents), Agents, 1, 100_000),
            (nameof(ServiceLevelSeconds), ServiceLevelSeconds, 0, 86_400), (nameof(ShortAbandonSeconds), ShortAbandonSeconds, 0, 86_400),
        })
        {
            if (value < least || value > most)
            {
                yield return new(name, $" is {value}; it must be between {least} and {most}.");
            }
        }
    }

    public Integration ToIntegration(string id, Instant now)
    {
        return new Integration
        {
            Id = id,
            Name = string.IsNullOrWhiteSpace(Name) ? id : Name.Trim(),
            Host = Five9Region.TryParse(Region)!,
            UserName = UserName.Trim(),
            SecretName = SecretNameFor(id),
            Rotation = Rotation,
            Zone = Zone,
            PlanningZone = PlanningZone,
            DateOrder = DateOrder,
            AgentStateFolder = AgentStateFolder,
            AgentStateReport = AgentStateReport,
            CallLogFolder = CallLogFolder.Length > 0 ? CallLogFolder : Grouping == QueueGrouping.Skill ? "Shared Reports (injixo)" : "Call Log Reports",
            CallLogReport = CallLogReport.Length > 0 ? CallLogReport : Grouping == QueueGrouping.Skill ? "Call Log with Skills" : "Call Log",
            Reports = string.Join(',', ReportNames.All.Intersect(ReportList())),
            Grouping = Grouping,
            StoreCalls = StoreCalls,
            ServiceLevelSeconds = ServiceLevelSeconds,
            ShortAbandonSeconds = ShortAbandonSeconds,
            ServiceLevelFormula = ServiceLevelFormula,
            QueueThresholds = Integrations.QueueThresholds.Canonical(QueueThresholds),
            TalkIncludesHold = TalkIncludesHold,
            WaitIncludesRing = WaitIncludesRing,
            Schedule = Duration.FromMinutes(ScheduleMinutes),
            Padding = Duration.FromMinutes(PaddingMinutes),
            HistoryStart = now.InZone(DateTimeZoneProviders.Tzdb[Zone]).Date.PlusDays(-HistoryDays),
            Tiers = RereadTiers.Parse(Tiers),
            RetentionDays = RetentionDays,
            SuspiciousRows = SuspiciousRows,
            SuspiciousPercent = SuspiciousPercent,
            Buckets = Agents < AgentsForBuckets ? 1 : 16,
            KeepCustomerData = KeepCustomerData,
            RealTime = RealTime,
            Paused = Paused,
            CreatedAt = now,
        };
    }

    public string SecretNameFor(string id) => SecretName.Length > 0 ? SecretName : $"five9-{id}";

    private static string Quoted(string value) => PlainText.Escape(value.Length <= MaxText ? value : $"{value[..MaxText]}...");

    private string[] ReportList() => Reports.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[0-9a-zA-Z-]{1,127}\z")]
    private static partial Regex VaultName();
}
