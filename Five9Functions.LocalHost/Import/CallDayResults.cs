using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Five9.Reports;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// The call figures, from their table, and the legs, from the raw days: there they are as they were reported, and no table has to hold
/// all calls of a day.
/// </summary>
/// <param name="columns">Of the report, in its order.</param>
internal sealed class CallDayResults(
    SortedSpool intervals, CallSpool legs, IReadOnlyList<string> columns, IntegrationTable integrations, QueueIntervalsTable figures, RawDayStore rawDays, TableServiceClient tables) : IDayResults
{
    public string Report => ReportNames.Calls;

    public string Derived => "call figures";

    public async Task<bool> ReadAsync(ReportDay day, CancellationToken cancellationToken)
    {
        var integration = (await integrations.FindAsync(day.Id.Integration, cancellationToken))!;
        if (await figures.ReadAsync(integration.Id, day.Id.Date, integration.Grouping, cancellationToken) is not { } derived)
        {
            return false;
        }

        foreach (var interval in derived)
        {
            intervals.Add(QueueIntervalFields.Of(interval));
        }

        await ReadLegsAsync(day.Id, new CallDay(day.Id.Date, integration.CallRules), cancellationToken);
        return true;
    }

    public Task EmptyAsync(CancellationToken cancellationToken) => tables.GetTableClient(StorageLayout.QueueIntervalsTable).EmptyAsync(cancellationToken);

    private async Task ReadLegsAsync(RawDayId id, CallDay day, CancellationToken cancellationToken)
    {
        var around = Enumerable.Range(-CallContext.Before, CallContext.Before + 1 + CallContext.After).Select(offset => id with { Date = id.Date.PlusDays(offset) });
        var raw = await Task.WhenAll(around.Select(near => rawDays.OpenAsync(near, cancellationToken)));
        await foreach (var rows in RowsByKey.ReadAsync(raw, _ => true, cancellationToken))
        {
            // Most calls of the neighbours have no leg here.
            if (!rows.Any(row => row.Day.Id.Date == id.Date))
            {
                continue;
            }

            var rowOf = new Dictionary<CallLeg, ReportRow>(ReferenceEqualityComparer.Instance);
            foreach (var (header, row) in rows)
            {
                rowOf[CallLogReport.ToLeg(row, header.Id.Date)] = row;
            }

            var place = 0;
            foreach (var leg in day.Add([.. rowOf.Keys]))
            {
                var row = rowOf[leg.Leg];
                legs.Add(leg, place++, [.. columns.Select(column => row.Columns.IndexOf(column) is var index and >= 0 ? row.Values[index] : "")]);
            }
        }
    }
}
