using Five9Functions.Five9.Reports;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Reads what was imported of a report from where anybody would: the tables and the raw days. Days that are final leave the tables in
/// between, so that these do not grow with the file.
/// </summary>
internal sealed class ImportedDays(IDayResults results, string integrationId, (LocalDate First, LocalDate Last) days, ReportDayTable reportDays, RawDayStore rawDays)
{
    private readonly HashSet<LocalDate> _read = [];
    private readonly Dictionary<LocalDate, IReadOnlyDictionary<LocalDate, long>> _emptied = [];

    /// <summary>All days with what became of their rows; known after <see cref="ReadAsync(CancellationToken)"/>, as are the <see cref="Quarantined"/>.</summary>
    public IReadOnlyList<ReportDay> Days { get; private set; } = [];

    public List<QuarantinedRow> Quarantined { get; } = [];

    /// <summary>Days that are not in the tables, or were in them when they were emptied and not derived again: never, unless a report failed.</summary>
    public List<LocalDate> Missing { get; } = [];

    public string Derived => results.Derived;

    /// <summary>Reads the days up to <paramref name="final"/> and empties the tables. Later days that they held are derived again when more is landed.</summary>
    public async Task MoveAsync(LocalDate final, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(cancellationToken);
        foreach (var day in known.Where(d => d.Id.Date <= final))
        {
            await ReadAsync(day, cancellationToken);
        }

        foreach (var day in known.Where(d => d.Id.Date > final))
        {
            _emptied[day.Id.Date] = day.Inputs;
        }

        await results.EmptyAsync(cancellationToken);
    }

    /// <summary>Reads what is left.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        Days = await KnownAsync(cancellationToken);
        foreach (var day in Days)
        {
            await ReadAsync(day, cancellationToken);
            var raw = await rawDays.OpenAsync(day.Id, cancellationToken);
            await foreach (var row in raw.QuarantinedAsync(cancellationToken))
            {
                Quarantined.Add(row);
            }
        }
    }

    private Task<IReadOnlyList<ReportDay>> KnownAsync(CancellationToken cancellationToken) =>
        reportDays.BetweenAsync(integrationId, results.Report, days.First, days.Last, cancellationToken);

    private async Task ReadAsync(ReportDay day, CancellationToken cancellationToken)
    {
        if (!_read.Add(day.Id.Date))
        {
            return;
        }

        var isAsItWas = _emptied.TryGetValue(day.Id.Date, out var before) && before.Count == day.Inputs.Count && !before.Except(day.Inputs).Any();
        if (isAsItWas || !await results.ReadAsync(day, cancellationToken))
        {
            Missing.Add(day.Id.Date);
        }
    }
}
