using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net.Sockets;
using Five9Functions.LocalHost.Run;
using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.LocalHost.Simulate;

/// <summary><c>simulator</c>: the Five9 simulator alone, for whoever builds against Five9 without an account. Described in docs/simulator.md.</summary>
internal static class SimulatorCommand
{
    private const int UsualPort = 7090;
    private const int MaxReport = 86_400;

    private static readonly SimulatorOptions Usual = new();

    public static Command Create()
    {
        var port = Option("--port", "Where it listens, on 127.0.0.1 only; 0 for any free port.", UsualPort, Whole(65_535));
        var user = Option("--user", "The Five9 user that may log in.", Usual.UserName);
        var password = Option("--password", "That user's password. [default: see docs/simulator.md]", Usual.Password);
        var agentStates = new Option<FileInfo?>("--agent-states") { Description = "An exported agent-state report (CSV) to serve. [default: generated rows of 50 agents]" };
        var callLog = new Option<FileInfo?>("--call-log") { Description = "An exported call log (CSV) to serve. [default: that of the generated agents; none beside --agent-states]" };
        var zone = Option("--zone", "The zone of the reports' times (IANA).", Usual.Zone.Id);
        var rowCap = Option("--row-cap", "Where a CSV result is cut without a word; 0 for nowhere.", Usual.RowCap, Whole(int.MaxValue));
        var seconds = Option("--report-seconds", "How long a report keeps running.", Usual.ReportDuration.TotalSeconds, Seconds);
        var noLimits = new Option<bool>("--no-limits") { Description = "No quotas, and no account is ever locked." };
        var scenario = new Option<FileInfo?>("--scenario") { Description = "Which calls are answered with which fault, delay or cut (JSON)." };
        password.DefaultValueFactory = null;

        var command = new Command(
            "simulator",
            "Runs the Five9 simulator alone until Ctrl+C. The first line that it prints is its base URL.")
        { port, user, password, agentStates, callLog, zone, rowCap, seconds, noLimits, scenario };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new SimulatorRequest
            {
                Port = parsed.GetValue(port),
                User = parsed.GetRequiredValue(user),
                Password = parsed.GetValue(password) ?? Usual.Password,
                AgentStates = parsed.GetValue(agentStates),
                CallLog = parsed.GetValue(callLog),
                Zone = parsed.GetRequiredValue(zone),
                RowCap = parsed.GetValue(rowCap),
                ReportSeconds = parsed.GetValue(seconds),
                Limits = !parsed.GetValue(noLimits),
                Scenario = parsed.GetValue(scenario),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(SimulatorRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var options = SimulatorSetup.Options(request);
            await using var simulator = await StartAsync(options, cancellationToken);
            await output.WriteLineAsync(simulator.BaseAddress.AbsoluteUri.TrimEnd('/'));
            await output.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (RunFailedException e)
        {
            await error.WriteLineAsync(OneLine.Of(e));
            return 1;
        }
    }

    private static async Task<Five9Simulator> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await Five9Simulator.StartAsync(options, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new RunFailedException($"--port: {options.Port} cannot be listened on ({e.Message.TrimEnd('.')}); choose another, or 0 for any free one.");
        }
    }

    private static Option<T> Option<T>(string name, string description, T usual, Func<ArgumentResult, T?>? parser = null) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = parser,
    };

    private static Func<ArgumentResult, int> Whole(int most) => argument =>
    {
        var text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
        {
            return number;
        }

        argument.AddError($"{argument.Argument.Name}: '{text}' is not a whole number from 0 to {most}.");
        return 0;
    };

    private static double Seconds(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxReport)
        {
            return seconds;
        }

        argument.AddError($"{argument.Argument.Name}: '{text}' is not a number of seconds from 0 to {MaxReport}.");
        return 0;
    }
}
