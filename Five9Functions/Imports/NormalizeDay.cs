using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// Derives a local day's timelines from the raw days around it and writes what differs. Whatever order the jobs of a day arrive
/// in, and however often, the tables end as the newest raw days say.
/// </summary>
public sealed partial class NormalizeDay(
    IntegrationTable integrations, RawDays rawDays, AgentStateDays sources, AgentStatesTable table, ReportDays reportDays, SliceCompletion completion, ILogger<NormalizeDay> logger)
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
            await NormalizeAsync(integration, new RawDayId(job.Integration, job.Report, TableColumns.Date(job.Date)), cancellationToken);
            await completion.CompleteAsync(integration, job, again: dequeueCount > 1, cancellationToken);
        }
        catch (Exception e) when (dequeueCount >= FetchAgentStates.LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            Log.GivenUp(logger, e, job.Date, job.Integration, dequeueCount);
            var error = SliceError.Unforeseen(SliceProblem.NotNormalized, $"The importer failed {dequeueCount} times to write the timelines of {job.Date}", e, "They are written when the day is read again.");
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

    private async Task NormalizeAsync(Integration integration, RawDayId id, CancellationToken cancellationToken)
    {
        var day = new LocalDay(id.Date, integration.DateTimeZone);
        for (var i = 0; i < Tries; i++)
        {
            // Read before the raw days: if somebody writes it after them, this attempt is the older one and must start again.
            var stored = await reportDays.GetAsync(id, cancellationToken);
            var inputs = await sources.ReadInputsAsync(id, day, cancellationToken);
            ReportDay? next = stored.Value with { Windows = inputs.Own.Windows, LandedVersion = inputs.Own.Version };
            if (!inputs.SameAs(stored.Value))
            {
                next = await ProjectAsync(integration, inputs.Own, day, cancellationToken);
            }

            if (next is not null && await reportDays.TryWriteAsync(stored, next, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The day {TableColumns.Text(id.Date)} of {id.Integration} changed {Tries} times while it was being normalized; the job is tried again.");
    }

    /// <returns>Null when a raw day changed on the way, so that the buckets follow from different ones.</returns>
    private async Task<ReportDay?> ProjectAsync(Integration integration, RawDayHeader raw, LocalDay day, CancellationToken cancellationToken)
    {
        var id = raw.Id;
        DayInputs? inputs = null;
        var (written, segments, accounting, oldestOpen) = (default(ProjectionResult), 0, default(RowAccounting), (Instant?)null);
        foreach (var pass in DayPasses.Of(integration.Buckets, raw.Rows))
        {
            var buckets = Enumerable.Range(0, integration.Buckets).Take(pass).ToHashSet();
            DerivedDay? derived = null;
            written += await table.WriteAsync(
                integration.Id,
                id.Date,
                integration.Buckets,
                pass,
                async (refused, token) =>
                {
                    derived = await sources.DeriveAsync(id, day, agent => buckets.Contains(AgentStatesKeys.Bucket(agent, integration.Buckets)), refused, token);
                    return (derived.Segments, derived.Inputs.ToString());
                },
                cancellationToken);
            if (inputs is not null && inputs.ToString() != derived!.Inputs.ToString())
            {
                return null;
            }

            inputs = derived!.Inputs;
            segments += derived.Segments.Count;
            accounting += derived.Accounting;
            oldestOpen = derived.Segments.Where(s => s.Open).Select(s => (Instant?)s.ReportedStart).Append(oldestOpen).Min();
        }

        if (written.Refused.Count > 0)
        {
            Log.Refused(logger, id.Date, id.Integration, written.Refused.Count, string.Join(", ", written.Refused.Select(row => row.Reason).Distinct()));
        }

        accounting += new RowAccounting { Quarantined = inputs!.Own.Quarantined };
        Log.Normalized(logger, id.Date, id.Integration, segments, accounting.Rows, accounting.Absorbed, accounting.Quarantined, written.Added, written.Changed, written.Deleted);
        return new ReportDay
        {
            Id = id,
            Windows = inputs.Own.Windows,
            LandedVersion = inputs.Own.Version,
            Rules = AgentTimeline.RulesVersion,
            Inputs = inputs.Versions,
            Accounting = accounting,
            OldestOpen = oldestOpen,
            Warnings = [.. written.Refused.Select(row => $"The segment that starts at {TableKey.Split(row.RowKey)[^1]} is left out, because the table refuses it ({row.Reason}); it is tried again when it changes.")],
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Day {Date:uuuu-MM-dd} of {Integration} is normalized: {Segments} segments from {Rows} rows ({Absorbed} absorbed, {Quarantined} quarantined); {Added} added, {Changed} changed, {Deleted} deleted.")]
        public static partial void Normalized(ILogger logger, LocalDate date, string integration, int segments, int rows, int absorbed, int quarantined, int added, int changed, int deleted);

        [LoggerMessage(2, LogLevel.Error, "The timelines of {Date} of {Integration} could not be written {Deliveries} times; given up.")]
        public static partial void GivenUp(ILogger logger, Exception exception, string date, string integration, int deliveries);

        [LoggerMessage(5, LogLevel.Warning, "What was read of {Date:uuuu-MM-dd} of {Integration} could not be noted in ReportDays either, so the next tick reads it again. {Reason}")]
        public static partial void NotNoted(ILogger logger, LocalDate date, string integration, string reason);

        [LoggerMessage(4, LogLevel.Warning, "Day {Date:uuuu-MM-dd} of {Integration}: the table refuses {Count} segments ({Reasons}); the others are written, and the row of the day in ReportDays names them.")]
        public static partial void Refused(ILogger logger, LocalDate date, string integration, int count, string reasons);

        [LoggerMessage(3, LogLevel.Warning, "The integration {Integration} is not known any more; its job for {Date} is dropped.")]
        public static partial void Unknown(ILogger logger, string integration, string date);
    }
}
