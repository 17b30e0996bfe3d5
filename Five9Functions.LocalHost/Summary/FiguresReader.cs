using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.Five9.Reports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.LocalHost.Summary;

/// <summary>Reads what an import came to from where anybody would: the raw days and the tables.</summary>
internal sealed class FiguresReader(ReportDayTable reportDays, RawDayStore rawDays, AgentStatesTable table, QueueIntervalsTable intervals)
{
    // A large centre has hundreds of thousands of segments a day, and the user waits.
    private const int MaxDays = 3;

    public async Task<ImportFigures> ReadAsync(Integration integration, RunView view, Duration stretch, CancellationToken cancellationToken)
    {
        var days = view.Slices.Select(s => s.Date).Distinct().Order().TakeLast(MaxDays).ToList();
        var known = days.Count == 0 ? [] : await reportDays.BetweenAsync(integration.Id, ReportNames.AgentStates, days[0], days[^1], cancellationToken);
        var found = await MostTangledAsync(integration, days, stretch, cancellationToken);

        var agents = new HashSet<string>(StringComparer.Ordinal);
        var drawn = new List<Segment>();
        var (segments, adjusted, open) = (0, 0, 0);
        foreach (var date in days)
        {
            await foreach (var segment in table.ReadAsync(integration.Id, date, integration.Buckets, cancellationToken))
            {
                agents.Add(segment.Agent);
                segments++;
                adjusted += segment.Adjusted ? 1 : 0;
                open += segment.Open ? 1 : 0;
                if (found is { } f && f.Rows[0].Day == date && f.Rows[0].Agent == segment.Agent)
                {
                    drawn.Add(segment);
                }
            }
        }

        var rows = known.Where(d => days.Contains(d.Id.Date)).Aggregate(default(RowAccounting), (sum, day) => sum + day.Accounting);
        return new ImportFigures(
            integration, view.Run, view.Fold, days, rows, agents.Count, segments, adjusted, open,
            found is { } best ? new AgentStretch(best.Window, integration.DateTimeZone, best.Rows, drawn) : null)
        {
            Calls = integration.Imports(ReportNames.Calls) ? await LegsAsync(integration, days, cancellationToken) : null,
            Queues = integration.Imports(ReportNames.Calls) ? await BusiestAsync(integration, days, cancellationToken) : null,
            Warnings = [.. view.Fold.Warnings.Where(w => w.Concern != SliceConcern.RowsQuarantined).Select(w => w.ToString())],
        };
    }

    private async Task<CallAccounting> LegsAsync(Integration integration, List<LocalDate> days, CancellationToken cancellationToken)
    {
        var known = days.Count == 0 ? [] : await reportDays.BetweenAsync(integration.Id, ReportNames.Calls, days[0], days[^1], cancellationToken);
        return known.Where(d => days.Contains(d.Id.Date)).Aggregate(default(CallAccounting), (sum, day) => sum + day.CallRows);
    }

    private async Task<QueueDay?> BusiestAsync(Integration integration, List<LocalDate> days, CancellationToken cancellationToken)
    {
        QueueDay? busiest = null;
        foreach (var date in days)
        {
            var figures = await intervals.ReadAsync(integration.Id, date, integration.Grouping, cancellationToken) ?? [];
            var day = new QueueDay(date, integration.DateTimeZone, integration.Grouping, figures);
            busiest = day.Calls > (busiest?.Calls ?? 0) ? day : busiest;
        }

        return busiest;
    }

    private async Task<(Interval Window, IReadOnlyList<ReportedState> Rows)?> MostTangledAsync(
        Integration integration, IEnumerable<LocalDate> days, Duration stretch, CancellationToken cancellationToken)
    {
        (Interval Window, IReadOnlyList<ReportedState> Rows)? best = null;
        var most = 0;
        foreach (var date in days)
        {
            var day = new LocalDay(date, integration.DateTimeZone);
            try
            {
                await foreach (var rows in ByAgentAsync(new RawDayId(integration.Id, ReportNames.AgentStates, date), cancellationToken))
                {
                    if (MostTangled.Find(rows, day, stretch) is { } found && found.Worth > most)
                    {
                        (best, most) = ((found.Window, rows), found.Worth);
                    }
                }
            }
            catch (RawDayDamagedException)
            {
                // The log tells of it where it matters; here another day is shown.
            }
        }

        return best;
    }

    // A raw day is in the order of its agents.
    private async IAsyncEnumerable<IReadOnlyList<ReportedState>> ByAgentAsync(RawDayId id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var raw = await rawDays.OpenAsync(id, cancellationToken);
        var rows = new List<ReportedState>();
        await foreach (var row in raw.RowsAsync(cancellationToken))
        {
            if (rows.Count > 0 && rows[0].Agent != row.Key)
            {
                yield return rows;
                rows = [];
            }

            rows.Add(AgentStateReport.ToState(row, id.Date, raw.Header.AsOf(row.Start)));
        }

        if (rows.Count > 0)
        {
            yield return rows;
        }
    }
}
