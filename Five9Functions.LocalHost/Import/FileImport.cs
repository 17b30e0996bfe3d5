using Five9Functions.AgentStates;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Takes a person's exported report through the whole flow, with storage of its own: a simulator without limits serves the file,
/// a manual run over the local days that it touches imports it, and what the tables then hold is written as files.
/// </summary>
internal sealed class FileImport(ImportRequest request, TextWriter progress)
{
    private const string IntegrationId = "import";

    public async Task<ImportOutcome> RunAsync(CancellationToken cancellationToken)
    {
        Say($"Reading {request.AgentStates.Name}");
        var file = new ReportFile(request.AgentStates.FullName, request.Zone);
        var asOf = request.AsOf ?? file.NewestInstant?.PlusTicks(1) ?? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions(), Say, cancellationToken);
        await using var simulator = await Five9Simulator.StartAsync(
            new SimulatorOptions { AgentStates = file, Zone = request.Zone, RowCap = 0, Limits = false, ReportDuration = TimeSpan.Zero }, cancellationToken);
        await using var app = await LocalApp.StartAsync(Options(azurite, simulator, asOf), cancellationToken);

        // A file without a readable start is imported all the same: its header is judged, its records are quarantined.
        IReadOnlyCollection<LocalDate> days = file.Days.Count > 0 ? file.Days : [LocalDay.Of(asOf, request.Zone).Date];
        Say($"Importing {file.Count} rows, {days.First():uuuu-MM-dd} to {days.Last():uuuu-MM-dd}");
        var folds = new List<RunFold>();
        foreach (var (first, last) in FileWindows.Of(days))
        {
            folds.Add(await ImportAsync(app, RunId.At(asOf, $"{folds.Count}"), Window(first, last), asOf, cancellationToken));
        }

        var known = await app.Services.GetRequiredService<ReportDays>().BetweenAsync(IntegrationId, ReportNames.AgentStates, days.First(), days.Last(), cancellationToken);
        return await ReadAsync(app, file, known, file.Days.Count > 0 ? Window(days.First(), days.Last()) : null, folds, cancellationToken);
    }

    private Interval Window(LocalDate first, LocalDate last) => new(new LocalDay(first, request.Zone).Start, new LocalDay(last, request.Zone).End);

    private LocalAppOptions Options(AzuriteServer azurite, Five9Simulator simulator, Instant asOf)
    {
        var integration = $"{IntegrationSettings.Section}:{IntegrationId}";
        var simulated = new SimulatorOptions();
        return new LocalAppOptions
        {
            Time = new FixedTime(asOf),
            Host = LocalSettings.Quick(FunctionsHostOptions.FromHostJson(LocalSettings.HostJson)),
            Settings = new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = azurite.ConnectionString,
                ["ImportSchedule"] = "0 0 0 * * *",
                [$"{integration}:Region"] = simulator.BaseAddress.AbsoluteUri,
                [$"{integration}:UserName"] = simulated.UserName,
                [$"{integration}:Password"] = simulated.Password,
                [$"{integration}:Zone"] = request.Zone.Id,
                [$"{integration}:HistoryDays"] = "0",
                // The person's own data on the person's own machine, to be written back as it stands.
                [$"{integration}:KeepCustomerData"] = "true",
                // Only the one run below: the clock stands still, so nothing may be planned by it.
                [$"{integration}:Paused"] = "true",
                // The simulator cuts nothing, so as many rows as there are in a minute are no sign that rows are missing.
                [$"{ImportOptions.Section}:{nameof(ImportOptions.RowCap)}"] = "1000000",
                [$"{ImportOptions.Section}:FirstPoll"] = "00:00:00",
                [$"{ImportOptions.Section}:UserBusy"] = "00:00:00",
                [$"{ImportOptions.Section}:FirstRetry"] = "00:00:01",
            },
        };
    }

    private async Task<RunFold> ImportAsync(LocalApp app, string runId, Interval window, Instant asOf, CancellationToken cancellationToken)
    {
        var integration = (await app.Services.GetRequiredService<IntegrationTable>().FindAsync(IntegrationId, cancellationToken))!;
        var run = new ImportRun { Integration = IntegrationId, Id = runId, Kind = RunKind.Manual, RequestedAt = asOf, Window = window };
        await app.Services.GetRequiredService<RunOpening>().OpenAsync(integration, run, cancellationToken);

        var told = -1;
        return await app.Services.GetRequiredService<RunProgress>().WhenFinishedAsync(
            run,
            fold =>
            {
                if (fold.Done != told)
                {
                    told = fold.Done;
                    Say($"{fold.Done} of {fold.Slices} reports imported");
                }
            },
            cancellationToken);
    }

    private static async Task<ImportOutcome> ReadAsync(
        LocalApp app, ReportFile file, IReadOnlyList<ReportDay> known, Interval? window, IReadOnlyList<RunFold> folds, CancellationToken cancellationToken)
    {
        var integration = (await app.Services.GetRequiredService<IntegrationTable>().FindAsync(IntegrationId, cancellationToken))!;
        var segments = new List<Segment>();
        var quarantined = new List<Five9.QuarantinedRow>();
        foreach (var day in known)
        {
            await foreach (var segment in app.Services.GetRequiredService<AgentStatesTable>().ReadAsync(IntegrationId, day.Id.Date, integration.Buckets, cancellationToken))
            {
                segments.Add(segment);
            }

            var raw = await app.Services.GetRequiredService<RawDays>().OpenAsync(day.Id, cancellationToken);
            await foreach (var row in raw.QuarantinedAsync(cancellationToken))
            {
                quarantined.Add(row);
            }
        }

        var accounting = known.Aggregate(default(RowAccounting), (sum, day) => sum + day.Accounting);
        var succeeded = folds.All(f => f.Status == RunStatus.Succeeded);
        var complete = !succeeded || accounting.Rows == file.Count;
        List<string> warnings =
        [
            .. complete ? Array.Empty<string>() : [$"The file has {file.Count} rows, but {accounting.Rows} are accounted for."],
            .. folds.SelectMany(f => f.Errors).Select(e => e.ToString()),
            .. file.NotUtf8 == 0 ? Array.Empty<string>() : [$"{file.NotUtf8} lines hold characters that are not UTF-8; each such byte is written as U+FFFD. Save the file as UTF-8 to have them as they are."],
            .. folds.SelectMany(f => f.Warnings).Where(w => file.NotUtf8 == 0 || w.Concern != SliceConcern.CharactersLost).Select(w => w.ToString()),
        ];
        return new ImportOutcome(succeeded && complete, window, warnings, accounting, segments, QuarantineLines.Find(file, quarantined));
    }

    private void Say(string what) => progress.WriteLine(what);
}
