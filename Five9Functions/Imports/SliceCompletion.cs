using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Time;
using Five9Functions.Users;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>A slice is done when every day that its rows can touch was derived from what it landed.</summary>
public sealed class SliceCompletion(ImportSliceTable slices, ReportDayTable days, RawDayStore rawDays, SliceDispatch dispatch, TimeProvider time)
{
    /// <param name="again">The job was delivered before.</param>
    public async Task CompleteAsync(Integration integration, NormalizeJob job, bool again, CancellationToken cancellationToken)
    {
        if (job.Slice.Length == 0 || await slices.FindAsync(job.Integration, job.Run, job.Slice, cancellationToken) is not { } stored)
        {
            return;
        }

        if (stored.Value.Finished)
        {
            // It may have been finished by an instance that died before it gave the place to the next slice.
            await dispatch.DispatchAsync(Five9UserTable.KeyOf(integration), cancellationToken, repair: again);
        }
        else if (stored.Value.State == SliceState.Normalizing && await AllNormalizedAsync(integration, stored.Value, cancellationToken))
        {
            await TryEndAsync(integration, stored, stored.Value.End(SliceState.Done, time.Now()), cancellationToken);
        }
    }

    /// <param name="of">Only if this is the slice's own day; null: whichever it is.</param>
    public async Task FailAsync(Integration integration, NormalizeJob job, ImportError error, CancellationToken cancellationToken, LocalDate? of = null)
    {
        // Another day of the slice may count a failure in the row meanwhile.
        var ended = false;
        while (!ended && job.Slice.Length > 0 && await slices.FindAsync(job.Integration, job.Run, job.Slice, cancellationToken) is { Value.State: SliceState.Normalizing } stored
            && (of is null || of == stored.Value.Date))
        {
            ended = await TryEndAsync(integration, stored, stored.Value.Fail(time.Now(), error), cancellationToken);
        }
    }

    private async Task<bool> TryEndAsync(Integration integration, Versioned<ImportSlice> stored, ImportSlice ended, CancellationToken cancellationToken)
    {
        if (!await slices.TryUpdateAsync(stored, ended, cancellationToken))
        {
            return false;
        }

        await dispatch.DispatchAsync(Five9UserTable.KeyOf(integration), cancellationToken);
        return true;
    }

    private async Task<bool> AllNormalizedAsync(Integration integration, ImportSlice slice, CancellationToken cancellationToken)
    {
        if (slice.FromRaw)
        {
            return true; // who asks has just derived its only day
        }

        var own = (await days.GetAsync(slice.RawDay, cancellationToken)).Value;
        if (own.WaitsFor.Contains(slice.Date))
        {
            return LedgerShows(own, slice); // until it holds again what it held, no day is derived from it
        }

        var firstKept = RetentionRules.FirstKept(integration, time.Now());
        foreach (var date in slice.Days.Where(date => !(date < firstKept)))
        {
            var day = (await days.GetAsync(new RawDayId(slice.Integration, slice.Report, date), cancellationToken)).Value;
            var derived = day.WaitsFor.Any(other => other != slice.Date) || (day.Inputs.TryGetValue(slice.Date, out var version)
                ? version >= slice.LandedVersion
                : !await ReachesAsync(slice, new LocalDay(date, integration.DateTimeZone), cancellationToken));
            if (!derived || (date == slice.Date && !LedgerShows(day, slice)))
            {
                return false;
            }
        }

        return true;
    }

    // A state of days that turned out shorter: the days that it no longer reaches do not follow from this raw day any more.
    private async Task<bool> ReachesAsync(ImportSlice slice, LocalDay day, CancellationToken cancellationToken) =>
        ReportDefinition.Of(slice.Report).Reaches(await rawDays.ReadHeaderOrEmptyAsync(new RawDayId(slice.Integration, slice.Report, slice.Date), cancellationToken), day);

    // Identical rows are no new version, so the version alone does not say that the day's row knows of this reading.
    private static bool LedgerShows(ReportDay day, ImportSlice slice) => slice.Suspicious
        || day.Windows.Any(w => w.From <= slice.Window.Start && slice.Window.Start < w.To && w.AsOf >= slice.RequestedAt);
}
