using Azure.Data.Tables;
using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Normalization;

/// <summary>Derives a local day's timelines from the raw days around it and writes what differs, in passes over some of its buckets each.</summary>
public sealed partial class AgentStateDayProjection(AgentStateDayReader sources, AgentStatesTable table, ImportMetrics metrics, StorageMetrics tables, ILogger<AgentStateDayProjection> logger) : IDayProjection
{
    public string Report => ReportNames.AgentStates;

    public Task<DayInputs> ReadInputsAsync(Integration integration, RawDayId id, LocalDay day, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null) =>
        sources.ReadInputsAsync(id, day, cancellationToken, without);

    public (int Rules, string Settings) RulesOf(Integration integration) => (AgentTimeline.RulesVersion, "");

    public int PartsOf(Integration integration) => integration.Buckets;

    public async Task<IReadOnlyList<TableEntity>> DeriveAsync(Integration integration, RawDayId id, LocalDay day, Range parts, CancellationToken cancellationToken)
    {
        var buckets = Enumerable.Range(0, integration.Buckets).Take(parts).ToHashSet();
        var derived = await sources.DeriveAsync(id, day, agent => buckets.Contains(AgentStatesKeys.Bucket(agent, integration.Buckets)), refused: null, cancellationToken);
        return [.. derived.Segments.Select(segment => AgentStateEntity.From(id.Integration, segment))];
    }

    public async Task<IReadOnlyList<TableEntity>> StoredAsync(Integration integration, LocalDate date, Range parts, CancellationToken cancellationToken) =>
        await table.RowsAsync(integration.Id, date, integration.Buckets, parts, cancellationToken).ToListAsync(cancellationToken);

    /// <returns>Null when a raw day changed on the way, so that the buckets follow from different ones.</returns>
    public async Task<ReportDay?> ProjectAsync(Integration integration, RawDayHeader raw, LocalDay day, bool compare, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null)
    {
        var id = raw.Id;
        DayInputs? inputs = null;
        var (written, segments, overlaps, accounting, oldestOpen) = (default(ProjectionResult), 0, 0, default(RowAccounting), (Instant?)null);
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
                    derived = await sources.DeriveAsync(id, day, agent => buckets.Contains(AgentStatesKeys.Bucket(agent, integration.Buckets)), refused, token, without);
                    return (derived.Segments, derived.Inputs.ToString());
                },
                cancellationToken,
                compare);
            if (inputs is not null && inputs.ToString() != derived!.Inputs.ToString())
            {
                return null;
            }

            inputs = derived!.Inputs;
            segments += derived.Segments.Count;
            overlaps += derived.Segments.Count(segment => segment.Adjusted);
            accounting += derived.Accounting;
            oldestOpen = derived.Segments.Where(s => s.Open).Select(s => (Instant?)s.ReportedStart).Append(oldestOpen).Min();
        }

        if (written.Refused.Count > 0)
        {
            Log.Refused(logger, id.Date, id.Integration, written.Refused.Count, string.Join(", ", written.Refused.Select(row => row.Reason).Distinct()));
        }

        accounting += new RowAccounting { Quarantined = inputs!.Own.Quarantined };
        metrics.Derived(accounting, overlaps);
        tables.Written(StorageLayout.AgentStatesTable, written);
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
            Warnings =
            [
                .. HeldDays.DerivedWithout(inputs.Gaps),
                .. written.Refused.Select(row => $"The segment that starts at {AgentStatesKeys.Start(row.RowKey)} is left out, because the table refuses it ({row.Reason}); it is tried again when it changes."),
            ],
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Day {Date:uuuu-MM-dd} of {Integration} is normalized: {Segments} segments from {Rows} rows ({Absorbed} absorbed, {Quarantined} quarantined); {Added} added, {Changed} changed, {Deleted} deleted.")]
        public static partial void Normalized(ILogger logger, LocalDate date, string integration, int segments, int rows, int absorbed, int quarantined, int added, int changed, int deleted);

        [LoggerMessage(2, LogLevel.Warning, "Day {Date:uuuu-MM-dd} of {Integration}: the table refuses {Count} segments ({Reasons}); the others are written, and the row of the day in ReportDays names them.")]
        public static partial void Refused(ILogger logger, LocalDate date, string integration, int count, string reasons);
    }
}
