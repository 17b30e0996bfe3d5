using Azure.Data.Tables;
using Five9Functions.AgentStates;
using Five9Functions.Five9;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Reads what was imported from where anybody would: the tables and the raw days. The emulator holds its tables in memory and looks
/// through a whole one for each page of an answer, so days that are final leave it in between.
/// </summary>
internal sealed class ImportedDays(
    string integrationId, LocalDate first, LocalDate last, SegmentSpool segments, IntegrationTable integrations, TableServiceClient tables, AgentStatesTable timelines, ReportDays reportDays, RawDays rawDays)
{
    private readonly HashSet<LocalDate> _read = [];
    private readonly Dictionary<LocalDate, IReadOnlyDictionary<LocalDate, long>> _emptied = [];

    /// <summary>What became of all rows; known after <see cref="ReadAsync"/>, as are the <see cref="Quarantined"/>.</summary>
    public RowAccounting Accounting { get; private set; }

    public List<QuarantinedRow> Quarantined { get; } = [];

    /// <summary>Days that were in the table when it was emptied and were not derived again: never, unless a report failed.</summary>
    public List<LocalDate> Missing { get; } = [];

    /// <summary>Reads the days up to <paramref name="final"/> and empties the table. Later days that it held are derived again when more is landed.</summary>
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

        var table = tables.GetTableClient(AgentStatesTable.Name);
        await table.DeleteAsync(cancellationToken);
        await table.CreateAsync(cancellationToken);
    }

    /// <summary>Reads what is left.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var day in await KnownAsync(cancellationToken))
        {
            await ReadAsync(day, cancellationToken);
            Accounting += day.Accounting;
            var raw = await rawDays.OpenAsync(day.Id, cancellationToken);
            await foreach (var row in raw.QuarantinedAsync(cancellationToken))
            {
                Quarantined.Add(row);
            }
        }
    }

    private Task<IReadOnlyList<ReportDay>> KnownAsync(CancellationToken cancellationToken) =>
        reportDays.BetweenAsync(integrationId, ReportNames.AgentStates, first, last, cancellationToken);

    private async Task ReadAsync(ReportDay day, CancellationToken cancellationToken)
    {
        if (!_read.Add(day.Id.Date))
        {
            return;
        }

        if (_emptied.TryGetValue(day.Id.Date, out var before) && before.Count == day.Inputs.Count && !before.Except(day.Inputs).Any())
        {
            Missing.Add(day.Id.Date);
            return;
        }

        var buckets = (await integrations.FindAsync(integrationId, cancellationToken))!.Buckets;
        await segments.AddAsync(timelines.ReadAsync(integrationId, day.Id.Date, buckets, cancellationToken), cancellationToken);
    }
}
