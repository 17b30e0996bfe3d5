using Azure.Core;
using Azure.Data.Tables;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Storage.Faults;

namespace Five9Functions.Tests.Storage.Tables;

/// <summary>A table of its own with one partition <c>p</c> of rows <c>group|number</c>, each with one column Value.</summary>
internal sealed class TestTable
{
    public const string Partition = "p";

    private readonly string _connectionString;
    private readonly TableClient _table;

    private TestTable(string connectionString, string name)
    {
        _connectionString = connectionString;
        _table = new(connectionString, name);
    }

    public static async Task<TestTable> CreateAsync()
    {
        var table = new TestTable(await TestStorage.ConnectionStringAsync(), TestStorage.NewName("projection"));
        await table._table.CreateAsync();
        return table;
    }

    public TableClient Client(TableTraffic? traffic = null)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        if (traffic is not null)
        {
            options.AddPolicy(traffic, HttpPipelinePosition.PerCall);
        }

        return new(_connectionString, _table.Name, options);
    }

    /// <summary>As the app's, over a network that can fail.</summary>
    public Projection Projection(FaultyNetwork network) => Projection(new TableClient(_connectionString, _table.Name, network.Options(new TableClientOptions())));

    private static Projection Projection(TableClient table) => new(table, key => key.Split('|')[0], new ImmediateTime());

    public Projection Projection(TableTraffic? traffic = null) => Projection(Client(traffic));

    /// <summary>Reads the manifest and writes, without a second try.</summary>
    public async Task<ProjectionResult> WriteAsync(IReadOnlyList<TableEntity> rows, string inputs, TableTraffic? traffic = null)
    {
        var projection = Projection(traffic);
        var manifest = await projection.ReadManifestAsync(Partition, CancellationToken.None);
        return await projection.WriteAsync(manifest, rows, inputs, CancellationToken.None);
    }

    /// <summary>The rows as "key=value", the manifest apart.</summary>
    public async Task<string[]> ContentAsync() =>
        [.. (await _table.QueryAsync<TableEntity>().ToListAsync()).Where(row => row.RowKey != "manifest").Select(row => $"{row.RowKey}={row.GetString("Value")}").Order(StringComparer.Ordinal)];

    public async Task<TableEntity> ManifestAsync() => await _table.GetEntityAsync<TableEntity>(Partition, "manifest");

    public static TableEntity Row(string group, int number, string value) => new(Partition, $"{group}|{number:000}") { ["Value"] = value };

    public static TableEntity[] Group(string group, int count, string value) => [.. Enumerable.Range(0, count).Select(i => Row(group, i, value))];

    /// <summary>Each row a group of its own.</summary>
    public static TableEntity[] Singles(int count, string value) => [.. Enumerable.Range(0, count).Select(i => Row($"g{i:000}", 0, value))];

    public static string[] Text(IEnumerable<TableEntity> rows) => [.. rows.Select(row => $"{row.RowKey}={row.GetString("Value")}").Order(StringComparer.Ordinal)];

    /// <summary>Every timer is due at once.</summary>
    private sealed class ImmediateTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
