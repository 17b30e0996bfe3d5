using Five9Functions.AgentStates;
using Five9Functions.Five9.Reports;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Normalization;

/// <summary>A local day, or some agents of it, as it follows from its inputs.</summary>
/// <param name="Accounting">Of these agents' rows; quarantined ones are nobody's, and not counted here.</param>
public sealed record DerivedDay(DayInputs Inputs, IReadOnlyList<Segment> Segments, RowAccounting Accounting);

/// <summary>An agent's local day explained.</summary>
/// <param name="Own">The raw day.</param>
/// <param name="Quarantined">Rows of the raw day that were not understood, whosever they are; the first 1,000 by time.</param>
public sealed record ExplainedAgentDay(RawDayHeader Own, ExplainedDay Day, IReadOnlyList<QuarantinedRow> Quarantined);

/// <summary>Reads the raw days around a local day and derives its timelines, one agent at a time.</summary>
public sealed class AgentStateDayReader(RawDayStore rawDays)
{
    private const int MaxQuarantined = 1_000;

    /// <param name="without">Other days that are not looked at.</param>
    /// <exception cref="RawDayDamagedException">A raw day cannot be read.</exception>
    public async Task<DayInputs> ReadInputsAsync(RawDayId id, LocalDay day, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null) =>
        Inputs(id, day, await Task.WhenAll(Around(id, without).Select(near => rawDays.ReadHeaderAsync(near, cancellationToken))), without);

    /// <param name="agents">Which agents to derive: all timelines of a large day need not be in memory at a time.</param>
    /// <param name="refused">Whether a segment cannot be stored; it is derived all the same, but its row does not count as visible.</param>
    /// <inheritdoc cref="ReadInputsAsync" path="/param|/exception"/>
    public Task<DerivedDay> DeriveAsync(
        RawDayId id, LocalDay day, Func<string, bool> agents, Func<Segment, bool>? refused, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null) =>
        RawDayChangedException.BeginAgainAsync(() => DeriveOnceAsync(id, day, agents, refused, without, cancellationToken));

    /// <summary>One agent's day as it follows from what is held now, with what the rules made of each row.</summary>
    /// <exception cref="RawDayChangedException">Other writers kept being faster: try again later.</exception>
    public Task<ExplainedAgentDay> ExplainAsync(RawDayId id, LocalDay day, string agent, CancellationToken cancellationToken) =>
        RawDayChangedException.BeginAgainAsync(() => ExplainOnceAsync(id, day, agent, cancellationToken));

    private async Task<ExplainedAgentDay> ExplainOnceAsync(RawDayId id, LocalDay day, string agent, CancellationToken cancellationToken)
    {
        var readers = await Task.WhenAll(Around(id).Select(near => rawDays.OpenAsync(near, cancellationToken)));
        var inputs = Inputs(id, day, readers.Select(r => r.Header));
        var rows = await RowsByKey.ReadAsync([.. readers.Where(r => inputs.Days.Contains(r.Header))], key => key == agent, cancellationToken).FirstOrDefaultAsync(cancellationToken);
        var quarantined = await readers.Single(r => r.Header.Id.Date == id.Date).QuarantinedAsync(cancellationToken).Take(MaxQuarantined).ToListAsync(cancellationToken);
        return new(inputs.Own, AgentTimeline.Explain(day, States(rows ?? [])), quarantined);
    }

    private static List<ReportedState> States(IReadOnlyList<(RawDayHeader Day, ReportRow Row)> rows) =>
        [.. rows.Select(row => AgentStateReport.ToState(row.Row, row.Day.Id.Date, row.Day.AsOf(row.Row.Start)))];

    private async Task<DerivedDay> DeriveOnceAsync(RawDayId id, LocalDay day, Func<string, bool> agents, Func<Segment, bool>? refused, IReadOnlySet<LocalDate>? without, CancellationToken cancellationToken)
    {
        var readers = await Task.WhenAll(Around(id, without).Select(near => rawDays.OpenAsync(near, cancellationToken)));
        var inputs = Inputs(id, day, readers.Select(r => r.Header), without);
        var segments = new List<Segment>();
        var accounting = default(RowAccounting);
        await foreach (var rows in RowsByKey.ReadAsync([.. readers.Where(r => inputs.Days.Contains(r.Header))], agents, cancellationToken))
        {
            var agent = AgentTimeline.Resolve(day, States(rows), refused);
            segments.AddRange(agent.Segments);
            accounting += agent.Rows;
        }

        return new DerivedDay(inputs, segments, accounting);
    }

    private static IEnumerable<RawDayId> Around(RawDayId id, IReadOnlySet<LocalDate>? without = null) =>
        Enumerable.Range(-ContextDays.Before, ContextDays.Before + 1 + ContextDays.After).Select(offset => id with { Date = id.Date.PlusDays(offset) }).Where(near => without?.Contains(near.Date) != true);

    private static DayInputs Inputs(RawDayId id, LocalDay day, IEnumerable<RawDayHeader> around, IReadOnlySet<LocalDate>? without = null)
    {
        var headers = around.ToList();
        return new DayInputs(
            headers.Single(h => h.Id.Date == id.Date),
            [.. headers.Where(h => ReportDefinition.AgentStates.Reaches(h, day)).OrderBy(h => h.Id.Date)])
        {
            Gaps = DayInputs.GapsOf(id, headers, without),
        };
    }
}
