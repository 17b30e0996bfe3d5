using Azure.Security.KeyVault.Secrets;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using NodaTime;

namespace Five9Functions.LocalHost.Run;

/// <summary>The one integration of the demo, and the Five9 that it talks to.</summary>
internal static class DemoSettings
{
    public const string Integration = "demo";
    public const int RowCap = 50_000;

    private const string Schedule = "0 */15 * * * *";

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    public static SimulatorOptions Simulator(RunRequest request) => Simulator(request, new GeneratedAgentStates(request.Demo.Seed, request.Demo.Agents, Zone));

    private static SimulatorOptions Simulator(RunRequest request, GeneratedAgentStates states) => new()
    {
        AgentStates = states,
        CallLog = new GeneratedCallLog(states),
        Zone = Zone,
        RowCap = RowCap,
        Limits = true,
        ReportDuration = request.Demo.ReportDuration,
        TimeProvider = request.Time,
    };

    public static Task StorePasswordAsync(SecretClient vault, CancellationToken cancellationToken)
    {
        var simulated = new SimulatorOptions();
        return vault.StoreAsync($"five9-{Integration}", Integration, simulated.UserName, simulated.Password, cancellationToken);
    }

    /// <summary>Everything but where storage and the vault are. Two whole days are history; nobody pays for a poll, so there are more than in production.</summary>
    public static Dictionary<string, string?> For(RunRequest request, Uri five9)
    {
        var integration = $"{IntegrationSettings.Section}:{Integration}";
        var imports = ImportOptions.Section;
        return new Dictionary<string, string?>
        {
            ["ImportSchedule"] = Schedule,
            [$"{integration}:Name"] = "Simulated contact centre",
            [$"{integration}:Region"] = five9.AbsoluteUri,
            [$"{integration}:UserName"] = new SimulatorOptions().UserName,
            [$"{integration}:Zone"] = Zone.Id,
            [$"{integration}:HistoryDays"] = "2",
            [$"{integration}:Agents"] = request.Demo.Agents.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [$"{imports}:FirstPoll"] = "00:00:00.5",
            [$"{imports}:LongestPoll"] = "00:00:01",
            [$"{imports}:LongPoll"] = "00:00:01",
            [$"{imports}:FirstRetry"] = "00:00:01",
            [$"{imports}:UserBusy"] = "00:00:01",
        };
    }
}
