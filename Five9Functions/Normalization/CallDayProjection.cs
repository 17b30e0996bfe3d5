using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Normalization;

/// <summary>
/// Derives a local day of calls from the raw days around it and writes what differs: its figures by queue, its single legs unless the
/// integration does not store them, and the queues that it names. Whatever order days are written in, and however often, the tables end the same.
/// </summary>
public sealed partial class CallDayProjection(
    IntegrationTable integrations, CallDayReader sources, QueueIntervalsTable intervals, CallsTable calls, QueuesTable queues, ImportMetrics metrics, StorageMetrics tables, ILogger<CallDayProjection> logger) : IDayProjection
{
    private const string Unclassified = "Unclassified: ";
    private const string ReadAsNone = "Read as none: ";

    public string Report => ReportNames.Calls;

    /// <summary>Whether the run that read the day warns of the same.</summary>
    public static bool IsSaidByTheRun(string warning) => warning.StartsWith(Unclassified, StringComparison.Ordinal) || warning.StartsWith(ReadAsNone, StringComparison.Ordinal);

    public (int Rules, string Settings) RulesOf(Integration integration) => (CallRules.Version, CallSettings.Of(integration));

    public Task<DayInputs> ReadInputsAsync(Integration integration, RawDayId id, LocalDay day, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null) =>
        sources.ReadInputsAsync(integration, id, cancellationToken, without);

    public int PartsOf(Integration integration) => 1;

    public async Task<IReadOnlyList<TableEntity>> DeriveAsync(Integration integration, RawDayId id, LocalDay day, Range parts, CancellationToken cancellationToken) =>
        [.. (await sources.DeriveAsync(integration, id, cancellationToken)).Figures.Intervals.Select(interval => QueueIntervalEntity.From(id.Integration, interval))];

    public async Task<IReadOnlyList<TableEntity>> StoredAsync(Integration integration, LocalDate date, Range parts, CancellationToken cancellationToken) =>
        await intervals.RowsAsync(integration.Id, date, cancellationToken).ToListAsync(cancellationToken);

    /// <returns>What to note of the day; null when a raw day changed on the way, so that the tables follow from different ones.</returns>
    /// <exception cref="StaleSettingsException">The integration's settings are others by now: the job is to be done again with them.</exception>
    public async Task<ReportDay?> ProjectAsync(Integration integration, RawDayHeader raw, LocalDay day, bool compare, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null)
    {
        var id = raw.Id;
        DerivedCalls? derived = null;
        var written = await intervals.WriteAsync(
            integration.Id,
            id.Date,
            async token =>
            {
                await RequireCurrentAsync(integration, token);
                derived = await sources.DeriveAsync(integration, id, token, without);
                return (derived.Figures.Intervals, derived.Inputs.ToString(), derived.Inputs.Own.Version > 0);
            },
            cancellationToken,
            compare);
        var (inputs, figures) = (derived!.Inputs, derived.Figures);
        var rows = figures.Rows + new CallAccounting { Quarantined = inputs.Own.Quarantined };

        if (await WriteLegsAsync(integration, id, raw.Rows, inputs, compare, without, cancellationToken) is not { } legs)
        {
            return null;
        }

        // The catalogue is older than any day, so it does not matter that it may follow from another version of this one.
        var catalogue = await queues.ChangeAsync(
            integration.Id, integration.Grouping, known => known.See(figures.Queues), token => RequireCurrentAsync(integration, token), cancellationToken, compare);

        metrics.Derived(rows);
        tables.Written(StorageLayout.QueueIntervalsTable, written);
        tables.Written(StorageLayout.CallsTable, legs);
        tables.Written(StorageLayout.QueuesTable, catalogue);
        Tell(id, rows, figures, written, legs, catalogue);
        return Note(id, inputs, figures, rows, written.Refused, legs.Refused);
    }

    /// <returns>Null when they follow from other raw days than <paramref name="inputs"/>.</returns>
    private async Task<ProjectionResult?> WriteLegsAsync(Integration integration, RawDayId id, int rows, DayInputs inputs, bool compare, IReadOnlySet<LocalDate>? without, CancellationToken cancellationToken)
    {
        if (!integration.StoreCalls)
        {
            // What is left from when they were stored goes; after that there is nothing to change any more.
            return await calls.WriteAsync(
                integration.Id,
                id.Date,
                integration.Buckets,
                ..,
                keepCustomerData: false,
                async token =>
                {
                    await RequireCurrentAsync(integration, token);
                    return ([], "not stored");
                },
                cancellationToken,
                compare);
        }

        var written = default(ProjectionResult);
        foreach (var pass in DayPasses.Of(integration.Buckets, rows))
        {
            var buckets = Enumerable.Range(0, integration.Buckets).Take(pass).ToHashSet();
            DerivedCalls? derived = null;
            written += await calls.WriteAsync(
                integration.Id,
                id.Date,
                integration.Buckets,
                pass,
                integration.KeepCustomerData,
                async token =>
                {
                    await RequireCurrentAsync(integration, token);
                    derived = await sources.DeriveLegsAsync(integration, id, call => buckets.Contains(CallsKeys.Bucket(call, integration.Buckets)), token, without);
                    return (derived.Legs, derived.Inputs.ToString());
                },
                cancellationToken,
                compare);
            if (derived!.Inputs.ToString() != inputs.ToString())
            {
                return null;
            }
        }

        return written;
    }

    private Task RequireCurrentAsync(Integration integration, CancellationToken cancellationToken) => CallSettings.RequireCurrentAsync(integrations, integration, cancellationToken);

    private static ReportDay Note(RawDayId id, DayInputs inputs, CallDay figures, CallAccounting rows, params IReadOnlyList<RefusedRow>[] refused) => new()
    {
        Id = id,
        Windows = inputs.Own.Windows,
        LandedVersion = inputs.Own.Version,
        Rules = inputs.Rules,
        Settings = inputs.Settings,
        Inputs = inputs.Versions,
        CallRows = rows,
        HandleTimeDiffers = figures.HandleTimeDiffers,
        Warnings = [.. HeldDays.DerivedWithout(inputs.Gaps), .. Warnings(inputs, figures, refused.SelectMany(rows => rows))],
    };

    private static IEnumerable<string> Warnings(DayInputs inputs, CallDay figures, IEnumerable<RefusedRow> refused)
    {
        if (inputs.Incomplete)
        {
            yield return "Incomplete: a part of the day was told by a report without the column SKILL, so it has no figures by skill until it is read again.";
        }

        if (figures.HandleTimeDiffers > 0)
        {
            yield return $"Handle time differs: in {figures.HandleTimeDiffers} rows HANDLE TIME is more than a second off talk, hold and after-call work together.";
        }

        if (figures.Rows.Unclassified > 0)
        {
            yield return $"{Unclassified}call types that are not known are in no figure: {string.Join(", ", figures.UnknownTypes)}.";
        }

        if (figures.ReadAsNone.Count > 0)
        {
            yield return $"{ReadAsNone}{string.Join(", ", figures.ReadAsNone)}.";
        }

        foreach (var row in refused)
        {
            yield return $"A row of {row.RowKey.Split(TableKey.Separator)[0]} is left out, because the table refuses it ({row.Reason}); it is tried again when it changes.";
        }
    }

    private void Tell(RawDayId id, CallAccounting rows, CallDay figures, ProjectionResult intervals, ProjectionResult legs, ProjectionResult catalogue)
    {
        Log.Projected(
            logger, id.Date, id.Integration, figures.Intervals.Count, rows.Rows, rows.Unclassified, rows.Quarantined, (intervals + legs).Added, (intervals + legs).Changed, (intervals + legs).Deleted, catalogue.Added);
        if (intervals.Refused.Count + legs.Refused.Count > 0)
        {
            Log.Refused(logger, id.Date, id.Integration, intervals.Refused.Count + legs.Refused.Count, string.Join(", ", intervals.Refused.Concat(legs.Refused).Select(row => row.Reason).Distinct()));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Day {Date:uuuu-MM-dd} of the calls of {Integration} is derived: {Intervals} queue intervals from {Rows} rows ({Unclassified} unclassified, {Quarantined} quarantined); {Added} added, {Changed} changed, {Deleted} deleted; {Queues} queues are new.")]
        public static partial void Projected(ILogger logger, LocalDate date, string integration, int intervals, int rows, int unclassified, int quarantined, int added, int changed, int deleted, int queues);

        [LoggerMessage(2, LogLevel.Warning, "Day {Date:uuuu-MM-dd} of the calls of {Integration}: the tables refuse {Count} rows ({Reasons}); the others are written, and the row of the day in ReportDays names them.")]
        public static partial void Refused(ILogger logger, LocalDate date, string integration, int count, string reasons);
    }
}
