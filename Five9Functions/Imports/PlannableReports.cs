using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Imports;

/// <summary>The reports that no open run of a kind has left to read: one that hangs keeps only itself waiting.</summary>
public sealed partial class PlannableReports(ImportRunTable runs, ImportSliceTable slices, ILogger<PlannableReports> logger)
{
    /// <param name="user">The integration's Five9 user, who knows what is open; null when nobody is known.</param>
    public async Task<IReadOnlyList<string>> FindAsync(Integration integration, RunKind kind, Five9User? user, CancellationToken cancellationToken)
    {
        var free = ReportDefinition.Of(integration).Select(report => report.Name).ToList();
        foreach (var open in (user?.OpenRuns ?? []).Where(open => open.Integration == integration.Id))
        {
            if (await runs.FindAsync(open.Integration, open.Run, cancellationToken) is not { Value: { FinishedAt: null } run } || run.Kind != kind)
            {
                continue;
            }

            var busy = await BusyAsync(run, cancellationToken);
            foreach (var report in free.Where(report => run.Reads(report) && busy(report)).ToList())
            {
                Log.StillRunning(logger, report, integration.Id, run.Id);
                free.Remove(report);
            }
        }

        return free;
    }

    private async Task<Func<string, bool>> BusyAsync(ImportRun run, CancellationToken cancellationToken)
    {
        var known = run.Planned is null ? [] : await slices.OfRunAsync(run.Integration, run.Id, cancellationToken);
        return report => run.Planned is not { } planned || known.Count < planned || known.Any(s => s.Value.Report == report && !s.Value.Finished);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} of {Integration} still reads {Report}; nothing new of it is planned.")]
        public static partial void StillRunning(ILogger logger, string report, string integration, string run);
    }
}
