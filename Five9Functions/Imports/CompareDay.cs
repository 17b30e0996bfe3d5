using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// Counts what a run changes, a local day at a time, once its slices are finished; after the last day the run's copies are deleted and the
/// run is over. A dry run has landed in copies: these are what would be. Any other run has kept copies: these are what was. Of a run that
/// derives days again each slice is counted before anything is written.
/// </summary>
public sealed partial class CompareDay(
    IntegrationTable integrations,
    ImportRunTable runs,
    ImportSliceTable slices,
    RunDiffTable changes,
    DayComparison comparison,
    RawDayStore rawDays,
    SliceCompletion completion,
    SliceDispatch dispatch,
    ImportQueues queues,
    TimeProvider time,
    ILogger<CompareDay> logger)
{
    /// <param name="dequeueCount">1 for the first delivery of this message.</param>
    public async Task RunAsync(CompareJob job, int dequeueCount, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(job.Integration, job.Run, cancellationToken) is not { } stored)
        {
            Log.Unknown(logger, PlainText.Escape(job.Run), PlainText.Escape(job.Integration));
            return;
        }

        var integration = await integrations.FindAsync(job.Integration, cancellationToken);
        if (job.Slice.Length > 0)
        {
            await OfHeldAsync(integration, stored.Value, job, dequeueCount, cancellationToken);
        }
        else if (stored.Value is not { HasToCompare: true, FinishedAt: null })
        {
            if (dequeueCount > 1 && integration is not null)
            {
                // Whoever counted the last day may have died before he said so.
                await dispatch.DispatchAsync(Five9UserTable.KeyOf(integration), cancellationToken);
            }
        }
        else if (integration is null || stored.Value.CancelledAt is not null)
        {
            await EndAsync(integration, stored, cancellationToken);
        }
        else if (job.Date.Length == 0)
        {
            await SendAsync(integration, stored, again: dequeueCount > 1, cancellationToken);
        }
        else if (stored.Value.ComparingSince is not null)
        {
            await OfRunAsync(integration, stored, job, dequeueCount, cancellationToken);
        }
    }

    /// <summary>All days at once; whoever says first that it is time for it sends them.</summary>
    private async Task SendAsync(Integration integration, Versioned<ImportRun> stored, bool again, CancellationToken cancellationToken)
    {
        var run = stored.Value;
        if (run.ComparingSince is not null ? !again : !await runs.TryUpdateAsync(stored, run with { ComparingSince = time.Now() }, cancellationToken))
        {
            return;
        }

        var left = await LeftAsync(run, cancellationToken);
        foreach (var (report, date) in left)
        {
            await queues.SendAsync(new CompareJob(run.Integration, run.Id, report, TableColumns.Text(date), ""), cancellationToken);
        }

        if (left.Count == 0)
        {
            await EndAsync(integration, await runs.FindAsync(run.Integration, run.Id, cancellationToken), cancellationToken);
        }
    }

    private async Task OfRunAsync(Integration integration, Versioned<ImportRun> stored, CompareJob job, int dequeueCount, CancellationToken cancellationToken)
    {
        var run = stored.Value;
        var day = new RawDayId(run.Integration, PlainText.Escape(job.Report), TableColumns.Date(PlainText.Escape(job.Date)));
        var copy = day with { CopyOf = run.Id };
        await NoteAsync(
            run,
            day,
            dequeueCount,
            () => run.Changes == ChangeCounting.DryRun ? comparison.BetweenAsync(integration, day, copy, cancellationToken) : comparison.BetweenAsync(integration, copy, day, cancellationToken),
            cancellationToken);
        if ((await LeftAsync(run, cancellationToken)).Count == 0)
        {
            await EndAsync(integration, stored, cancellationToken);
        }
    }

    private async Task OfHeldAsync(Integration? integration, ImportRun run, CompareJob job, int dequeueCount, CancellationToken cancellationToken)
    {
        if (integration is null)
        {
            return; // the next tick ends its slices
        }

        var day = new RawDayId(run.Integration, PlainText.Escape(job.Report), TableColumns.Date(PlainText.Escape(job.Date)));
        await NoteAsync(run, day, dequeueCount, async () => (default, await comparison.OfStoredAsync(integration, day, cancellationToken)), cancellationToken);
        var derive = new NormalizeJob(job.Integration, job.Report, job.Date, job.Run, job.Slice) { Compare = true };
        if (run.Changes == ChangeCounting.DryRun)
        {
            await completion.CompleteAsync(integration, derive, again: dequeueCount > 1, cancellationToken);
        }
        else
        {
            await queues.SendAsync(derive, cancellationToken);
        }
    }

    // Counted once: when it comes again, what it compares may be written or deleted.
    private async Task NoteAsync(ImportRun run, RawDayId day, int dequeueCount, Func<Task<(ChangeCounts Rows, ChangeCounts Segments)>> count, CancellationToken cancellationToken)
    {
        if (await changes.IsThereAsync(run, day.Report, day.Date, cancellationToken))
        {
            return;
        }

        try
        {
            var (rows, segments) = await count();
            await changes.AddIfAbsentAsync(run, new DayChanges(day.Report, day.Date, run.Retries, rows, segments), cancellationToken);
            Log.Compared(logger, day.Date, day.Report, run.Id, run.Integration, segments.Added, segments.Changed, segments.Removed);
        }
        catch (Exception e) when (dequeueCount >= Message.LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            // A run that nobody can count must come to its end all the same.
            Log.GivenUp(logger, e, day.Date, day.Report, run.Id, run.Integration, dequeueCount);
            await changes.AddIfAbsentAsync(run, new DayChanges(day.Report, day.Date, run.Retries, default, default) { Unknown = true }, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<(string Report, LocalDate Date)>> LeftAsync(ImportRun run, CancellationToken cancellationToken)
    {
        var done = (await changes.ListAsync(run.Integration, run.Id, cancellationToken)).Where(day => day.Retries == run.Retries).Select(day => (day.Report, day.Date)).ToHashSet();
        var touched = (await slices.OfRunAsync(run.Integration, run.Id, cancellationToken)).SelectMany(slice => slice.Value.Days.Select(date => (slice.Value.Report, date)));
        return [.. touched.Distinct().Where(day => !done.Contains(day)).OrderByDescending(day => day.date)];
    }

    private async Task EndAsync(Integration? integration, Versioned<ImportRun>? stored, CancellationToken cancellationToken)
    {
        if (stored is not { } run)
        {
            return;
        }

        // The copies first: if this instance dies here, whoever comes again finds fewer of them.
        await rawDays.DeleteCopiesAsync(run.Value.Integration, run.Value.Id, cancellationToken);
        if (await runs.TryUpdateAsync(run, run.Value with { ComparedAt = time.Now() }, cancellationToken) && integration is not null)
        {
            await dispatch.DispatchAsync(Five9UserTable.KeyOf(integration), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Day {Date:uuuu-MM-dd} of {Report} of run {Run} of {Integration} is compared: {Added} added, {Changed} changed, {Removed} removed.")]
        public static partial void Compared(ILogger logger, LocalDate date, string report, string run, string integration, int added, int changed, int removed);

        [LoggerMessage(2, LogLevel.Error, "Day {Date:uuuu-MM-dd} of {Report} of run {Run} of {Integration} could not be compared {Deliveries} times; what the run changes of it is not known.")]
        public static partial void GivenUp(ILogger logger, Exception exception, LocalDate date, string report, string run, string integration, int deliveries);

        [LoggerMessage(3, LogLevel.Warning, "The run {Run} of {Integration} is not known any more; its comparison is dropped.")]
        public static partial void Unknown(ILogger logger, string run, string integration);
    }
}
