using Five9Functions.Five9.Csv;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.LocalHost.Run;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Normalization;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>The one integration of an import, and the Five9 that serves the files to it.</summary>
internal static class FileImportSettings
{
    public static SimulatorOptions Simulator(ImportRequest request, IReadOnlyList<ImportedFile> files) => new()
    {
        AgentStates = files.FirstOrDefault(f => f.Report == ReportNames.AgentStates)?.File,
        CallLog = files.FirstOrDefault(f => f.Report == ReportNames.Calls)?.File,
        Zone = request.Zone,
        RowCap = 0,
        Limits = false,
        ReportDuration = TimeSpan.Zero,

        // What the centre has besides what its calls name is not in a file.
        Domain = new SimulatedDomain([], [], []),
    };

    public static LocalAppOptions App(
        string id, ImportRequest request, IReadOnlyList<ImportedFile> files, AzuriteServer azurite, Five9Simulator simulator, LocalVault vault, Instant asOf, IReadOnlyList<PlannedPart> parts)
    {
        var integration = $"{IntegrationSettings.Section}:{id}";
        var simulated = new SimulatorOptions();
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
                ["LiveSchedule"] = "0 0 0 * * *",
                [RealSettings.AllowedHosts] = Five9Host.WithPort(simulator.BaseAddress),
                [$"{integration}:Region"] = simulator.BaseAddress.AbsoluteUri,
                [$"{integration}:UserName"] = simulated.UserName,
                [$"{integration}:Zone"] = request.Zone.Id,
                [$"{integration}:DateOrder"] = files.Select(f => f.Source.Dates).OfType<DateOrder>().Select(order => order.Code()).FirstOrDefault(),
                [$"{integration}:HistoryDays"] = "0",
                [$"{integration}:Reports"] = string.Join(',', parts.SelectMany(p => p.Reports).Select(r => r.Report).Distinct()),
                [$"{integration}:Grouping"] = request.Grouping.Code(),

                // Whatever makes a queue, there is one call log.
                [$"{integration}:CallLogFolder"] = simulated.CallLogFolder,
                [$"{integration}:CallLogReport"] = simulated.CallLogReport,

                // The legs are read from the raw days: the emulator would hold every call of a day in memory.
                [$"{integration}:StoreCalls"] = "false",

                // The person's own data on the person's own machine, to be written back as it stands.
                [$"{integration}:KeepCustomerData"] = "true",

                // Only the runs of the import: the clock stands still, so nothing may be planned by it.
                [$"{integration}:Paused"] = "true",

                // The simulator selects rows by their start, as slices do.
                [$"{integration}:PaddingMinutes"] = "0",

                // A bucket is what is read, compared and written at a time, so a large day gets several.
                [$"{integration}:Agents"] = parts.SelectMany(p => p.Reports).GroupBy(r => (r.Report, r.Date)).Any(d => d.Sum(r => r.Rows) > DayPasses.RowsOfPass) ? "200" : "1",

                // The simulator cuts nothing, so as many rows as there are in a minute are no sign that rows are missing.
                [$"{ImportOptions.Section}:{nameof(ImportOptions.RowCap)}"] = "1000000",
                [$"{ImportOptions.Section}:FirstPoll"] = "00:00:00",
                [$"{ImportOptions.Section}:UserBusy"] = "00:00:00",
                [$"{ImportOptions.Section}:FirstRetry"] = "00:00:01",
            },
        };
    }
}
