using System.CommandLine;
using System.CommandLine.Parsing;

namespace Five9Functions.LocalHost.Run;

/// <summary>The command line of the default command, and what it exits with.</summary>
internal static class RunCommand
{
    private const int Interrupted = 130;

    /// <summary>How long a Ctrl+C may take: running functions end, storage is saved.</summary>
    public static TimeSpan TimeToStop { get; } = TimeSpan.FromSeconds(40);

    public static RootCommand Create()
    {
        var once = new Option<bool>("--once") { Description = "End after the first import: exit code 0 if it succeeded, 1 if not." };
        var empty = new Option<bool>("--empty") { Description = "The simulator, but no integration yet: connect one over HTTP." };
        var live = new Option<bool>("--live") { Description = "Show who is in which state right now, until Ctrl+C; imports go on on schedule." };
        var folder = Folder("Keeps what outlives a run. Two instances need two folders.");
        var http = Port("--http-port", "Where the HTTP functions are served", ApiPorts.UsualHttp);
        var five9 = Port("--five9-port", "Where the Five9 simulator listens", ApiPorts.UsualFive9);
        var blob = Port("--blob-port", "Where Azurite serves blobs", 10000);
        var queue = Port("--queue-port", "Where Azurite serves queues", 10001);
        var table = Port("--table-port", "Where Azurite serves tables", 10002);
        var root = new RootCommand(
            $"""
            Runs Five9Functions on this machine, with the storage that it needs (Azurite).

            Without a {LocalSettingsFile.Name} in the current directory it imports two days of a simulated contact centre with 50 agents, tells what came of it, and goes on importing every 15 minutes until Ctrl+C.
            With one it imports the Five9 domains whose settings stand there.
            """)
        { once, empty, live, folder, http, five9, blob, queue, table };
        root.Validators.Add(parsed =>
        {
            if (parsed.GetValue(once) && parsed.GetValue(empty))
            {
                parsed.AddError("--once and --empty do not go together: without an integration nothing is imported.");
            }

            if (parsed.GetValue(live) && (parsed.GetValue(once) || parsed.GetValue(empty)))
            {
                parsed.AddError("--live goes neither with --once nor with --empty: it shows an integration until Ctrl+C.");
            }
        });
        root.SetAction((parsed, cancellationToken) => RunAsync(
            new RunRequest
            {
                Once = parsed.GetValue(once),
                Empty = parsed.GetValue(empty),
                Live = parsed.GetValue(live),
                Folder = parsed.GetRequiredValue(folder).FullName,
                Api = new ApiPorts(parsed.GetValue(http), parsed.GetValue(five9)),
                Ports = new StoragePorts(parsed.GetValue(blob), parsed.GetValue(queue), parsed.GetValue(table)),
                SettingsFile = Path.GetFullPath(LocalSettingsFile.Name),
            },
            Screen.OfThisProcess(),
            cancellationToken));
        return root;
    }

    internal static async Task<int> RunAsync(RunRequest request, Screen screen, CancellationToken cancellationToken)
    {
        await using var stopping = cancellationToken.Register(() => screen.Line("Stopping: what runs is brought to its end."));
        try
        {
            return await new LocalRun(request, screen).RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            screen.Line("Stopped.");
            return request.Once ? Interrupted : 0;
        }
        catch (Exception e) // The end of the program: whatever it was becomes one line for the person in front of it.
        {
            screen.Error(OneLine.Of(e));
            return 1;
        }
    }

    public static Option<DirectoryInfo> Folder(string description) => new("--folder") { Description = description, DefaultValueFactory = _ => new DirectoryInfo(DefaultFolder()) };

    private static string DefaultFolder() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "Five9Functions", "local");

    internal static Option<int?> Port(string name, string what, int usual) => new(name)
    {
        Description = $"{what}; 0 for any free port. [default: {usual}, or a free one if that is taken]",
        HelpName = "port",
        CustomParser = Number,
    };

    private static int? Number(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535)
        {
            return port;
        }

        argument.AddError($"'{text}' is not a port: it must be a number from 0 to 65535.");
        return null;
    }
}
