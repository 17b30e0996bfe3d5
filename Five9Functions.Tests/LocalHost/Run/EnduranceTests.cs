using Azure.Data.Tables;
using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

/// <summary>The default command says what of storage cannot be read, and goes on.</summary>
public sealed class EnduranceTests
{
    private const string Bad = "The row integrations / other of the table Integrations cannot be read";

    private readonly string _folder = Directory.CreateTempSubdirectory("endurance-").FullName;
    private readonly ScheduleClock _time = new(new DateTimeOffset(2026, 10, 6, 17, 3, 0, TimeSpan.Zero));

    private RunRequest Request => new()
    {
        Folder = _folder,
        Ports = new StoragePorts(0, 0, 0),
        Api = new ApiPorts(0, 0),
        SettingsFile = Path.Combine(_folder, "local.settings.json"),
        Demo = new DemoCentre { Agents = 2, ReportDuration = TimeSpan.Zero },
        Time = _time,
    };

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [CancelAfter(240_000)]
    public async Task ABadRowOfIntegrations_IsSaid_AndOthersAreImported(CancellationToken cancellationToken)
    {
        var (output, errors) = (new Said(), new Said());
        using var ctrlC = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunCommand.RunAsync(Request, Screen.Plain(output, errors), ctrlC.Token);
        await Task.WhenAny(running, output.WhenAsync("Ctrl+C ends it.")).WaitAsync(cancellationToken);
        var tables = new TableServiceClient(output.Between("Connection     ", "\n"));
        await tables.GetTableClient("Integrations").AddEntityAsync(new TableEntity("integrations", "other") { ["HistoryStart"] = "yesterday" }, cancellationToken);
        await Task.WhenAny(running, errors.WhenAsync(Bad)).WaitAsync(cancellationToken);

        _time.Advance(TimeSpan.FromMinutes(12)); // 10:15
        await Task.WhenAny(running, output.WhenAsync("17:15:00  demo: imported, ")).WaitAsync(cancellationToken);
        await ctrlC.CancelAsync();
        Assert.That(await running, Is.Zero, errors.ToString());
        Assert.That(output.ToString(), Does.Contain("17:15:00  demo: imported, "));
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task AStorageFault_IsSaid_AndImportsGoOnAfterIt(CancellationToken cancellationToken)
    {
        var (output, errors) = (new Said(), new Said());
        using var ctrlC = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunCommand.RunAsync(Request, Screen.Plain(output, errors), ctrlC.Token);
        await Task.WhenAny(running, output.WhenAsync("Ctrl+C ends it.")).WaitAsync(cancellationToken);
        var table = new TableClient(output.Between("Connection     ", "\n"), "Integrations");
        var rows = await table.QueryAsync<TableEntity>(cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        await table.DeleteAsync(cancellationToken);
        await Task.WhenAny(running, errors.WhenAsync("The integrations cannot be listed: ")).WaitAsync(cancellationToken);
        Assert.That(running.IsCompleted, Is.False, errors.ToString());
        await table.CreateIfNotExistsAsync(cancellationToken);
        foreach (var row in rows)
        {
            await table.AddEntityAsync(row, cancellationToken);
        }

        _time.Advance(TimeSpan.FromMinutes(12)); // 10:15
        await Task.WhenAny(running, output.WhenAsync("17:15:00  demo: imported, ")).WaitAsync(cancellationToken);
        await ctrlC.CancelAsync();

        Assert.That(await running, Is.Zero, errors.ToString());
        Assert.That(output.ToString(), Does.Contain("17:15:00  demo: imported, "));
    }

    [Test]
    public async Task WhatFailsAgainAndAgain_IsSaidOnce_UntilItSucceeds()
    {
        var said = new List<string>();
        var endurance = new Endurance(said.Add);
        foreach (var isWell in new[] { false, false, true, false })
        {
            await endurance.TryAsync("Work", () => isWell ? Task.CompletedTask : throw new IOException("No disk."), CancellationToken.None);
        }

        Assert.That(said, Is.EqualTo(new[] { "Work: No disk.", "Work: No disk." }));
    }
}
