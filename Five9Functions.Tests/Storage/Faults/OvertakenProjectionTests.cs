using Azure.Data.Tables;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Storage.Tables;

namespace Five9Functions.Tests.Storage.Faults;

/// <summary>Another writer comes between two transactions of a projection: it is refused with 412, starts again, and derives what is newer.</summary>
public sealed class OvertakenProjectionTests
{
    // 250 rows become 250 others of which 230 are the same rows with another value: 270 writes, three transactions.
    private static readonly TableEntity[] Old = TestTable.Singles(250, "old");
    private static readonly TableEntity[] Newer = [.. TestTable.Singles(270, "newer").Skip(20)];
    private static readonly TableEntity[] Newest = [.. TestTable.Singles(300, "newest").Skip(60)];

    private readonly FaultyNetwork _network = new();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task OvertakenAtAnyTransaction_TheNewestContentStands(int transaction)
    {
        var table = await TestTable.CreateAsync();
        await table.WriteAsync(Old, "v1");
        var (sent, source) = (0, ("v2", Newer));
        _network.Faults = request => IsTransaction(request) && ++sent == transaction
            ? NetworkFaults.After(async () =>
            {
                source = ("v3", Newest);
                await table.WriteAsync(Newest, "v3");
            })
            : null;

        var result = await table.Projection(_network).RunAsync(
            ["p"], _ => Task.FromResult(new ProjectedContent(source.Item1, _ => source.Item2)), CancellationToken.None);

        Assert.That((result.Conflicts, sent), Is.EqualTo((1, transaction)), "the other writer had the newest content: nothing is left to write");
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(Newest)));
        Assert.That((await table.ManifestAsync()).GetString("Inputs"), Is.EqualTo("v3"));
    }

    [TestCase(1, 3)]
    [TestCase(2, 2)]
    [TestCase(3, 1)]
    public async Task OvertakenByAWriterThatDied_WhatIsLeftIsWritten(int transaction, int further)
    {
        var table = await TestTable.CreateAsync();
        await table.WriteAsync(Old, "v1");
        var sent = 0;
        _network.Faults = request => IsTransaction(request) && ++sent == transaction
            ? NetworkFaults.After(() => table.Client().UpsertEntityAsync(new TableEntity("p", "manifest") { ["Hash"] = "", ["Inputs"] = "v1", ["Rows"] = 250 }))
            : null;

        var result = await table.Projection(_network).RunAsync(["p"], _ => Task.FromResult(new ProjectedContent("v2", _ => Newer)), CancellationToken.None);

        Assert.That((result.Conflicts, sent), Is.EqualTo((1, transaction + further)));
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(Newer)));
        Assert.That((await table.ManifestAsync()).GetString("Inputs"), Is.EqualTo("v2"));
    }

    private static bool IsTransaction(StorageRequest request) => request.Path.EndsWith("$batch", StringComparison.Ordinal);
}
