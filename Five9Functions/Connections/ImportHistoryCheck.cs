using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;

namespace Five9Functions.Connections;

/// <summary>Whether anything of an integration was imported or is being imported: from then on its local dates mean days of its zone.</summary>
public sealed class ImportHistoryCheck(ReportDayTable days, ImportRunTable runs)
{
    // About a day of ticks: an unfinished run keeps the next one from being opened.
    private const int MaxRunsSeen = 100;

    /// <summary>Days are stored under the id, perhaps those of an integration that was deleted without them.</summary>
    public async Task<bool> HasDaysAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var report in ReportNames.All)
        {
            if (await days.AnyAsync(id, report, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    public Task<bool> IsUnderWayAsync(string id, CancellationToken cancellationToken) =>
        runs.ListAsync(id, cancellationToken).Take(MaxRunsSeen).AnyAsync(run => run.FinishedAt is null, cancellationToken).AsTask();

    /// <summary>The zone that an integration keeps: the stored one once there are days, or are about to be.</summary>
    public async Task<bool> KeepsZoneAsync(Integration stored, string wanted, CancellationToken cancellationToken) =>
        stored.Zone != wanted && (await HasDaysAsync(stored.Id, cancellationToken) || await IsUnderWayAsync(stored.Id, cancellationToken));
}
