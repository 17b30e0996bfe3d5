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
    IntegrationTable integrations, RawDays rawDays, IEnumerable<IDayProjection> projections, ReportDays reportDays, SliceCompletion completion, TimeProvider time, ILogger<NormalizeDay> logger)
{
    private const int Tries = 10;

    /// <param name="dequeueCount">1 for the first delivery of this message.</param>
    public async Task RunAsync(NormalizeJob job, int dequeueCount, CancellationToken cancellationToken)
    {
        if (await integrations.FindAsync(job.Integration, cancellationToken) is not { } integration)
        {
            Log.Unknown(logger, job.Integration, job.Date);
            return;
        }

        try
        {
            if (await NormalizeAsync(integration, new RawDayId(job.Integration, job.Report, TableColumns.Date(job.Date)), job.Compare, cancellationToken) is { } damaged)
            {
                // Nothing that is tried again would read it; the day is planned again instead.
                Log.Damaged(logger, job.Date, job.Integration, damaged.Message);
                await completion.FailAsync(integration, job, new SliceError(SliceProblem.NotNormalized, damaged.Message), cancellationToken, damaged.Id.Date);
            }

            await completion.CompleteAsync(integration, job, again: dequeueCount > 1, cancellationToken);
        }
        catch (Exception e) when (dequeueCount >= FetchReport.LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            Log.GivenUp(logger, e, ImportedReport.Of(job.Report).Derived, job.Date, job.Integration, dequeueCount);
            var error = SliceError.Unforeseen(SliceProblem.NotNormalized, $"The importer failed {dequeueCount} times to write the {ImportedReport.Of(job.Report).Derived} of {job.Date}", e, "They are written when the day is read again.");
            await completion.FailAsync(integration, job, error, cancellationToken);
            await NoteReadAsync(new RawDayId(job.Integration, job.Report, TableColumns.Date(job.Date)), cancellationToken);
        }
    }

    // A day without a ledger would count as never read: each tick would read it again, until the quota of the user is used up.
    private async Task NoteReadAsync(RawDayId id, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await reportDays.GetAsync(id, cancellationToken);
            var raw = await rawDays.ReadHeaderAsync(id, cancellationToken);
            await reportDays.TryWriteAsync(stored, stored.Value with { Windows = raw.Windows, LandedVersion = raw.Version }, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotNoted(logger, id.Date, id.Integration, e.Message);
        }
    }

    /// <returns>What is wrong with the day's own raw day, where that cannot be read; the day stays as it is stored then.</returns>
    private async Task<RawDayDamagedException?> NormalizeAsync(Integration integration, RawDayId id, bool compare, CancellationToken cancellationToken)
    {
        var firstKept = Retention.FirstKept(integration, time.Now());
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

            if (next is not null && await reportDays.TryWriteAsync(stored, next, cancellationToken))
            {
                Tell(stored.Value, next);
                return damaged;
            }
        }

        throw new InvalidOperationException($"The day {TableColumns.Text(id.Date)} of {id.Integration} changed {Tries} times while it was being normalized; the job is tried again.");
    }

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
        return (compare && !Retention.IsAtTheEdge(stored.Inputs.Keys, firstKept)) || !same
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
        [LoggerMessage(2, LogLevel.Error, "The {What} of {Date} of {Integration} could not be written {Deliveries} times; given up.")]
        public static partial void GivenUp(ILogger logger, Exception exception, string what, string date, string integration, int deliveries);

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
