using Azure.Data.Tables;
using Five9Functions.LocalHost.Run;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Run;

/// <summary>With a local.settings.json; a simulator stands where the domain is.</summary>
public sealed class RealRunTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("real-run-").FullName;
    private readonly Said _output = new();
    private readonly Said _errors = new();
    private readonly ScheduleClock _time = new(new DateTimeOffset(2026, 10, 6, 17, 3, 0, TimeSpan.Zero));

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [CancelAfter(120_000)]
    public async Task RunAsync_Twice_FindsWhatTheFirstKept(CancellationToken cancellationToken)
    {
        await using var five9 = await Five9Async("simulated", cancellationToken);

        var first = await OnceAsync(cancellationToken);
        Assert.That((first, _errors.ToString()), Is.EqualTo((0, "")), _output.ToString());
        Assert.That(_output.ToString(), Does.Contain("acme: imported 2026-10-06 in").And.Contain($"Kept in        {Path.Combine(_folder, "storage")}"));
        var states = _output.Between("\n  States", "segments");
        var asked = five9.Calls["runReport"];

        var again = new Said();
        var second = await RunCommand.RunAsync(Request, Screen.Plain(again, _errors), cancellationToken);

        Assert.That((second, _errors.ToString(), five9.Calls["runReport"] - asked), Is.EqualTo((0, "", 0)), again.ToString());
        Assert.That(again.ToString(), Does.Contain("acme was imported a moment ago"));
        Assert.That(again.Between("\n  States", "segments"), Is.EqualTo(states));
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task RunAsync_WithABadRowOfIntegrations_SaysSo_AndGoesOn_AtEachStart(CancellationToken cancellationToken)
    {
        const string Bad = "The row integrations / other of the table Integrations cannot be read";
        await using var five9 = await Five9Async("simulated", cancellationToken);
        Assert.That(await OnceAsync(cancellationToken), Is.Zero, _errors.ToString());

        foreach (var isSpoilt in new[] { false, true, true })
        {
            var (output, errors) = (new Said(), new Said());
            using var ctrlC = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var running = RunCommand.RunAsync(Request with { Once = false }, Screen.Plain(output, errors), ctrlC.Token);
            await Task.WhenAny(running, output.WhenAsync("Importing on schedule. Ctrl+C ends it.")).WaitAsync(cancellationToken);
            Assert.That(running.IsCompleted, Is.False, errors.ToString());
            Assert.That(errors.ToString().Contains(Bad, StringComparison.Ordinal), Is.EqualTo(isSpoilt), errors.ToString());
            if (!isSpoilt)
            {
                var table = new TableClient(output.Between("Connection     ", "\n"), "Integrations");
                await table.AddEntityAsync(new TableEntity("integrations", "other") { ["HistoryStart"] = "yesterday" }, cancellationToken);
            }

            await ctrlC.CancelAsync();
            Assert.That(await running, Is.Zero, errors.ToString());
        }
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task RunAsync_WithAPasswordThatFive9Refuses_EndsInOneLine(CancellationToken cancellationToken)
    {
        await using var five9 = await Five9Async("wrong", cancellationToken);

        var exitCode = await OnceAsync(cancellationToken);

        Assert.That((exitCode, five9.BadLogins), Is.EqualTo((1, 1)));
        Assert.That(_errors.ToString().TrimEnd().Split('\n').Last(), Does.StartWith("Five9 refuses the user importer@example.com of acme (").And.EndWith("store the right password with 'dotnet run --project Five9Functions.LocalHost -- secret set acme', or correct UserName or Region in local.settings.json, then start again."));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task RunAsync_WithARightAndAWrongPassword_ShowsNeither_InWhatItPrintsOrKeeps(CancellationToken cancellationToken)
    {
        const string Right = "Mk7\"<q&>'é\\ R1x", Wrong = "Mk7\"<q&>'é\\ W2x";
        using var search = new LeakSearch("importer@example.com", Right, Wrong);
        await using var five9 = await Five9Async(Right, cancellationToken, accepts: Right);
        Assert.That(await OnceAsync(cancellationToken), Is.Zero, _errors.ToString());
        await SecretCommand.RunAsync(new SecretRequest("acme", null, _folder, Request.SettingsFile), _ => Wrong, Screen.Plain(_output, _errors), cancellationToken);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That((await OnceAsync(cancellationToken), five9.BadLogins), Is.EqualTo((1, 1)));

        search.Search("output", _output.ToString());
        search.Search("errors", _errors.ToString());
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "local.json"))
        {
            search.Search(Path.GetRelativePath(_folder, file), await File.ReadAllTextAsync(file, cancellationToken));
        }

        Assert.That(search.Searched.Keys, Has.Some.StartsWith("storage"));
        Assert.That(search.Found, Is.Empty);
        Assert.That(File.ReadAllText(Path.Combine(_folder, "vault", "local.json")), Does.Contain("R1x").And.Contain("W2x"), "where they belong");
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task RunAsync_AReportThatIsNotThere_FailsInOneLine(CancellationToken cancellationToken)
    {
        await using var five9 = await Five9Async("simulated", cancellationToken, report: "Nothing");

        Assert.That(await OnceAsync(cancellationToken), Is.EqualTo(1));
        Assert.That(_errors.ToString().TrimEnd().Split('\n').Last(), Does.Match("^The import of acme failed: agent-states 2026-10-06T07:00:00Z/2026-10-06T16:58:00Z: .*Nothing.*$"));
        Assert.That(_output.ToString(), Does.Contain("acme: the import failed: 2026-10-06 in").And.Contain("No two states overlap on these days"));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task RunAsync_WithoutAPassword_SaysWhatToType(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Request.SettingsFile, """{ "Values": { "Integrations__acme__UserName": "importer@example.com" } }""", cancellationToken);

        Assert.That(await OnceAsync(cancellationToken), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Is.EqualTo("There is no password for acme yet: type 'dotnet run --project Five9Functions.LocalHost -- secret set acme', then start again.\n"));
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task RunAsync_WithoutAnyIntegration_SaysWhatToAdd(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Request.SettingsFile, """{ "Values": {} }""", cancellationToken);

        Assert.That(await OnceAsync(cancellationToken), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Is.EqualTo(
            $"{Request.SettingsFile} names no integration: add Integrations__acme__UserName and the other keys of local.settings.sample.json, or move the file away to see the simulated contact centre.\n"));
    }

    private RunRequest Request => new()
    {
        Folder = _folder,
        Once = true,
        Ports = new StoragePorts(0, 0, 0),
        Api = new ApiPorts(0, 0),
        SettingsFile = Path.Combine(_folder, "local.settings.json"),
        Time = _time,
    };

    private Task<int> OnceAsync(CancellationToken cancellationToken) => RunCommand.RunAsync(Request, Screen.Plain(_output, _errors), cancellationToken);

    private async Task<Five9Simulator> Five9Async(string password, CancellationToken cancellationToken, string report = "Agent State Details", string accepts = "simulated")
    {
        var states = new GeneratedAgentStates(9, 4, DateTimeZoneProviders.Tzdb["America/Los_Angeles"]);
        var five9 = await Five9Simulator.StartAsync(
            new SimulatorOptions { AgentStates = states, CallLog = new GeneratedCallLog(states), Password = accepts, ReportDuration = TimeSpan.Zero, TimeProvider = _time }, cancellationToken);
        await File.WriteAllTextAsync(
            Request.SettingsFile,
            $$"""
            {
              "IsEncrypted": false,
              "Values": {
                "AzureWebJobsStorage": "UseDevelopmentStorage=true",
                "Five9__AllowedHosts": "{{five9.BaseAddress.Authority}}",
                "Integrations__acme__Region": "{{five9.BaseAddress}}",
                "Integrations__acme__UserName": "importer@example.com",
                "Integrations__acme__AgentStateReport": "{{report}}",
                "Integrations__acme__HistoryDays": "0",
                "Imports__FirstPoll": "00:00:00"
              }
            }
            """,
            cancellationToken);
        var stored = await SecretCommand.RunAsync(new SecretRequest("acme", null, _folder, Request.SettingsFile), _ => password, Screen.Plain(_output, _errors), cancellationToken);
        Assert.That(stored, Is.Zero, _errors.ToString());
        return five9;
    }
}
