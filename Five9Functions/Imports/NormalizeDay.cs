using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// Derives a local day of a report from the raw days around it and writes what differs. Whatever order the jobs of a day arrive
/// in, and however often, the tables end as the newest raw days say.
/// </summary>
public sealed partial class NormalizeDay(
    IntegrationTable integrations, RawDays rawDays, IEnumerable<IDayProjection> projections, ReportDays reportDays, SliceCompletion completion, SliceThrows throws, ImportQueues queues, TimeProvider time, ILogger<NormalizeDay> logger)
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
            await NormalizeAsync(integration, DayOf(job), job.Compare, cancellationToken);
            await completion.CompleteAsync(integration, job, again: dequeueCount > 1, cancellationToken);
        }
        catch (Exception) when (dequeueCount < FetchReport.LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            await TryCountThrowAsync(job, cancellationToken);
            throw;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var (what, date) = (ImportedReport.Of(PlainText.Escape(job.Report)).Derived, PlainText.Escape(job.Date));

            // Where instances died with the message, the day was not tried often enough to say that it fails: the slice's step asks for it again.
            if (await CountThrowAsync(job, cancellationToken) is { State: SliceState.Normalizing, Throws: < SliceThrows.Max } slice)
            {
                Log.SentAgain(logger, e, what, date, PlainText.Escape(job.Integration), slice.Throws);
                await queues.SendAsync(slice, TimeSpan.Zero, cancellationToken);
                return;
            }

            Log.GivenUp(logger, e, what, date, PlainText.Escape(job.Integration), SliceThrows.Max);
            var error = SliceError.Unforeseen(
                SliceProblem.NotNormalized, $"The importer failed {SliceThrows.Max} times to write the {what} of {date}", e, "They are written when the day is read again.");
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

    private async Task NormalizeAsync(Integration integration, RawDayId id, bool compare, CancellationToken cancellationToken)
    {
        var firstKept = Retention.FirstKept(integration, time.Now());
        if (id.Date < firstKept)
        {
            // It is deleted, or about to be; nothing of it is written again.
            return;
        }

        var day = new LocalDay(id.Date, integration.DateTimeZone);
        var projection = projections.Single(p => p.Report == id.Report);
        for (var i = 0; i < Tries; i++)
        {
            // Read before the raw days: if somebody writes it after them, this attempt is the older one and must start again.
            var stored = await reportDays.GetAsync(id, cancellationToken);
            var inputs = await projection.ReadInputsAsync(integration, id, day, cancellationToken);
            ReportDay? next = stored.Value with { Windows = inputs.Own.Windows, LandedVersion = inputs.Own.Version };
            // A day at the edge is never derived without what it follows from, not even to compare.
            if ((compare && !Retention.IsAtTheEdge(stored.Value.Inputs.Keys, firstKept)) || !inputs.SameAs(stored.Value, firstKept))
            {
                next = await projection.ProjectAsync(integration, inputs.Own, day, compare, cancellationToken);
            }

            if (next is not null && await reportDays.TryWriteAsync(stored, StillFailed(next, stored.Value), cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The day {TableColumns.Text(id.Date)} of {id.Integration} changed {Tries} times while it was being normalized; the job is tried again.");
    }

    private static ReportDay StillFailed(ReportDay day, ReportDay before) => day with { FailedReads = FailedReads.Left(before.FailedReads, day.Windows) };

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

        [LoggerMessage(3, LogLevel.Information, "The integration {Integration} was removed; its job for {Date} is dropped.")]
        public static partial void Unknown(ILogger logger, string integration, string date);
    }
}
