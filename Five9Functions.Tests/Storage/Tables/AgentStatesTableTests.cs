using Five9Functions.AgentStates;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Tests.Storage.Tables;

public sealed class AgentStatesTableTests
{
    private static readonly LocalDate Day = new(2026, 11, 2);

    [Test]
    public async Task Read_IsByAgentOrdinalThenStart_WithoutTheManifest()
    {
        var table = await TestTable.CreateAsync();
        Segment[] segments = [Ready("ab", 9), Ready("a", 17), Ready("B", 9), Ready("manifest", 9), Ready("a", 9), Ready("a/", 9)];

        await WriteAsync(table, "acme", 1, segments);

        Assert.That(await ReadAsync(table, "acme", 1), Is.EqualTo(new[] { "B 9", "a 9", "a 17", "a/ 9", "ab 9", "manifest 9" }));
    }

    [Test]
    public async Task Write_Buckets_EachAgentLiesInItsOwn()
    {
        var table = await TestTable.CreateAsync();

        var result = await WriteAsync(table, "acme", 16, [Ready("anna@example.com", 9), Ready("李雷", 9)]);

        Assert.That(result, Is.EqualTo(new ProjectionResult(2, 0, 0, 2, 0)), "a bucket that never held a row needs no manifest");
        var rows = await table.Client().QueryAsync<Azure.Data.Tables.TableEntity>().Where(row => row.RowKey != "manifest").ToListAsync();
        Assert.That(rows.Select(row => $"{row.PartitionKey} {row.RowKey}"), Is.EquivalentTo(new[]
        {
            "acme|2026-11-02|02 anna@example.com|2026-11-02T09:00:00Z",
            "acme|2026-11-02|15 李雷|2026-11-02T09:00:00Z",
        }));
        Assert.That(await ReadAsync(table, "acme", 16), Is.EqualTo(new[] { "anna@example.com 9", "李雷 9" }));
    }

    [Test]
    public async Task Write_Twice_SendsNoWrite()
    {
        var table = await TestTable.CreateAsync();
        Segment[] segments = [.. Enumerable.Range(0, 30).SelectMany(i => new[] { Ready($"agent{i}", 9), Ready($"agent{i}", 10) })];
        var traffic = new TableTraffic();
        await WriteAsync(table, "acme", 4, segments);

        await WriteAsync(table, "acme", 4, [.. segments.Reverse()], traffic);

        Assert.That(traffic.Writes, Is.Zero);
        Assert.That(await ReadAsync(table, "acme", 4), Has.Length.EqualTo(60));
    }

    [Test]
    public async Task Read_OtherIntegrationsAndDays_StayApart()
    {
        var table = await TestTable.CreateAsync();
        await WriteAsync(table, "acme", 1, [Ready("anna", 9)]);
        await WriteAsync(table, "acm", 1, [Ready("ben", 9)]);

        Assert.That(await ReadAsync(table, "acm", 1), Is.EqualTo(new[] { "ben 9" }));
        Assert.That(await ReadAsync(table, "nobody", 1), Is.Empty);
    }

    [Test]
    public async Task Read_WriteBetweenTwoPages_ReadsAgain()
    {
        var table = await TestTable.CreateAsync();
        Segment[] Day(string state) => [.. Enumerable.Range(0, 1100).Select(i => Ready($"agent{i / 50:00}", 0, i % 50) with { State = state })];
        await WriteAsync(table, "acme", 1, Day("Before"));
        var traffic = new TableTraffic { AfterQuery = number => number == 1 ? WriteAsync(table, "acme", 1, Day("After")) : Task.CompletedTask };

        var states = await new AgentStatesTable(table.Client(traffic), TimeProvider.System)
            .ReadAsync("acme", AgentStatesTableTests.Day, 1, CancellationToken.None)
            .Select(segment => segment.State)
            .ToListAsync();

        Assert.That(states, Has.Count.EqualTo(1100));
        Assert.That(states, Is.All.EqualTo("After"));
    }

    private static Task<ProjectionResult> WriteAsync(TestTable table, string integration, int buckets, Segment[] segments, TableTraffic? traffic = null) =>
        new AgentStatesTable(table.Client(traffic), TimeProvider.System).WriteAsync(
            integration, Day, buckets, .., (_, _) => Task.FromResult<(IEnumerable<Segment>, string)>((segments, "v1")), CancellationToken.None);

    private static async Task<string[]> ReadAsync(TestTable table, string integration, int buckets) =>
        await new AgentStatesTable(table.Client(), TimeProvider.System)
            .ReadAsync(integration, Day, buckets, CancellationToken.None)
            .Select(segment => $"{segment.Agent} {segment.Start.InUtc().Hour}")
            .ToArrayAsync();

    private static Segment Ready(string agent, int hour, int minute = 0)
    {
        var start = Instant.FromUtc(2026, 11, 2, hour, minute);
        var end = start + Duration.FromMinutes(1);
        return new(agent, "", "Ready", StateKind.Ready, "", "", start, end, start, end, false, false, [], false, false);
    }
}
