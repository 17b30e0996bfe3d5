using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Five9Functions.LocalHost.Run;
using Five9Functions.Tests.LocalHost.Run;

namespace Five9Functions.Tests.Api;

/// <summary>
/// The README's walk from nothing to figures: each command as it stands there, in a real shell. Of the machine around it only three
/// things are another: the ports, the build that <c>dotnet run</c> would make, and what day it is.
/// </summary>
public sealed partial class ReadmeWalkTests
{
    private const string Start = "dotnet run --project Five9Functions.LocalHost -- --empty";

    private readonly string _folder = Directory.CreateTempSubdirectory("readme-walk-").FullName;
    private readonly Said _output = new();
    private readonly Said _errors = new();

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [CancelAfter(240_000)]
    public async Task EachCommand_DoesWhatTheReadmeSays(CancellationToken cancellationToken)
    {
        var commands = Commands();
        Assert.That(commands[0], Is.EqualTo(Start));

        using var ctrlC = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunCommand.RunAsync(
            new RunRequest
            {
                Folder = _folder,
                Empty = true,
                Ports = new StoragePorts(0, 0, 0),
                Api = new ApiPorts(0, 0),
                SettingsFile = Path.Combine(_folder, "local.settings.json"),
                Demo = new DemoCentre { Agents = 4, ReportDuration = TimeSpan.Zero },
                Time = new ScheduleClock(new DateTimeOffset(2026, 10, 6, 17, 3, 0, TimeSpan.Zero)), // Tuesday, 10:03 in Los Angeles
            },
            Screen.Plain(_output, _errors),
            ctrlC.Token);
        await _output.WhenAsync("Ctrl+C ends it.").WaitAsync(cancellationToken);

        var said = await ShellAsync(commands[1..], cancellationToken);
        await ctrlC.CancelAsync();
        Assert.That((await running, _errors.ToString()), Is.EqualTo((0, "")));

        await TestContext.Out.WriteLineAsync(string.Join("\n\n", said.Select(s => $"$ {s.Command}\n{s.Output}")));
        var output = said.Where(s => s.Output.Trim().Length > 0).Select(s => s.Output.Trim()).ToList();
        Assert.That(output, Has.Count.EqualTo(6), "what is asked for prints, what waits or only sets a variable does not");
        Assert.That(output[0], Does.Contain("\"id\":\"acme\"").And.Contain("{\"stage\":\"login\",\"result\":\"ok\",").And.Contain("{\"stage\":\"call-log\",\"result\":\"ok\",").And.Not.Contain("simulated\""));
        Assert.That(output[1], Does.StartWith("start,end,queue,").And.Contain("\n2026-10-04T18:00:00Z,2026-10-04T19:00:00Z,Support EN - Inbound,"));
        Assert.That(output[2], Does.StartWith("{\"items\":[{\"date\":\"2026-10-04\",\"agent\":").And.Contain("\"continuation\":"));
        Assert.That(output[3], Does.Contain("{\"date\":\"2026-10-04\",\"report\":\"agent-states\",\"state\":\"complete\",").And.Contain("{\"date\":\"2026-10-04\",\"report\":\"calls\",\"state\":\"complete\","));
        Assert.That(output[4], Does.Contain("\"kind\":\"manual\",\"status\":\"succeeded\"").And.Contain("\"dryRun\":true").And.Contain("\"segments\":{\"added\":0,\"changed\":0,\"removed\":0}},\"days\":[]"));
        Assert.That(output[5], Does.StartWith("{\"status\":\"ok\",\"items\":[{\"id\":\"acme\",\"name\":\"Acme\",\"status\":\"ok\","));
    }

    /// <summary>One shell for all, because they share its variables; what each prints is told apart by a line between.</summary>
    private async Task<IReadOnlyList<(string Command, string Output)>> ShellAsync(IReadOnlyList<string> commands, CancellationToken cancellationToken)
    {
        const string Mark = "----8<----";
        var localHost = Path.Combine(AppContext.BaseDirectory, "Five9Functions.LocalHost.dll");
        var script = $$"""
            set -euo pipefail
            dotnet() { [ "$1 $2 $3 $4" = "run --project Five9Functions.LocalHost --" ]; shift 4; command dotnet exec "{{localHost}}" "$@" --folder "{{_folder}}"; }
            node() { case "$2" in *"- 1728e5"*) echo 2026-10-04;; *"- 864e5"*) echo 2026-10-05;; *) return 1;; esac; }
            {{string.Join("\n", commands.Select(command => $"{InPlace(command)}\necho\necho '{Mark}'"))}}
            """;
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await using var end = cancellationToken.Register(() => shell.Kill(entireProcessTree: true));
        var errors = shell.StandardError.ReadToEndAsync(cancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        Assert.That((shell.ExitCode, await errors), Is.EqualTo((0, "")), output);
        return [.. commands.Zip(output.Split($"\n{Mark}\n"))];
    }

    private string InPlace(string command) => command
        .Replace($"127.0.0.1:{ApiPorts.UsualHttp}/", $"127.0.0.1:{_output.Between("HTTP      http://127.0.0.1:", "/")}/", StringComparison.Ordinal)
        .Replace($"127.0.0.1:{ApiPorts.UsualFive9}", $"127.0.0.1:{_output.Between("simulator at http://127.0.0.1:", "/")}", StringComparison.Ordinal);

    /// <summary>A command ends at the end of a line that is not within quotes.</summary>
    private static List<string> Commands([CallerFilePath] string thisFile = "")
    {
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "README.md"));
        var walk = readme.Split("\n### From nothing to figures\n")[1].Split("\n## ")[0];
        var commands = new List<string>();
        foreach (var line in Block().Matches(walk).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (commands.Count > 0 && commands[^1].Count(c => c == '\'') % 2 == 1)
            {
                commands[^1] += $"\n{line}";
            }
            else
            {
                commands.Add(line);
            }
        }

        return commands;
    }

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
