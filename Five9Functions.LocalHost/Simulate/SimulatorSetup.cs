using Five9Functions.LocalHost.Run;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.LocalHost.Simulate;

/// <summary>From what was asked for to a simulator's options. Whatever is wrong with it is a <see cref="RunFailedException"/> of one sentence.</summary>
internal static class SimulatorSetup
{
    public static SimulatorOptions Options(SimulatorRequest request)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.Zone)
            ?? throw new RunFailedException($"--zone: '{request.Zone}' is not an IANA time zone such as America/Los_Angeles.");
        if (request.User.Length == 0 || request.User.Contains(':', StringComparison.Ordinal))
        {
            throw new RunFailedException("--user must be a name without a colon, which HTTP Basic cannot send.");
        }

        var demo = new DemoCentre();
        var generated = request.AgentStates is null ? new GeneratedAgentStates(demo.Seed, demo.Agents, zone) : null;
        return new SimulatorOptions
        {
            Port = request.Port,
            UserName = request.User,
            Password = request.Password,
            Zone = zone,
            RowCap = request.RowCap,
            ReportDuration = TimeSpan.FromSeconds(request.ReportSeconds),
            Limits = request.Limits,
            Scenario = request.Scenario is { } scenario ? Scenario(scenario) : null,
            AgentStates = request.AgentStates is { } states ? File("--agent-states", states, zone) : generated,
            CallLog = request.CallLog is { } calls ? File("--call-log", calls, zone) : generated is null ? null : new GeneratedCallLog(generated),
        };
    }

    private static SimulatorScenario Scenario(FileInfo file)
    {
        try
        {
            return SimulatorScenario.Parse(Reading("--scenario", file, () => System.IO.File.ReadAllText(file.FullName)));
        }
        catch (FormatException e)
        {
            throw new RunFailedException($"--scenario: {file.FullName} is no scenario: {e.Message}");
        }
    }

    private static ReportFile File(string option, FileInfo file, DateTimeZone zone) => Reading(option, file, () => new ReportFile(file.FullName, zone));

    private static T Reading<T>(string option, FileInfo file, Func<T> read)
    {
        if (!file.Exists)
        {
            throw new RunFailedException($"{option}: there is no file {file.FullName}.");
        }

        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{option}: {file.FullName} cannot be read: {e.Message}");
        }
    }
}
