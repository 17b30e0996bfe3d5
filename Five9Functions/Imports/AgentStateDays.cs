using System.Globalization;
using Five9Functions.AgentStates;
using Five9Functions.Five9;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>The raw days that a day's timelines follow from.</summary>
/// <param name="Own">The day itself.</param>
/// <param name="Days">Those whose rows count, by date.</param>
public sealed record DayInputs(RawDayHeader Own, IReadOnlyList<RawDayHeader> Days)
{
    public IReadOnlyDictionary<LocalDate, long> Versions { get; } = Days.ToDictionary(d => d.Id.Date, d => d.Version);

    public bool SameAs(ReportDay day) =>
        day.Rules == AgentTimeline.RulesVersion && day.Inputs.Count == Versions.Count && Versions.All(v => day.Inputs.GetValueOrDefault(v.Key) == v.Value);

    /// <summary>As the manifests store it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"rules={AgentTimeline.RulesVersion};{string.Join(';', Days.Select(d => $"{TableColumns.Text(d.Id.Date)}={d.Version}"))}");
}

/// <summary>A local day, or some agents of it, as it follows from its inputs.</summary>
/// <param name="Accounting">Of these agents' rows; quarantined ones are nobody's, and not counted here.</param>
public sealed record DerivedDay(DayInputs Inputs, IReadOnlyList<Segment> Segments, RowAccounting Accounting);

/// <summary>Reads the raw days around a local day and derives its timelines, one agent at a time.</summary>
public sealed class AgentStateDays(RawDays rawDays)
{
    /// <summary>A valid state lasts up to 168 hours, so a row of seven days ago can reach into the day.</summary>
    private const int LongestReach = 7;

    private const int Tries = 5;

    public async Task<DayInputs> ReadInputsAsync(RawDayId id, LocalDay day, CancellationToken cancellationToken) =>
        Inputs(id, day, await Task.WhenAll(Around(id).Select(near => rawDays.ReadHeaderAsync(near, cancellationToken))));

    /// <param name="agents">Which agents to derive: all timelines of a large day need not be in memory at a time.</param>
    /// <param name="refused">Whether a segment cannot be stored; it is derived all the same, but its row does not count as visible.</param>
    public async Task<DerivedDay> DeriveAsync(RawDayId id, LocalDay day, Func<string, bool> agents, Func<Segment, bool>? refused, CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                return await DeriveOnceAsync(id, day, agents, refused, cancellationToken);
            }
            catch (RawDayChangedException) when (i < Tries)
            {
                // A landing came between; its version is the one to derive from.
            }
        }
    }

    private async Task<DerivedDay> DeriveOnceAsync(RawDayId id, LocalDay day, Func<string, bool> agents, Func<Segment, bool>? refused, CancellationToken cancellationToken)
    {
        var readers = await Task.WhenAll(Around(id).Select(near => rawDays.OpenAsync(near, cancellationToken)));
        var inputs = Inputs(id, day, readers.Select(r => r.Header));
        var segments = new List<Segment>();
        var accounting = default(RowAccounting);
        await foreach (var rows in ByAgentAsync([.. readers.Where(r => inputs.Days.Contains(r.Header))], agents, cancellationToken))
        {
            var agent = AgentTimeline.Resolve(day, rows, refused);
            segments.AddRange(agent.Segments);
            accounting += agent.Rows;
        }

        return new DerivedDay(inputs, segments, accounting);
    }

    /// <summary>Whether a day's timelines follow from a raw day's rows, as these are now. Pure.</summary>
    internal static bool Reaches(RawDayHeader raw, LocalDay day) => raw.Version > 0 && (raw.Id.Date >= day.Date.PlusDays(-1) || raw.LatestEnd >= day.Start);

    private static IEnumerable<RawDayId> Around(RawDayId id) => Enumerable.Range(-LongestReach, LongestReach + 2).Select(offset => id with { Date = id.Date.PlusDays(offset) });

    private static DayInputs Inputs(RawDayId id, LocalDay day, IEnumerable<RawDayHeader> around)
    {
        var headers = around.ToList();
        return new DayInputs(
            headers.Single(h => h.Id.Date == id.Date),
            [.. headers.Where(h => Reaches(h, day)).OrderBy(h => h.Id.Date)]);
    }

    // Each raw day is in the order of its agents, so one agent's rows of all days are next to each other.
    private static async IAsyncEnumerable<IReadOnlyList<ReportedState>> ByAgentAsync(
        IReadOnlyList<RawDayReader> readers, Func<string, bool> agents, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursors = readers.Select(r => (r.Header, Rows: r.RowsAsync(agents, cancellationToken).GetAsyncEnumerator(cancellationToken))).ToList();
        try
        {
            var open = new List<(RawDayHeader Header, IAsyncEnumerator<ReportRow> Rows)>();
            foreach (var cursor in cursors)
            {
                if (await cursor.Rows.MoveNextAsync())
                {
                    open.Add(cursor);
                }
            }

            while (open.Count > 0)
            {
                var agent = open.Select(c => c.Rows.Current.Key).Min(StringComparer.Ordinal)!;
                var rows = new List<ReportedState>();
                foreach (var cursor in open.ToList())
                {
                    while (cursor.Rows.Current.Key == agent)
                    {
                        var row = cursor.Rows.Current;
                        rows.Add(AgentStateReport.ToState(row, cursor.Header.Id.Date, cursor.Header.AsOf(row.Start)));
                        if (!await cursor.Rows.MoveNextAsync())
                        {
                            open.Remove(cursor);
                            break;
                        }
                    }
                }

                yield return rows;
            }
        }
        finally
        {
            foreach (var cursor in cursors)
            {
                await cursor.Rows.DisposeAsync();
            }
        }
    }
}
