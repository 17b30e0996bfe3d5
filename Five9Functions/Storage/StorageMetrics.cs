using System.Diagnostics.Metrics;
using Five9Functions.Storage.Tables;
using Five9Functions.Telemetry;

namespace Five9Functions.Storage;

/// <summary>What the app counts of its storage account: docs/operations.md explains each instrument.</summary>
public sealed class StorageMetrics
{
    public const string TableTransactions = "table.transactions";
    public const string TableEntities = "table.entities";
    public const string StorageRequests = "storage.requests";

    private readonly Counter<long> _tableTransactions;
    private readonly Counter<long> _tableEntities;
    private readonly Counter<long> _storageRequests;

    public StorageMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        _tableTransactions = meter.CreateCounter<long>(TableTransactions, "{transaction}", "Transactions that wrote figures and timelines, by table.");
        _tableEntities = meter.CreateCounter<long>(TableEntities, "{entity}", "Rows of figures and timelines that were written, by table and change.");
        _storageRequests = meter.CreateCounter<long>(StorageRequests, "{request}", "Requests to the storage account, by service and operation.");
    }

    public void Written(string table, ProjectionResult written)
    {
        var tag = new KeyValuePair<string, object?>("table", table);
        _tableTransactions.Add(written.Transactions, tag);
        _tableEntities.Add(written.Added, tag, new("change", "added"));
        _tableEntities.Add(written.Changed, tag, new("change", "changed"));
        _tableEntities.Add(written.Deleted, tag, new("change", "deleted"));
    }

    /// <param name="service">table, queue or blob.</param>
    /// <param name="operation">read, write, list or delete.</param>
    public void Requested(string service, string operation) => _storageRequests.Add(1, new("service", service), new("operation", operation));
}
