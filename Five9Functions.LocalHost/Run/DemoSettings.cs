using Azure.Security.KeyVault.Secrets;
using Five9Functions.Credentials;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.RealTime;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.LocalHost.Run;

/// <summary>The one integration of the demo, and the Five9 that it talks to.</summary>
internal static class DemoSettings
{
    public const string Integration = "demo";
    public const int RowCap = 50_000;

    private const string Schedule = "0 */15 * * * *";
    private const string LiveSchedule = "*/15 * * * * *";

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    /// <summary>Who may log in at the simulator.</summary>
    public static (string UserName, string Password) Login { get; } = (new SimulatorOptions().UserName, new SimulatorOptions().Password);

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
        Port = request.Api.ChooseFive9(),
    };

    public static Task StorePasswordAsync(SecretClient vault, Uri five9, CancellationToken cancellationToken) =>
        vault.StoreAsync($"five9-{Integration}", Integration, Login.UserName, Login.Password, five9, cancellationToken);

    /// <summary>Everything but where storage and the vault are. Nobody pays for a poll, so there are more than in production.</summary>
    public static Dictionary<string, string?> For(RunRequest request, Uri five9)
    {
        var imports = ImportOptions.Section;
        var settings = new Dictionary<string, string?>
        {
            ["ImportSchedule"] = Schedule,
            [LiveOptions.Schedule] = LiveSchedule,
            [RealSettings.AllowedHosts] = Five9Host.WithPort(five9),
            [$"{imports}:FirstPoll"] = "00:00:00.5",
            [$"{imports}:LongestPoll"] = "00:00:01",
            [$"{imports}:LongPoll"] = "00:00:01",
            [$"{imports}:FirstRetry"] = "00:00:01",
            [$"{imports}:UserBusy"] = "00:00:01",
        };
        return request.Empty ? settings : new Dictionary<string, string?>(settings.Concat(ItsIntegration(request, five9)));
    }

    // Two whole days are history.
    private static Dictionary<string, string?> ItsIntegration(RunRequest request, Uri five9)
    {
        var integration = $"{IntegrationSettings.Section}:{Integration}";
        return new Dictionary<string, string?>
        {
            [$"{integration}:Name"] = "Simulated contact centre",
            [$"{integration}:Region"] = five9.AbsoluteUri,
            [$"{integration}:UserName"] = Login.UserName,
            [$"{integration}:Zone"] = Zone.Id,
            [$"{integration}:HistoryDays"] = "2",
            [$"{integration}:RealTime"] = request.Live ? "true" : "false",
            [$"{integration}:Agents"] = request.Demo.Agents.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
