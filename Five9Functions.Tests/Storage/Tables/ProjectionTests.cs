using Azure.Data.Tables;
using Five9Functions.Storage.Tables;

namespace Five9Functions.Tests.Storage.Tables;

/// <summary>What a projection writes, counted in the HTTP pipeline.</summary>
public sealed class ProjectionTests
{
    private static readonly TestCaseData<int, int[]>[] Sizes =
    [
        new(0, []), // a partition that never held a row needs no manifest
        new(1, [2]),
        new(99, [100]),
        new(100, [100, 2]),
        new(101, [100, 3]),
        new(198, [100, 100]),
        new(199, [100, 100, 2]),
    ];

    [TestCaseSource(nameof(Sizes))]
    public async Task Write_FillsTransactions_AndASecondRunSendsNothing(int rows, int[] operations)
    {
        var table = await TestTable.CreateAsync();
        var content = TestTable.Singles(rows, "a");
        var first = new TableTraffic();
        var second = new TableTraffic();

        var written = await table.WriteAsync(content, "v1", first);
        var again = await table.WriteAsync(TestTable.Singles(rows, "a"), "v1", second);

        Assert.That(first.Operations, Is.EqualTo(operations));
        Assert.That(first.Writes, Is.EqualTo(operations.Length));
        Assert.That(written, Is.EqualTo(new ProjectionResult(rows, 0, 0, operations.Length, 0)));
        Assert.That(second.Writes, Is.Zero);
        Assert.That(again, Is.EqualTo(default(ProjectionResult)));
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(content)));
    }

    [Test]
    public async Task Write_Manifest_HasExactlyTheseColumns()
    {
        var table = await TestTable.CreateAsync();

        await table.WriteAsync([TestTable.Row("anna", 1, "a")], "agent-states/2026-11-02=7;rules=1");

        var manifest = await table.ManifestAsync();
        Assert.That(manifest.Keys.Where(key => key is not ("odata.etag" or "Timestamp")), Is.EquivalentTo(new[] { "PartitionKey", "RowKey", "Hash", "Inputs", "Rows" }));
        Assert.That(manifest.GetString("Hash"), Is.EqualTo("d57cfeff7a096454b5eebd011d4f24e5e9c3bbd3c0178e8742bb6c99fc510fa8"));
        Assert.That(manifest.GetString("Inputs"), Is.EqualTo("agent-states/2026-11-02=7;rules=1"));
        Assert.That(manifest.GetInt32("Rows"), Is.EqualTo(1));
    }

    [Test]
    public async Task Write_RowsInAnotherOrder_SendsNothing()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        await table.WriteAsync(TestTable.Singles(5, "a"), "v1");

        await table.WriteAsync([.. TestTable.Singles(5, "a").Reverse()], "v1", traffic);

        Assert.That(traffic.Writes, Is.Zero);
    }

    [Test]
    public async Task Write_OnlyInputsDiffer_WritesTheManifestAlone()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        await table.WriteAsync(TestTable.Singles(150, "a"), "v1");

        var result = await table.WriteAsync(TestTable.Singles(150, "a"), "v2", traffic);

        Assert.That(traffic.Transactions, Is.EqualTo(new[] { new[] { "PUT manifest" } }));
        Assert.That(traffic.Writes, Is.EqualTo(1));
        Assert.That(result, Is.EqualTo(new ProjectionResult(0, 0, 0, 1, 0)));
        Assert.That((await table.ManifestAsync()).GetString("Inputs"), Is.EqualTo("v2"));
    }

    [Test]
    public async Task Write_OneRowAddedOneChangedOneGone_WritesThoseAndTheManifest()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        await table.WriteAsync(TestTable.Singles(150, "a"), "v1");
        TableEntity[] wanted = [.. TestTable.Singles(150, "a").Skip(1), TestTable.Row("new", 1, "a")];
        wanted[41] = TestTable.Row("g042", 0, "b");

        var result = await table.WriteAsync(wanted, "v2", traffic);

        Assert.That(traffic.Transactions, Is.EqualTo(new[] { new[] { "PUT manifest", "DELETE g000|000", "PUT g042|000", "POST new|001" } }));
        Assert.That(result, Is.EqualTo(new ProjectionResult(1, 1, 1, 1, 0)));
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(wanted)));
    }

    [Test]
    public async Task Write_ColumnGone_IsGoneFromTheRow()
    {
        var table = await TestTable.CreateAsync();
        var row = TestTable.Row("anna", 1, "a");
        row["ReportedEnd"] = DateTimeOffset.UnixEpoch;
        await table.WriteAsync([row], "v1");

        await table.WriteAsync([TestTable.Row("anna", 1, "a")], "v2");

        TableEntity stored = await table.Client().GetEntityAsync<TableEntity>("p", "anna|001");
        Assert.That(stored.ContainsKey("ReportedEnd"), Is.False);
    }

    [Test]
    public async Task Write_NothingLeft_DeletesAllRows()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        await table.WriteAsync(TestTable.Singles(120, "a"), "v1");

        await table.WriteAsync([], "v2", traffic);

        Assert.That(traffic.Operations, Is.EqualTo(new[] { 100, 22 }));
        Assert.That(await table.ContentAsync(), Is.Empty);
        Assert.That((await table.ManifestAsync()).GetInt32("Rows"), Is.Zero);
    }

    [Test]
    public async Task Write_AGroupThatFits_ChangesInOneTransaction()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        TableEntity[] before = [.. TestTable.Group("anna", 60, "a"), .. TestTable.Group("ben", 30, "a"), .. TestTable.Group("zoe", 40, "a")];
        await table.WriteAsync(before, "v1");

        // 40 rows of Anna's change and 20 go; all of Ben's change; 20 of Zoe's go and 19 change.
        TableEntity[] after = [.. TestTable.Group("anna", 40, "b"), .. TestTable.Group("ben", 30, "b"), .. TestTable.Group("zoe", 19, "b"), TestTable.Row("zoe", 19, "a")];
        var result = await table.WriteAsync(after, "v2", traffic);

        Assert.That(traffic.Operations, Is.EqualTo(new[] { 100, 31 }));
        Assert.That(traffic.Transactions[0].Count(operation => operation.Contains(" anna|", StringComparison.Ordinal)), Is.EqualTo(60));
        Assert.That(traffic.Transactions[0].Count(operation => operation.Contains(" zoe|", StringComparison.Ordinal)), Is.EqualTo(39));
        Assert.That(traffic.Transactions[1].Count(operation => operation.Contains(" ben|", StringComparison.Ordinal)), Is.EqualTo(30));
        Assert.That(result, Is.EqualTo(new ProjectionResult(0, 89, 40, 2, 0)));
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(after)));
    }

    [Test]
    public async Task Write_AGroupOf120Rows_ChangesFromItsFirstRowToItsLast()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();

        await table.WriteAsync([TestTable.Row("ben", 1, "a"), .. TestTable.Group("anna", 120, "a")], "v1", traffic);

        Assert.That(traffic.Operations, Is.EqualTo(new[] { 100, 23 }));
        Assert.That(traffic.Transactions[0][1..], Is.EqualTo(Enumerable.Range(0, 99).Select(i => $"POST anna|{i:000}")));
        Assert.That(traffic.Transactions[1][^1], Is.EqualTo("POST ben|001"));
    }

    [Test]
    public async Task Write_EveryTypeAndOddKeys_ComeBackAsTheyWere()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        string[] agents = ["anna", "Anna", "anna ", "O'Brien", "a/b\\c#d?e%f*g|h", "a+b&c=d;e,f", "é李\uD83D\uDE00", "\u0001\u0085", "", new string('x', 300)];
        TableEntity[] Rows() => [.. agents.Select(agent => new TableEntity("p", TableKey.Join(agent, "1"))
        {
            ["Text"] = agent,
            ["Empty"] = "",
            ["Lone"] = "\uD83D",
            ["Nothing"] = null,
            ["Flag"] = true,
            ["Int"] = 5,
            ["Long"] = 5L,
            ["Whole"] = 5.0,
            ["Part"] = 0.1,
            ["Time"] = new DateTimeOffset(2026, 11, 2, 22, 0, 5, TimeSpan.FromHours(1)),
            ["Id"] = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
            ["Bytes"] = new byte[] { 0, 1, 255 },
        })];
        await table.WriteAsync(Rows(), "v1");
        await table.Client().UpsertEntityAsync(new TableEntity("p", "manifest") { ["Hash"] = "", ["Inputs"] = "v1", ["Rows"] = 10 });

        var result = await table.WriteAsync(Rows(), "v1", traffic);

        Assert.That(traffic.Transactions, Is.EqualTo(new[] { new[] { "PUT manifest" } }), "all rows were read back and none of them differs");
        Assert.That(result, Is.EqualTo(new ProjectionResult(0, 0, 0, 1, 0)));
        Assert.That(await table.Client().QueryAsync<TableEntity>().CountAsync(), Is.EqualTo(11));
    }

    [Test]
    public async Task Write_ARowThatDoesNotBelong_IsRefusedBeforeAnythingIsSent()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();

        Assert.That(() => table.WriteAsync([new("other", "r")], "v1", traffic), Throws.ArgumentException.With.Message.Contains("belongs to partition other"));
        Assert.That(() => table.WriteAsync([new("p", "manifest")], "v1", traffic), Throws.ArgumentException.With.Message.Contains("has the manifest's key"));
        Assert.That(() => table.WriteAsync([new("p", "r"), new("p", "r")], "v1", traffic), Throws.ArgumentException.With.Message.Contains("is there twice"));
        Assert.That(() => table.WriteAsync([new("p", new string('x', 513))], "v1", traffic), Throws.TypeOf<TableLimitException>());
        Assert.That(() => table.WriteAsync([new("p", "r") { ["Column"] = 1m }], "v1", traffic), Throws.TypeOf<NotSupportedException>().With.Message.Contains("Column"));
        Assert.That(traffic.Writes, Is.Zero);
    }

    [Test]
    public async Task Write_LongRows_AreSplitByBytes()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();

        // As \uXXXX each is 196,608 bytes long, and 3.6 MiB are left for rows.
        await table.WriteAsync(TestTable.Singles(40, new string('é', 32_768)), "v1", traffic);

        Assert.That(traffic.Operations, Is.EqualTo(new[] { 20, 20, 3 }));
    }
}
