using Five9Functions.AgentStates;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Takes a person's exported report through the whole flow, with storage of its own: a simulator without limits serves the file,
/// manual runs over the local days that it touches import it, oldest first, and what the tables then hold goes into <paramref name="segments"/>.
/// </summary>
internal sealed class FileImport(
    ImportRequest request, SegmentSpool segments, TextWriter progress, int rowsOfReport = ImportPlan.RowsOfReport, int rowsOfPart = ImportPlan.RowsOfPart)
{
    private const string IntegrationId = "import";

    public async Task<ImportOutcome> RunAsync(CancellationToken cancellationToken)
    {
        Say($"Reading {request.AgentStates!.Name}");
        var file = new ReportFile(request.AgentStates.FullName, request.Zone);
        var asOf = request.AsOf ?? file.NewestInstant?.PlusTicks(1) ?? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

        // A file without a readable start is imported all the same: its header is judged, its records are quarantined.
        IReadOnlyCollection<LocalDate> days = file.Days.Count > 0 ? file.Days : [LocalDay.Of(asOf, request.Zone).Date];
        var parts = ImportPlan.Of(days, file.Starts, request.Zone, rowsOfReport, rowsOfPart);

        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions(), Say, cancellationToken);
        await using var simulator = await Five9Simulator.StartAsync(
            new SimulatorOptions { AgentStates = file, Zone = request.Zone, RowCap = 0, Limits = false, ReportDuration = TimeSpan.Zero }, cancellationToken);
        await using var vaults = await VaultServer.StartAsync(cancellationToken: cancellationToken);
        var vault = vaults.Vault(IntegrationId);
        var simulated = new SimulatorOptions();
        await vault.Client().StoreAsync($"five9-{IntegrationId}", IntegrationId, simulated.UserName, simulated.Password, cancellationToken);
        await using var app = await LocalApp.StartAsync(Options(azurite, simulator, vault, asOf, parts), cancellationToken);

        Say($"Importing {file.Count} rows, {days.First():uuuu-MM-dd} to {days.Last():uuuu-MM-dd}");
        var imported = ActivatorUtilities.CreateInstance<ImportedDays>(app.Services, IntegrationId, days.First(), days.Last(), segments);
        var slices = new List<ImportSlice>();
        foreach (var part in parts)
        {
            slices.AddRange(await ImportAsync(app, RunId.At(asOf, $"{slices.Count}"), part, asOf, slices.Count, parts.Sum(p => p.Reports.Count), cancellationToken));
            if (part.Final is { } final && slices.TrueForAll(s => s.State == SliceState.Done))
            {
                // The run is finished, but a message that was sent twice may still be at work in the table.
                await app.Host.WhenIdleAsync(cancellationToken);
                await imported.MoveAsync(final, cancellationToken);
            }
        }

        await imported.ReadAsync(cancellationToken);
        return Outcome(file, imported, file.Days.Count > 0 ? new Interval(new LocalDay(days.First(), request.Zone).Start, new LocalDay(days.Last(), request.Zone).End) : null, FoldOfDays.Of(parts, slices));
    }

    private LocalAppOptions Options(AzuriteServer azurite, Five9Simulator simulator, LocalVault vault, Instant asOf, IReadOnlyList<PlannedPart> parts)
    {
        var integration = $"{IntegrationSettings.Section}:{IntegrationId}";
        return new LocalAppOptions
        {
            Services = vault.Serve,
            Time = new FixedTime(asOf),
            // One day at a time is what has to be in memory, and the emulator answers one request at a time anyway.
            Host = LocalSettings.Quick(FunctionsHostOptions.FromHostJson(LocalSettings.HostJson)) with { BatchSize = 1, NewBatchThreshold = 0 },
            Settings = new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = azurite.ConnectionString,
                [vault.Setting.Key] = vault.Setting.Value,
                ["ImportSchedule"] = "0 0 0 * * *",
                [$"{integration}:Region"] = simulator.BaseAddress.AbsoluteUri,
                [$"{integration}:UserName"] = new SimulatorOptions().UserName,
                [$"{integration}:Zone"] = request.Zone.Id,
                [$"{integration}:HistoryDays"] = "0",
                // The person's own data on the person's own machine, to be written back as it stands.
                [$"{integration}:KeepCustomerData"] = "true",
                // Only the runs below: the clock stands still, so nothing may be planned by it.
                [$"{integration}:Paused"] = "true",
                // The simulator selects rows by their start, as slices do.
                [$"{integration}:PaddingMinutes"] = "0",
                // A bucket is what is read, compared and written at a time, so a large day gets several.
                [$"{integration}:Agents"] = parts.SelectMany(p => p.Reports).GroupBy(r => r.Date).Any(d => d.Sum(r => r.Rows) > DayPasses.RowsOfPass) ? "200" : "1",
                // The simulator cuts nothing, so as many rows as there are in a minute are no sign that rows are missing.
                [$"{ImportOptions.Section}:{nameof(ImportOptions.RowCap)}"] = "1000000",
                [$"{ImportOptions.Section}:FirstPoll"] = "00:00:00",
                [$"{ImportOptions.Section}:UserBusy"] = "00:00:00",
                [$"{ImportOptions.Section}:FirstRetry"] = "00:00:01",
            },
        };
    }

    private async Task<IReadOnlyList<ImportSlice>> ImportAsync(
        LocalApp app, string runId, PlannedPart part, Instant asOf, int before, int all, CancellationToken cancellationToken)
    {
        var integration = (await app.Services.GetRequiredService<IntegrationTable>().FindAsync(IntegrationId, cancellationToken))!;
        var run = new ImportRun
        {
            Integration = IntegrationId,
            Id = runId,
            Kind = RunKind.Manual,
            RequestedAt = asOf,
            Window = new Interval(part.Reports[0].Window.Start, part.Reports[^1].Window.End),
            Plan = [.. part.Reports.Select(r => new PlannedWindow(ReportNames.AgentStates, r.Window))],
        };
        await app.Services.GetRequiredService<RunOpening>().OpenAsync(integration, run, cancellationToken);

        var told = -1;
        await app.Services.GetRequiredService<RunProgress>().WhenFinishedAsync(
            run,
            fold =>
            {
                if (fold.Done != told && (fold.Done > 0 || before == 0))
                {
                    told = fold.Done;
                    Say($"{before + fold.Done} of {all} reports imported");
                }
            },
            cancellationToken);
        return [.. (await app.Services.GetRequiredService<ImportSlices>().OfRunAsync(IntegrationId, runId, cancellationToken)).Select(s => s.Value)];
    }

    private ImportOutcome Outcome(ReportFile file, ImportedDays imported, Interval? window, RunFold fold)
    {
        var succeeded = fold.Status == RunStatus.Succeeded;
        List<string> incomplete =
        [
            .. imported.Accounting.Rows == file.Count ? Array.Empty<string>() : [$"The file has {file.Count} rows, but {imported.Accounting.Rows} are accounted for."],
            .. imported.Missing.Select(date => $"The timelines of {date:uuuu-MM-dd} were not derived again after the emulator's table was emptied."),
        ];
        var complete = !succeeded || incomplete.Count == 0;
        List<string> warnings =
        [
            .. succeeded ? incomplete : [],
            .. fold.Errors.Select(e => e.ToString()),
            .. file.NotUtf8 == 0 ? Array.Empty<string>() : [$"{file.NotUtf8} lines hold characters that are not UTF-8; each such byte is written as U+FFFD. Save the file as UTF-8 to have them as they are."],
            .. fold.Warnings.Where(w => file.NotUtf8 == 0 || w.Concern != SliceConcern.CharactersLost).Select(w => w.ToString()),
        ];
        return new ImportOutcome(succeeded && complete, window, warnings, new ImportedAgentStates(imported.Accounting, segments), null, QuarantineLines.Find(RunJson.AgentStates, file, imported.Quarantined));
    }

    private void Say(string what) => progress.WriteLine(what);
}
