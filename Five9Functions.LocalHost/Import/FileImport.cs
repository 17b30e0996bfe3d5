using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.Credentials;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.LocalHost.Files;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Normalization;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Takes a person's exported reports through the whole flow, with storage of its own: a simulator without limits serves the files,
/// manual runs over the local days that they touch import them, oldest first, and what the tables then hold goes into <paramref name="spools"/>.
/// </summary>
internal sealed class FileImport(
    ImportRequest request, ImportSpools spools, Action<string> progress, int rowsOfReport = ImportPlan.RowsOfReport, int rowsOfPart = ImportPlan.RowsOfPart)
{
    private const string IntegrationId = "import";

    public async Task<ImportOutcome> RunAsync(CancellationToken cancellationToken)
    {
        List<ImportedFile> files = [.. Files()];
        if (files.Select(f => f.Source.Dates).OfType<DateOrder>().Distinct().Count() > 1)
        {
            throw new ReportFileException("In one file the day comes first, in the other the month: import them one by one, each to another --output.");
        }

        var asOf = request.AsOf ?? files.Max(f => f.File.NewestInstant)?.PlusTicks(1) ?? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

        // Of a file without a readable start any day holds all records: its header is judged, its records are quarantined.
        List<LocalDate> days = [.. files.SelectMany(f => f.File.Days).Distinct().Order().DefaultIfEmpty(LocalDay.Of(asOf, request.Zone).Date)];
        var parts = ImportPlan.Of(files.Select(f => new FileRows(f.Report, f.File.Days.Count > 0 ? days : [days[^1]], f.File.Starts)), request.Zone, rowsOfReport, rowsOfPart);

        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions(), Say, cancellationToken);
        await using var simulator = await Five9Simulator.StartAsync(FileImportSettings.Simulator(request, files), cancellationToken);
        await using var vaults = await VaultServer.StartAsync(cancellationToken: cancellationToken);
        var vault = vaults.Vault(IntegrationId);
        var simulated = new SimulatorOptions();
        await vault.Client().StoreAsync(
            $"five9-{IntegrationId}", IntegrationId, simulated.UserName, simulated.Password, simulator.BaseAddress, cancellationToken);
        await using var app = await LocalApp.StartAsync(FileImportSettings.App(IntegrationId, request, files, azurite, simulator, vault, asOf, parts), cancellationToken);

        Say($"Importing {files.Sum(f => f.File.Count)} rows, {days[0]:uuuu-MM-dd} to {days[^1]:uuuu-MM-dd}");
        var imported = files.ToDictionary(f => f.Report, f => Imported(app.Services, f, days));
        var slices = new List<ImportSlice>();
        foreach (var part in parts)
        {
            slices.AddRange(await ImportAsync(app, RunId.At(asOf, $"{slices.Count}"), part, asOf, slices.Count, parts.Sum(p => p.Reports.Count), cancellationToken));
            if (part.Final is { } final && slices.TrueForAll(s => s.State == SliceState.Done))
            {
                // The run is finished, but a message that was sent twice may still be at work in the tables.
                await app.Host.WhenIdleAsync(cancellationToken);
                foreach (var report in imported.Values)
                {
                    await report.MoveAsync(final, cancellationToken);
                }
            }
        }

        foreach (var report in imported.Values)
        {
            await report.ReadAsync(cancellationToken);
        }

        var queues = await app.Services.GetRequiredService<QueuesTable>().ReadAsync(IntegrationId, request.Grouping, cancellationToken);
        return Outcome(files, imported, queues, FoldOfDays.Of(parts, slices)) with { UnknownCallTypes = UnknownCallTypes(slices) };
    }

    private IEnumerable<ImportedFile> Files()
    {
        var (states, calls) = (AgentStateReport.Layout, CallLogReport.LayoutOf(request.Grouping));
        foreach (var (report, name, file, layout, other) in new[]
        {
            (ReportNames.AgentStates, RunJson.AgentStates, request.AgentStates, states, CallLogReport.LayoutOf(QueueGrouping.Campaign)),
            (ReportNames.Calls, RunJson.CallLog, request.CallLog, calls, states),
        })
        {
            if (file is not null)
            {
                var source = Open(file, new FileRequest(layout) { Others = [other], Encoding = request.Encoding, Dates = request.Dates });
                yield return new ImportedFile(report, name, source, new ReportFile(spools.Clean.Write(source, name), request.Zone, source.Dates));
            }
        }
    }

    private ExportedFile Open(FileInfo file, FileRequest asked)
    {
        try
        {
            var exported = ExportedFile.Open(file.FullName, asked);
            Say($"Reading {file.Name}: {FileWords.Short(exported)}");
            foreach (var sentence in FileWords.Of(exported))
            {
                Say($"  {sentence}");
            }

            return exported;
        }
        catch (ReportFileException e)
        {
            throw new ReportFileException($"{file.Name}: {e.Message}", e);
        }
    }

    private ImportedDays Imported(IServiceProvider services, ImportedFile file, List<LocalDate> days)
    {
        IDayResults results = file.Report == ReportNames.Calls
            ? ActivatorUtilities.CreateInstance<CallDayResults>(services, spools.Intervals!, spools.Calls!, file.Columns)
            : ActivatorUtilities.CreateInstance<AgentDayResults>(services, spools.Segments!);
        return ActivatorUtilities.CreateInstance<ImportedDays>(services, results, IntegrationId, (days[0], days[^1]));
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

            // A file is read once: what it says lands, however little of it can be read; the exit code judges it as a whole.
            Force = true,
            Window = new Interval(part.Reports.Min(r => r.Window.Start), part.Reports.Max(r => r.Window.End)),
            Plan = [.. part.Reports.Select(r => new PlannedWindow(r.Report, r.Window))],
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
        return [.. (await app.Services.GetRequiredService<ImportSliceTable>().OfRunAsync(IntegrationId, runId, cancellationToken)).Select(s => s.Value)];
    }

    private ImportOutcome Outcome(List<ImportedFile> files, Dictionary<string, ImportedDays> imported, QueueCatalogue queues, RunSummary fold)
    {
        var states = imported.GetValueOrDefault(ReportNames.AgentStates)?.Days.Aggregate(default(RowAccounting), (sum, day) => sum + day.Accounting);
        var calls = imported.GetValueOrDefault(ReportNames.Calls)?.Days.Aggregate(default(CallAccounting), (sum, day) => sum + day.CallRows);
        var succeeded = fold.Status == RunStatus.Succeeded;
        List<string> incomplete =
        [
            .. files.SelectMany(f => f.Incomplete((f.Report == ReportNames.Calls ? calls?.Rows : states?.Rows) ?? 0)),
            .. imported.Values.SelectMany(i => i.Missing.Select(date => $"The {i.Derived} of {date:uuuu-MM-dd} were not derived, or not again after the emulator's tables were emptied.")),
        ];
        List<string> notUnderstood = [.. files.SelectMany(f => f.NotUnderstood(imported[f.Report].Quarantined))];
        var lost = files.SelectMany(f => f.Warnings).Distinct().ToList();
        List<string> warnings =
        [
            .. notUnderstood,
            .. succeeded ? incomplete : [],
            .. fold.Errors.Select(e => e.ToString()),
            .. lost,
            .. fold.Warnings.Where(w => lost.Count == 0 || w.Concern != SliceConcern.CharactersLost).Select(w => w.ToString()),
            .. imported.Values.SelectMany(i => i.Days).SelectMany(day => day.Warnings.Where(w => !CallDayProjection.IsSaidByTheRun(w)).Select(w => $"{day.Id.Report} {day.Id.Date:uuuu-MM-dd}: {w}")),
        ];
        return new ImportOutcome(
            succeeded && incomplete.Count == 0 && notUnderstood.Count == 0,
            Window(files),
            warnings,
            states is { } rows ? new ImportedAgentStates(rows, spools.Segments) : null,
            calls is { } legs ? new ImportedCalls(legs, request.Grouping, Seen(queues), spools.Intervals, files.Single(f => f.Report == ReportNames.Calls).Columns, spools.Calls) : null,
            [.. files.SelectMany(f => QuarantineLines.Find(f, imported[f.Report].Quarantined))])
        {
            Files = files,
        };
    }

    private static IReadOnlyList<UnknownCallType> UnknownCallTypes(IEnumerable<ImportSlice> slices) =>
        [.. slices.Aggregate(ReportRemarks.None, (sum, slice) => sum + slice.Remarks).UnknownCallTypes.OrderByDescending(type => type.Seconds).ThenBy(type => type.Name, StringComparer.Ordinal)];

    private Interval? Window(IEnumerable<ImportedFile> files)
    {
        var days = files.SelectMany(f => f.File.Days).ToList();
        return days.Count == 0 ? null : new Interval(new LocalDay(days.Min(), request.Zone).Start, new LocalDay(days.Max(), request.Zone).End);
    }

    private static IReadOnlyList<QueueSighting> Seen(QueueCatalogue queues) =>
        [.. queues.Queues.Where(q => q.FirstSeen is not null && q.LastSeen is not null).Select(q => new QueueSighting(q.Queue, q.FirstSeen!.Value, q.LastSeen!.Value))];

    private void Say(string what) => progress(what);
}
