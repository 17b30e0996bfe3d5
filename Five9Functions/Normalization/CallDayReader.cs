using Five9Functions.Calls;
using Five9Functions.Five9.Reports;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Normalization;

/// <summary>A local day of calls, or some calls of it, as it follows from its inputs.</summary>
/// <param name="Figures">Of these calls. Quarantined rows are nobody's, and not counted here.</param>
/// <param name="Legs">The day's legs of these calls by CALL ID, where they were asked for.</param>
public sealed record DerivedCalls(DayInputs Inputs, CallDay Figures, IReadOnlyList<StoredLeg> Legs);

/// <summary>Reads the raw days around a local day and derives its figures, one call at a time.</summary>
public sealed class CallDayReader(RawDayStore rawDays)
{
    /// <param name="without">Other days that are not looked at.</param>
    /// <exception cref="RawDayDamagedException">A raw day cannot be read.</exception>
    public async Task<DayInputs> ReadInputsAsync(Integration integration, RawDayId id, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null) =>
        Inputs(integration, id, await Task.WhenAll(Around(id, without).Select(near => rawDays.ReadHeaderAsync(near, cancellationToken))), without);

    /// <summary>The figures of the whole day, without its legs: they are never all in memory.</summary>
    /// <exception cref="RawDayChangedException">Other writers kept being faster: try again later.</exception>
    /// <inheritdoc cref="ReadInputsAsync" path="/param|/exception"/>
    public Task<DerivedCalls> DeriveAsync(Integration integration, RawDayId id, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null) =>
        DeriveAsync(integration, id, _ => true, withLegs: false, without, cancellationToken);

    /// <summary>Some calls with their legs.</summary>
    /// <param name="calls">Which CALL IDs.</param>
    /// <inheritdoc cref="DeriveAsync(Integration, RawDayId, CancellationToken, IReadOnlySet{LocalDate})" path="/exception"/>
    public Task<DerivedCalls> DeriveLegsAsync(Integration integration, RawDayId id, Func<string, bool> calls, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null) =>
        DeriveAsync(integration, id, calls, withLegs: true, without, cancellationToken);

    private Task<DerivedCalls> DeriveAsync(
        Integration integration, RawDayId id, Func<string, bool> calls, bool withLegs, IReadOnlySet<LocalDate>? without, CancellationToken cancellationToken) =>
        RawDayChangedException.BeginAgainAsync(async () =>
        {
            var readers = await Task.WhenAll(Around(id, without).Select(near => rawDays.OpenAsync(near, cancellationToken)));
            var figures = new CallDay(id.Date, integration.CallRules);
            var legs = new List<StoredLeg>();
            var inputs = Inputs(integration, id, readers.Select(r => r.Header), without);
            await foreach (var rows in RowsByKey.ReadAsync(inputs.Incomplete ? [] : readers, calls, cancellationToken))
            {
                // Most calls of the neighbours have no leg here, and nothing of theirs is the day's.
                if (rows.Any(row => row.Day.Id.Date == id.Date))
                {
                    legs.AddRange(Add(figures, rows, withLegs));
                }
            }

            return new DerivedCalls(inputs, figures, legs);
        });

    private static IEnumerable<StoredLeg> Add(CallDay figures, IReadOnlyList<(RawDayHeader Day, ReportRow Row)> rows, bool withLegs)
    {
        var legs = rows.Select(row => CallLogReport.ToLeg(row.Row, row.Day.Id.Date)).ToList();
        var classified = figures.Add(legs);
        if (!withLegs)
        {
            return [];
        }

        var rowOf = new Dictionary<CallLeg, ReportRow>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < legs.Count; i++)
        {
            rowOf[legs[i]] = rows[i].Row;
        }

        return classified
            .GroupBy(leg => leg.Leg.Start)
            .SelectMany(second => second.Select((leg, ordinal) => new StoredLeg(leg, rowOf[leg.Leg], ordinal)));
    }

    private static IEnumerable<RawDayId> Around(RawDayId id, IReadOnlySet<LocalDate>? without) =>
        Enumerable.Range(-CallContext.Before, CallContext.Before + 1 + CallContext.After).Select(offset => id with { Date = id.Date.PlusDays(offset) }).Where(near => without?.Contains(near.Date) != true);

    private static DayInputs Inputs(Integration integration, RawDayId id, IEnumerable<RawDayHeader> around, IReadOnlySet<LocalDate>? without)
    {
        var headers = around.ToList();
        var own = headers.Single(h => h.Id.Date == id.Date);
        return new DayInputs(own, [.. headers.Where(h => h.Version > 0).OrderBy(h => h.Id.Date)])
        {
            Rules = CallRules.Version,
            Gaps = DayInputs.GapsOf(id, headers, without),
            Settings = CallSettings.Of(integration),
            Incomplete = integration.Grouping == QueueGrouping.Skill && own.Windows.Any(window => window is { LacksSkill: true, Rows: > 0 }),
        };
    }
}
