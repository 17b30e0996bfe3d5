using Five9Functions.Calls;
using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Problems;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>One connected Five9 domain: where it is, who logs in, which reports are read and how far back.</summary>
public sealed record Integration
{
    /// <summary>A slug: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it; unique.</summary>
    public required string Name { get; init; }

    /// <summary>The base address of the data centre.</summary>
    public required Uri Host { get; init; }

    /// <summary>Who logs in. The secret names the user too, and must agree: what users share is found by this name without asking the vault.</summary>
    public required string UserName { get; init; }

    /// <summary>The secret in the key vault; integrations of one user can share one.</summary>
    public required string SecretName { get; init; }

    /// <summary>Who changes the password.</summary>
    public CredentialRotation Rotation { get; init; }

    /// <summary>The IANA zone that Five9 writes the rows in: undocumented, so a setting.</summary>
    public required string Zone { get; init; }

    /// <summary>The IANA zone of schedules whose times have no offset; empty for <see cref="Zone"/>.</summary>
    public string PlanningZone { get; init; } = "";

    /// <summary>Which number of a date is the day where the year stands last; null: Five9 writes the year first, or the month as a word.</summary>
    public DateOrder? DateOrder { get; init; }

    public required string AgentStateFolder { get; init; }

    public required string AgentStateReport { get; init; }

    public string CallLogFolder { get; init; } = "Call Log Reports";

    public string CallLogReport { get; init; } = "Call Log";

    /// <summary>The reports that are imported, by name, with commas between them.</summary>
    public string Reports { get; init; } = $"{ReportNames.AgentStates},{ReportNames.Calls}";

    /// <summary>What makes a queue.</summary>
    public QueueGrouping Grouping { get; init; }

    /// <summary>Whether single calls are stored in Table Storage besides the figures.</summary>
    public bool StoreCalls { get; init; } = true;

    /// <summary>Answered or given up within as many seconds is in time.</summary>
    public int ServiceLevelSeconds { get; init; } = 20;

    /// <summary>Who hangs up within as many seconds was never waiting.</summary>
    public int ShortAbandonSeconds { get; init; } = 5;

    /// <summary>Which contacts a service level is a share of. Worked out on reading: no stored figure follows from it.</summary>
    public ServiceLevelFormula ServiceLevelFormula { get; init; }

    /// <summary>Those of queues that have their own, as <see cref="Integrations.QueueThresholds"/> writes them; empty for none.</summary>
    public string QueueThresholds { get; init; } = "";

    public bool TalkIncludesHold { get; init; } = true;

    public bool WaitIncludesRing { get; init; } = true;

    /// <summary>How often the recent past is read, at least 10 minutes.</summary>
    public required Duration Schedule { get; init; }

    /// <summary>How much more than a slice Five9 is asked for on either side of it.</summary>
    public required Duration Padding { get; init; }

    /// <summary>The first local date that is imported.</summary>
    public required LocalDate HistoryStart { get; init; }

    /// <summary>How often the past is read again.</summary>
    public RereadTiers Tiers { get; init; } = RereadTiers.Default;

    /// <summary>Local days after which a day is deleted, with all that follows from it; 0 for never.</summary>
    public int RetentionDays { get; init; }

    /// <summary>An empty result over a window that held this many rows is not believed at once.</summary>
    public required int SuspiciousRows { get; init; }

    /// <summary>A result with less than this percent of the rows that are held is not believed at once; 0: only an empty one is not.</summary>
    public int SuspiciousPercent { get; init; } = 50;

    /// <summary>Partitions of a day's timelines; fixed when the integration is created, because it is part of every key.</summary>
    public required int Buckets { get; init; }

    public bool KeepCustomerData { get; init; }

    /// <summary>Whether Five9 is asked all the time who is in which state now; the user needs the role Supervisor.</summary>
    public bool RealTime { get; init; }

    public bool Paused { get; init; }

    /// <summary>Stays as it was first written; null when that was before it was noted.</summary>
    public Instant? CreatedAt { get; init; }

    /// <summary>What the figures of calls depend on, besides the calls.</summary>
    public CallRules CallRules => new(Grouping)
    {
        TalkIncludesHold = TalkIncludesHold,
        WaitIncludesRing = WaitIncludesRing,
        Thresholds = new CallThresholds(Duration.FromSeconds(ServiceLevelSeconds), Duration.FromSeconds(ShortAbandonSeconds)),
        ThresholdsOfQueues = Integrations.QueueThresholds.Read(QueueThresholds),
    };

    /// <summary>Local days of history before the day of creation.</summary>
    public int HistoryDays(Instant now) => Math.Clamp(Period.DaysBetween(HistoryStart, CreatedOn(now)), 0, IntegrationSettings.MaxHistoryDays);

    /// <summary>The same integration by other settings. What keys or coverage depend on stays: buckets, and a start of history that is earlier.</summary>
    public Integration ReplacedBy(Integration other, int historyDays) => other with
    {
        Id = Id,
        Buckets = Buckets,
        Paused = Paused,
        CreatedAt = CreatedAt,
        HistoryStart = LocalDate.Min(HistoryStart, CreatedOn(other.CreatedAt!.Value).PlusDays(-historyDays)),
    };

    /// <param name="report">One of <see cref="ReportNames"/>.</param>
    public bool Imports(string report) => Reports.Split(',').Contains(report);

    /// <exception cref="Five9MisconfiguredException">There is no such zone: the settings are checked at the start, but not the stored row.</exception>
    public DateTimeZone DateTimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? throw new Five9MisconfiguredException(
        ImportProblem.ZoneUnknown, $"The zone '{Zone}' of {Id} is not an IANA time zone such as America/Los_Angeles: correct Integrations:{Id}:Zone.");

    /// <summary>The zone that planning thinks in.</summary>
    /// <exception cref="Five9MisconfiguredException">There is no such zone.</exception>
    public DateTimeZone PlanningTimeZone => PlanningZone.Length == 0 ? DateTimeZone : DateTimeZoneProviders.Tzdb.GetZoneOrNull(PlanningZone) ?? throw new Five9MisconfiguredException(
        ImportProblem.ZoneUnknown, $"The planning zone '{PlanningZone}' of {Id} is not an IANA time zone such as America/Los_Angeles: correct Integrations:{Id}:PlanningZone.");

    private LocalDate CreatedOn(Instant now) => (CreatedAt ?? now).InZone(DateTimeZone).Date;
}
