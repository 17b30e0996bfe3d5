using System.CommandLine;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.LocalHost.Run;

namespace Five9Functions.LocalHost.Services;

/// <summary><c>services</c>: what the app needs around it, without the app, for a Functions host of one's own. Described in docs/functions-host.md.</summary>
internal static class ServicesCommand
{
    public static Command Create()
    {
        var folder = RunCommand.Folder("Keeps the files that only you can read. Two instances need two folders.");
        var five9 = RunCommand.Port("--five9-port", "Where the Five9 simulator listens", ApiPorts.UsualFive9);
        var blob = RunCommand.Port("--blob-port", "Where Azurite serves blobs", 10000);
        var queue = RunCommand.Port("--queue-port", "Where Azurite serves queues", 10001);
        var table = RunCommand.Port("--table-port", "Where Azurite serves tables", 10002);
        var command = new Command(
            "services",
            "Runs storage (Azurite), the Five9 simulator and the key vault stand-in until Ctrl+C, for an app that runs elsewhere on this machine, and prints its settings.")
        { folder, five9, blob, queue, table };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new RunRequest
            {
                Folder = parsed.GetRequiredValue(folder).FullName,
                Api = new ApiPorts(null, parsed.GetValue(five9)),
                Ports = new StoragePorts(parsed.GetValue(blob), parsed.GetValue(queue), parsed.GetValue(table)),
                SettingsFile = "", // always the simulated centre
            },
            Screen.Plain(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(RunRequest request, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            using var alone = InstanceLock.TryTake(request.Folder, out var holder)
                ?? throw new RunFailedException($"Five9Functions is running already ({holder}): stop it with Ctrl+C where it was started, or start this one with another --folder.");
            await using var surroundings = await Surroundings.StartAsync(request, screen, cancellationToken);
            alone.Announce([.. surroundings.Ports]);
            await using var files = await ServicesFiles.WriteAsync(request.Folder, surroundings, cancellationToken);
            screen.Line("");
            screen.Heading($"Settings for local.settings.json; {files.Settings} holds them with the token of the vault, for you alone:");
            screen.Line(files.Shown);
            screen.Fact("Vault", $"{surroundings.Settings["KeyVault:Uri"]}; its name must lead to 127.0.0.1 where the app runs, see docs/functions-host.md");
            screen.Line("Ready. Ctrl+C ends it.");
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) // The end of the program: whatever it was becomes one line for the person in front of it.
        {
            screen.Error(OneLine.Of(e));
            return 1;
        }
    }
}
