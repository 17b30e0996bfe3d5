using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Imports;

/// <summary>Integrations, runs and slices in short. Instants are written "2026-11-02T20:00:00Z", windows as two of them.</summary>
internal static class ImportData
{
    public const string Run = "2516086475949999999";

    public static readonly DateTimeZone LosAngeles = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    public static readonly DateTimeZone Utc = DateTimeZone.Utc;

    public static readonly Integration Acme = new()
    {
        Id = "acme",
        Name = "Acme West",
        Host = new Uri("https://api.five9.test/"),
        UserName = "importer@acme.test",
        SecretName = "five9-acme",
        Zone = "America/Los_Angeles",
        AgentStateFolder = "Agent Reports",
        AgentStateReport = "Agent State Details",
        Reports = "agent-states",
        Schedule = Duration.FromMinutes(15),
        Padding = Duration.FromHours(1),
        HistoryStart = new LocalDate(2026, 11, 2),
        SuspiciousRows = 20,
        Buckets = 1,
    };

    public static Instant At(string instant) => InstantPattern.ExtendedIso.Parse(instant).Value;

    public static Interval Window(string from, string to) => new(At(from), At(to));

    /// <summary>A window of 2026-11-02 UTC, such as "08:00-12:00".</summary>
    public static Interval Hours(string hours) => Window($"2026-11-02T{hours[..5]}:00Z", $"2026-11-02T{hours[6..]}:00Z");

    public static LedgerWindow Told(string from, string to, string asOf) => new(At(from), At(to), At(asOf), 100);

    public static ImportRun ScheduledRun(string requestedAt = "2026-11-02T20:00:00Z") =>
        new() { Integration = "acme", Id = Run, Kind = RunKind.Scheduled, RequestedAt = At(requestedAt) };

    /// <summary>Windows of agent states as a run plans them.</summary>
    public static IReadOnlyList<PlannedWindow> Plan(params Interval[] windows) => [.. windows.Select(w => new PlannedWindow(ReportNames.AgentStates, w))];

    public static ImportSlice Slice(string hours, SliceState state = SliceState.Planned) => new()
    {
        Integration = "acme",
        Run = Run,
        Report = ReportNames.AgentStates,
        Window = Hours(hours),
        Date = new LocalDate(2026, 11, 2),
        Kind = RunKind.Scheduled,
        DueAt = At("2026-11-02T20:00:00Z"),
        State = state,
    };

    /// <summary>A window as "2026-11-02T08:00:00Z/2026-11-02T12:00:00Z".</summary>
    public static string[] Text(IEnumerable<Interval> windows) => [.. windows.Select(w => w.ToString())];
}
