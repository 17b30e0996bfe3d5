using System.Globalization;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.LocalHost.Run;

/// <summary>After the first import: a line for each run that finishes, and one for what cannot be read, which ends nothing.</summary>
internal sealed class LaterRuns(LocalApp app, Action<string> write, Endurance endurance, TimeProvider time)
{
    // Of one integration: one on schedule, one of older history, and what people ask for.
    private const int Recent = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HashSet<(string Integration, string Run)> _told = [];

    public void Told(ImportRun run) => _told.Add((run.Integration, run.Id));

    /// <summary>Ends when cancelled.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await endurance.TryAsync("The integrations cannot be listed", () => TellAllAsync(cancellationToken), cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task TellAllAsync(CancellationToken cancellationToken)
    {
        foreach (var integration in await app.Services.GetRequiredService<IntegrationTable>().AllAsync(e => endurance.Say(e.RowKey, e.Message), cancellationToken))
        {
            await endurance.TryAsync($"The runs of {integration.Id} cannot be listed", () => TellAsync(integration.Id, cancellationToken), cancellationToken);
        }
    }

    private async Task TellAsync(string integration, CancellationToken cancellationToken)
    {
        var seen = 0;
        await foreach (var run in app.Services.GetRequiredService<ImportRunTable>().ListAsync(integration, cancellationToken))
        {
            if (run.FinishedAt is not null && _told.Add((run.Integration, run.Id)))
            {
                var view = await app.Services.GetRequiredService<RunProgress>().ViewAsync(run, cancellationToken);
                write(Line(view, time.LocalTimeZone));
            }

            if (++seen == Recent)
            {
                return;
            }
        }
    }

    internal static string Line(RunView view, TimeZoneInfo zone)
    {
        var (run, fold) = (view.Run, view.Fold);
        var at = TimeZoneInfo.ConvertTime(run.FinishedAt!.Value.ToDateTimeOffset(), zone);
        var took = (run.FinishedAt.Value - run.RequestedAt).TotalSeconds;
        var what = run.Kind switch { RunKind.Backfill => "older history", RunKind.Manual => "imported again", _ => "imported" };
        var figures = string.Create(
            CultureInfo.InvariantCulture, $"{at:HH:mm:ss}  {run.Integration}: {what}, {fold.Slices} {(fold.Slices == 1 ? "report" : "reports")}, {fold.Read:N0} rows read, {fold.Landed:N0} landed, {fold.Quarantined:N0} quarantined, {took:0.0} s");
        return fold.Status == RunStatus.Failed ? $"{figures}; {fold.Failed} failed: {fold.Errors[0]}" : figures;
    }
}
