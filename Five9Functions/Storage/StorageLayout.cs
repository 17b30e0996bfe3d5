namespace Five9Functions.Storage;

/// <summary>The names of everything that the app keeps in its storage account. infra/ creates the same.</summary>
public static class StorageLayout
{
    public const string IntegrationsTable = "Integrations";
    public const string Five9UsersTable = "Five9Users";
    public const string ImportRunsTable = "ImportRuns";
    public const string ImportSlicesTable = "ImportSlices";
    public const string ImportChangesTable = "ImportChanges";
    public const string ReportDaysTable = "ReportDays";
    public const string AgentStatesTable = "AgentStates";
    public const string CallsTable = "Calls";
    public const string QueueIntervalsTable = "QueueIntervals";
    public const string QueuesTable = "Queues";
    public const string WorkloadsTable = "Workloads";
    public const string SchedulesTable = "Schedules";
    public const string ActivitiesTable = "Activities";
    public const string LiveAgentStatesTable = "LiveAgentStates";

    public const string ImportJobs = "import-jobs";
    public const string CallLogReports = "call-log-reports";
    public const string AgentStateReports = "agent-state-reports";
    public const string NormalizeJobs = "normalize-jobs";
    public const string CompareJobs = "compare-jobs";
    public const string RemovalJobs = "removal-jobs";
    public const string CredentialEvents = "credential-events";
    public const string LivePolls = "live-polls";

    /// <summary>What the Functions host adds to a queue's name for the messages that failed five times.</summary>
    public const string Poison = "-poison";

    /// <summary>The container of the raw days.</summary>
    public const string RawDays = "reports";

    public static IReadOnlyList<string> Tables { get; } =
    [
        IntegrationsTable, Five9UsersTable, ImportRunsTable, ImportSlicesTable, ImportChangesTable, ReportDaysTable,
        AgentStatesTable, CallsTable, QueueIntervalsTable, QueuesTable, WorkloadsTable, SchedulesTable, ActivitiesTable, LiveAgentStatesTable,
    ];

    public static IReadOnlyList<string> Queues { get; } = [ImportJobs, CallLogReports, AgentStateReports, NormalizeJobs, CompareJobs, RemovalJobs, CredentialEvents, LivePolls];
}
