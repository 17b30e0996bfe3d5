using System.Globalization;
using Azure.Data.Tables;
using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

public sealed class DemoRunTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-run-").FullName;
    private readonly Said _output = new();
    private readonly Said _errors = new();
    private readonly ScheduleClock _time = new(new DateTimeOffset(2026, 10, 6, 17, 3, 0, TimeSpan.Zero)); // Tuesday, 10:03 in Los Angeles

    private RunRequest Request => new()
    {
        Folder = _folder,
        Ports = new StoragePorts(0, 0, 0),
        Api = new ApiPorts(0, 0),
        SettingsFile = Path.Combine(_folder, "local.settings.json"),
        Demo = new DemoCentre { Agents = 4, ReportDuration = TimeSpan.Zero },
        Time = _time,
    };

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [CancelAfter(120_000)]
    public async Task RunAsync_Once_ImportsTellsAndEnds(CancellationToken cancellationToken)
    {
        var exitCode = await RunCommand.RunAsync(Request with { Once = true }, Screen.Plain(_output, _errors), cancellationToken);

        Assert.That((exitCode, _errors.ToString()), Is.EqualTo((0, "")), _output.ToString());
        Assert.That(_output.ToString(), Does.Contain("demo: imported 2026-10-04 to 2026-10-06 in"));
        Assert.That(_output.ToString(), Does.Contain("\nOne agent before and after\n").And.Contain("\nClean timeline  "));
        Assert.That(_output.ToString(), Does.Contain("PartitionKey demo|2026-10-06|00").And.Contain("in memory and ends now"));
        Assert.That(_output.ToString(), Does.Match(@"\nQueues on (Sun|Mon|Tue) 2026-10-0[456], by campaign\n +offered +answered +abandoned +AHT +in time +outbound\n.* - Inbound +\d+ +\d+ +\d+ +\d+:\d\d +\d+ % +0\n"));
        Assert.That(_output.ToString(), Does.Match(@"\n  Sales - Outbound\n  [ ▁▂▃▄▅▆▇█]+\n  \d\d  \d\d  "));
        Assert.That(_output.ToString().Split('\n').SkipWhile(line => !line.StartsWith("Queues on", StringComparison.Ordinal)).TakeWhile(line => line != "Where the tables are").Select(line => line.Length), Has.All.LessThanOrEqualTo(100));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task RunAsync_WhileItStaysUp_PrintsWhatTheTablesSay_RefusesASecond_AndImportsOnSchedule(CancellationToken cancellationToken)
    {
        using var ctrlC = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunCommand.RunAsync(Request, Screen.Plain(_output, _errors), ctrlC.Token);
        await _output.WhenAsync("Ctrl+C ends it.").WaitAsync(cancellationToken);

        var tables = new TableServiceClient(_output.Between("Connection     ", "\n"));
        var segments = await tables.GetTableClient("AgentStates").QueryAsync<TableEntity>("RowKey ne 'manifest'", cancellationToken: cancellationToken).Where(e => e.ContainsKey("Adjusted")).ToListAsync(cancellationToken);
        Assert.That(Figure("States"), Is.EqualTo(segments.Count).And.GreaterThan(500));
        Assert.That(Figure("  overlaps fixed"), Is.EqualTo(segments.Count(s => s.GetBoolean("Adjusted") == true)).And.GreaterThan(50));
        Assert.That(Figure("  open"), Is.EqualTo(segments.Count(s => s.GetBoolean("Open") == true)));

        var days = await tables.GetTableClient("ReportDays").QueryAsync<TableEntity>(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        foreach (var (figure, column) in new[] { ("Agent states", "RowsHeld"), ("  visible", "Visible"), ("  absorbed", "Absorbed"), ("  duplicates", "Duplicate"), ("  markers", "Marker"), ("  quarantined", "Quarantined") })
        {
            Assert.That(Figure(figure), Is.EqualTo(days.Where(d => d.PartitionKey == "demo|agent-states").Sum(d => d.GetInt32(column))), figure);
        }

        Assert.That(Figure("Legs of calls"), Is.EqualTo(days.Where(d => d.PartitionKey == "demo|calls").Sum(d => d.GetInt32("RowsHeld"))).And.GreaterThan(100));

        var slices = await tables.GetTableClient("ImportSlices").QueryAsync<TableEntity>(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        Assert.That((Figure("Rows read"), slices.Count), Is.EqualTo((slices.Sum(s => s.GetInt32("RowsRead")), 6)));

        var refusal = new Said();
        Assert.That(await RunCommand.RunAsync(Request, Screen.Plain(TextWriter.Null, refusal), cancellationToken), Is.EqualTo(1));
        Assert.That(refusal.ToString(), Does.Match(
            $@"^Five9Functions is running already \(process {Environment.ProcessId}, ports \d+, \d+, \d+, \d+, \d+\): stop it with Ctrl\+C where it was started, or start this one with another --folder\.\n$"));

        _time.Advance(TimeSpan.FromMinutes(12)); // 10:15
        await _output.WhenAsync("17:15:00  demo: imported, ").WaitAsync(cancellationToken);
        await ctrlC.CancelAsync();

        Assert.That((await running, _errors.ToString()), Is.EqualTo((0, "")));
        Assert.That(_output.ToString(), Does.EndWith("\nStopped.\n"));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task RunAsync_Live_TellsWhoIsInWhichState_UntilItIsEnded(CancellationToken cancellationToken)
    {
        using var ctrlC = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunCommand.RunAsync(Request with { Live = true }, Screen.Plain(_output, _errors), ctrlC.Token);
        await Task.WhenAny(running, _output.WhenAsync("demo: live, as of")).WaitAsync(cancellationToken);
        await ctrlC.CancelAsync();

        Assert.That((await running, _errors.ToString()), Is.EqualTo((0, "")), _output.ToString());
        Assert.That(_output.ToString(), Does.Match(@"\ndemo: live, as of 10:03:00\n(Stopping: .*\n)?demo: \d [a-z]"));
        Assert.That(_output.ToString(), Does.EndWith("\nStopped.\n"));
    }

    private int Figure(string what)
    {
        var line = _output.ToString().Split('\n').First(l => l.StartsWith($"  {what} ", StringComparison.Ordinal));
        return int.Parse(line[(what.Length + 2)..].Trim().Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
