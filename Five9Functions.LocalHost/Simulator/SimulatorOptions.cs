using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>How the Five9 simulator behaves. A class, not a record, so that nothing ever prints the password.</summary>
public sealed class SimulatorOptions
{
    public string UserName { get; init; } = "importer@example.com";

    public string Password { get; init; } = "simulated";

    /// <summary>What a new password must meet; null for a domain that says nothing of it. The first password need not meet it.</summary>
    public SimulatedPasswordPolicy? PasswordPolicy { get; init; } = new();

    /// <summary>Whether the user has the role that changing users takes.</summary>
    public bool MayModifyUsers { get; init; } = true;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The data centre's zone: report criteria without an offset are taken in it. The rows' zone belongs to their source.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    /// <summary>Where Five9 cuts a CSV result without saying so; 0 for nowhere. getReportResult is cut at 5,000 or here, whichever is lower.</summary>
    public int RowCap { get; init; } = 50_000;

    /// <summary>How long a report keeps running.</summary>
    public TimeSpan ReportDuration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after runReport its id works; null for ever. How long Five9's do is not documented.</summary>
    public TimeSpan? ReportLifetime { get; init; }

    /// <summary>Whether the quotas refuse calls and five bad logins in a row lock the account. Calls are counted either way.</summary>
    public bool Limits { get; init; } = true;

    /// <summary>What certain calls are answered in place of the truth; null for nothing.</summary>
    public SimulatorScenario? Scenario { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Null: the report is not there, as if it were not shared with the user.</summary>
    public IReportSource? AgentStates { get; init; }

    /// <inheritdoc cref="AgentStates"/>
    public IReportSource? CallLog { get; init; }

    /// <summary>What the supervisor service tells; null for the generated agent states at the present moment, and nobody where they are not generated.</summary>
    public ILiveSource? Live { get; init; }

    /// <summary>Whether getStatisticsUpdate waits for a change, for as long as it is asked to; else it says at once that there is none.</summary>
    public bool HoldsUpdates { get; init; } = true;

    /// <summary>Agents that one getStatisticsUpdate tells of; 0 for all.</summary>
    public int UpdateBatch { get; init; }

    /// <summary>Whether times of the supervisor service are local ones of <see cref="Zone"/> in place of milliseconds.</summary>
    public bool LiveTimesAsText { get; init; }

    public string AgentStatesFolder { get; init; } = "Agent Reports";

    public string AgentStatesReport { get; init; } = "Agent State Details";

    public string CallLogFolder { get; init; } = "Call Log Reports";

    public string CallLogReport { get; init; } = "Call Log";

    /// <summary>Users, skills and campaigns; null for those of the generated data, or a small fixed list.</summary>
    public SimulatedDomain? Domain { get; init; }
}
