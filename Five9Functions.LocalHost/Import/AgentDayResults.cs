using Azure.Data.Tables;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;

namespace Five9Functions.LocalHost.Import;

/// <summary>The clean timelines, from their table.</summary>
internal sealed class AgentDayResults(SegmentSpool segments, IntegrationTable integrations, AgentStatesTable timelines, TableServiceClient tables) : IDayResults
{
    public string Report => ReportNames.AgentStates;

    public string Derived => "timelines";

    public async Task<bool> ReadAsync(ReportDay day, CancellationToken cancellationToken)
    {
        var buckets = (await integrations.FindAsync(day.Id.Integration, cancellationToken))!.Buckets;
        await segments.AddAsync(timelines.ReadAsync(day.Id.Integration, day.Id.Date, buckets, cancellationToken), cancellationToken);
        return true;
    }

    public Task EmptyAsync(CancellationToken cancellationToken) => tables.GetTableClient(StorageLayout.AgentStatesTable).EmptyAsync(cancellationToken);
}
