using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Runs;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>What an end-to-end test starts from. The defaults are a healthy integration named acme, Los Angeles, and no waiting.</summary>
internal sealed record TestSetup
{
    /// <summary>Of every integration, and of the simulator.</summary>
    public const string UserName = "importer@example.com";

    /// <summary>The simulator stands at this host too, and at Five9's others: <see cref="Five9sOwnHosts"/>.</summary>
    public static Uri OwnHost { get; } = new("https://api.five9.com/");

    /// <summary>The integrations name Five9's own host, not the simulator's.</summary>
    public bool IsFive9sOwn { get; init; }

    /// <summary>Besides the simulator, as the setting Five9:AllowedHosts names them.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    public required IReportSource Rows { get; init; }

    /// <summary>What the call log tells. Null: only agent states are imported, and Five9 has no call log.</summary>
    public IReportSource? Calls { get; init; }

    /// <summary>What the supervisor service tells; null for the generated states, if the rows are those. Real time is then on.</summary>
    public ILiveSource? Live { get; init; }

    /// <summary>Whether an update of the supervisor service waits for a change, by the clock of the test; else it says at once that there is none.</summary>
    public bool HoldsUpdates { get; init; }

    /// <summary>Agents that one answer of the supervisor service tells of; 0 for all.</summary>
    public int LiveBatch { get; init; }

    /// <summary>Whether Five9 refuses calls beyond its quotas.</summary>
    public bool Five9Limits { get; init; }

    /// <summary>UTC.</summary>
    public required string Now { get; init; }

    public IReadOnlyList<string> Integrations { get; init; } = ["acme"];

    /// <summary>The app's settings over the defaults.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where Five9 cuts a result; 0 for nowhere.</summary>
    public int Five9RowCap { get; init; }

    /// <summary>Null: an account of its own on the storage that all tests share.</summary>
    public string? Storage { get; init; }

    /// <summary>When a message comes again that an instance took and could not settle.</summary>
    public TimeSpan MessageInvisibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What the simulator takes.</summary>
    public string Password { get; init; } = "simulated";

    /// <summary>What the vault holds for each integration, if not the same.</summary>
    public string? Secret { get; init; }

    /// <summary>What the simulator takes as a new password; null for anything.</summary>
    public SimulatedPasswordPolicy? PasswordPolicy { get; init; } = new();

    /// <summary>Whether the user may change his password.</summary>
    public bool MayModifyUsers { get; init; } = true;

    /// <summary>Whether the vault tells of its secrets in the queue credential-events.</summary>
    public bool VaultSendsEvents { get; init; }

    /// <summary>Whether the HTTP functions are served.</summary>
    public bool ServesHttp { get; init; }

    /// <summary>Gets whatever the app's loggers get, at every level.</summary>
    public ILoggerProvider? Logger { get; init; }

    /// <summary>All settings of the app: the defaults, those of the test, and what is special about this instance.</summary>
    public IReadOnlyDictionary<string, string?> ToSettings(string connectionString, Uri five9, LocalVault vault, IReadOnlyDictionary<string, string?> instance)
    {
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = connectionString,
            [vault.Setting.Key] = vault.Setting.Value,
            ["Five9:AllowedHosts"] = string.Join(',', AllowedHosts.Prepend(five9.Authority)),
            // Never: a test ticks by itself.
            ["ImportSchedule"] = "0 0 0 1 1 *",
            ["LiveSchedule"] = "0 0 0 1 1 *",
            [$"{ImportOptions.Section}:{nameof(ImportOptions.FirstPoll)}"] = "00:00:00",
            [$"{ImportOptions.Section}:{nameof(ImportOptions.LongPoll)}"] = "00:00:00",
            [$"{ImportOptions.Section}:{nameof(ImportOptions.FirstRetry)}"] = "00:00:00",
            [$"{ImportOptions.Section}:{nameof(ImportOptions.UserBusy)}"] = "00:00:00",
            [$"{ImportOptions.Section}:{nameof(ImportOptions.CredentialCheck)}"] = "00:00:01",
        };
        foreach (var id in Integrations)
        {
            var key = $"{IntegrationSettings.Section}:{id}";
            settings[$"{key}:Region"] = IsFive9sOwn ? "us" : five9.AbsoluteUri;
            settings[$"{key}:UserName"] = UserName;
            settings[$"{key}:HistoryDays"] = "0";
            settings[$"{key}:RealTime"] = Live is null ? "false" : "true";
            settings[$"{key}:Reports"] = Calls is null ? "agent-states" : "agent-states,calls";
        }

        foreach (var (key, value) in Settings.Concat(instance))
        {
            settings[key] = value;
        }

        return settings;
    }
}
