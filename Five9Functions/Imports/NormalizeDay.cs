using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// Derives a local day of a report from the raw days around it and writes what differs. Whatever order the jobs of a day arrive
/// in, and however often, the tables end as the newest raw days say.
/// </summary>
public sealed partial class NormalizeDay(
    IntegrationTable integrations, RawDayStore rawDays, IEnumerable<IDayProjection> projections, ReportDayTable reportDays, SliceCompletion completion, SliceThrows throws, ImportQueues queues, TimeProvider time, ILogger<NormalizeDay> logger)
{
    private const int Tries = 10;

    /// <param name="dequeueCount">1 for the first delivery of this message.</param>
    public async Task RunAsync(NormalizeJob job, int dequeueCount, CancellationToken cancellationToken)
    {
        if (await integrations.FindAsync(job.Integration, cancellationToken) is not { } integration)
        {
            Log.Unknown(logger, PlainText.Escape(job.Integration), PlainText.Escape(job.Date));
            return;
        }

        try
        {
            if (await NormalizeAsync(integration, DayOf(job), job.Compare, cancellationToken) is { } damaged)
            {
                // Nothing that is tried again would read it; the day is planned again instead.
                Log.Damaged(logger, PlainText.Escape(job.Date), PlainText.Escape(job.Integration), damaged.Message);
                await completion.FailAsync(integration, job, new ImportError(ImportProblem.NotNormalized, damaged.Message), cancellationToken, damaged.Id.Date);
            }

            await completion.CompleteAsync(integration, job, again: dequeueCount > 1, cancellationToken);
        }
        catch (Exception) when (dequeueCount < Message.LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            await TryCountThrowAsync(job, cancellationToken);
            throw;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var (what, date) = (ReportDefinition.Of(PlainText.Escape(job.Report)).Derived, PlainText.Escape(job.Date));

            // Where instances died with the message, the day was not tried often enough to say that it fails: the slice's step asks for it again.
            if (await CountThrowAsync(job, cancellationToken) is { State: SliceState.Normalizing, Throws: < SliceThrows.Max } slice)
            {
                Log.SentAgain(logger, e, what, date, PlainText.Escape(job.Integration), slice.Throws);
                await queues.SendAsync(slice, TimeSpan.Zero, cancellationToken);
                return;
            }

            Log.GivenUp(logger, e, what, date, PlainText.Escape(job.Integration), SliceThrows.Max);
            var error = ImportError.Unforeseen(
                ImportProblem.NotNormalized, $"The importer failed {SliceThrows.Max} times to write the {what} of {date}", e, "They are written when the day is read again.");
            await completion.FailAsync(integration, job, error, cancellationToken);
            await NoteReadAsync(DayOf(job), cancellationToken);
        }
    }

    private async Task<ImportSlice?> CountThrowAsync(NormalizeJob job, CancellationToken cancellationToken) =>
        job.Slice.Length == 0 ? null : await throws.CountAsync(job.Integration, job.Run, job.Slice, step: null, cancellationToken);

    // Storage may be what failed, and then it fails here too: the job's own exception says more.
    private async Task TryCountThrowAsync(NormalizeJob job, CancellationToken cancellationToken)
    {
        try
        {
            await CountThrowAsync(job, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotCounted(logger, PlainText.Escape(job.Date), PlainText.Escape(job.Integration), e.Message);
        }
    }

    // Escaped: an exception quotes what it could not read.
    private static RawDayId DayOf(NormalizeJob job) => new(job.Integration, PlainText.Escape(job.Report), TableColumns.Date(PlainText.Escape(job.Date)));

    // A day without a ledger would count as never read: each tick would read it again, until the quota of the user is used up.
    private async Task NoteReadAsync(RawDayId id, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await reportDays.GetAsync(id, cancellationToken);
            var raw = await rawDays.ReadHeaderAsync(id, cancellationToken);
            await reportDays.TryWriteAsync(stored, StillFailed(stored.Value with { Windows = raw.Windows, LandedVersion = raw.Version }, stored.Value), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotNoted(logger, id.Date, id.Integration, e.Message);
        }
    }

    /// <returns>What is wrong with the day's own raw day, where that cannot be read; the day stays as it is stored then.</returns>
    private async Task<RawDayDamagedException?> NormalizeAsync(Integration integration, RawDayId id, bool compare, CancellationToken cancellationToken)
    {
        var firstKept = RetentionRules.FirstKept(integration, time.Now());
        if (id.Date < firstKept)
        {
            // It is deleted, or about to be; nothing of it is written again.
            return null;
        }

        var day = new LocalDay(id.Date, integration.DateTimeZone);
        var projection = projections.Single(p => p.Report == id.Report);
        var without = new HashSet<LocalDate>();
        for (var i = 0; i < Tries; i++)
        {
            // Read before the raw days: if somebody writes it after them, this attempt is the older one and must start again.
            var stored = await reportDays.GetAsync(id, cancellationToken);
            RawDayDamagedException? damaged = null;
            ReportDay? next;
            try
            {
                next = await NextAsync(projection, integration, stored.Value, day, compare, without, firstKept, cancellationToken);
            }
            catch (RawDayDamagedException e) when (e.Id.Date != id.Date && without.Add(e.Id.Date))
            {
                i--; // once for each of the days around
                continue;
            }
            catch (RawDayDamagedException e)
            {
                (damaged, next) = (e, HeldDays.Unreadable(stored.Value));
            }

            if (next is not null && await reportDays.TryWriteAsync(stored, StillFailed(next, stored.Value), cancellationToken))
            {
                Tell(stored.Value, next);
                return damaged;
            }
        }

        throw new InvalidOperationException($"The day {TableColumns.Text(id.Date)} of {id.Integration} changed {Tries} times while it was being normalized; the job is tried again.");
    }

    private static ReportDay StillFailed(ReportDay day, ReportDay before) => day with { FailedReads = FailedReads.Left(before.FailedReads, day.Windows) };

    /// <param name="without">Other days that cannot be read.</param>
    /// <returns>What to note of the day; null: begin again.</returns>
    private static async Task<ReportDay?> NextAsync(
        IDayProjection projection, Integration integration, ReportDay stored, LocalDay day, bool compare, IReadOnlySet<LocalDate> without, LocalDate? firstKept, CancellationToken cancellationToken)
    {
        var inputs = await projection.ReadInputsAsync(integration, stored.Id, day, cancellationToken, without);
        if (inputs.Own.Awaited.Count > 0)
        {
            return HeldDays.BegunAnew(stored, inputs.Own);
        }

        var same = inputs.SameAs(stored, firstKept);
        if (!same && HeldDays.MustWait(stored, inputs))
        {
            return HeldDays.Waiting(stored, inputs);
        }

        // A day at the edge is never derived without what it follows from, not even to compare.
        return (compare && !RetentionRules.IsAtTheEdge(stored.Inputs.Keys, firstKept)) || !same
            ? await projection.ProjectAsync(integration, inputs.Own, day, compare, cancellationToken, without)
            : HeldDays.Released(stored) with { Windows = inputs.Own.Windows, LandedVersion = inputs.Own.Version };
    }

    private void Tell(ReportDay before, ReportDay after)
    {
        if (after.IsHeld && !before.IsHeld)
        {
            Log.Held(logger, after.Id.Date, after.Id.Integration, after.Id.Report, after.Warnings[^1]);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "The {What} of {Date} of {Integration} could not be written {Throws} times; given up.")]
        public static partial void GivenUp(ILogger logger, Exception exception, string what, string date, string integration, int throws);

        [LoggerMessage(6, LogLevel.Warning, "The {What} of {Date} of {Integration} could not be written {Throws} times; other deliveries of its message ended with their instance. It is asked for again.")]
        public static partial void SentAgain(ILogger logger, Exception exception, string what, string date, string integration, int throws);

        [LoggerMessage(7, LogLevel.Information, "A failure to derive {Date} of {Integration} could not be counted in the row of its slice. {Reason}")]
        public static partial void NotCounted(ILogger logger, string date, string integration, string reason);

        [LoggerMessage(5, LogLevel.Warning, "What was read of {Date:uuuu-MM-dd} of {Integration} could not be noted in ReportDays either, so the next tick reads it again. {Reason}")]
        public static partial void NotNoted(ILogger logger, LocalDate date, string integration, string reason);

        [LoggerMessage(6, LogLevel.Error, "The day {Date} of {Integration} is not derived. {Reason}")]
        public static partial void Damaged(ILogger logger, string date, string integration, string reason);

        [LoggerMessage(7, LogLevel.Warning, "The day {Date:uuuu-MM-dd} of {Integration} ({Report}) stays as it is stored. {Reason}")]
        public static partial void Held(ILogger logger, LocalDate date, string integration, string report, string reason);

        [LoggerMessage(3, LogLevel.Information, "The integration {Integration} was removed; its job for {Date} is dropped.")]
        public static partial void Unknown(ILogger logger, string integration, string date);
    }
}
