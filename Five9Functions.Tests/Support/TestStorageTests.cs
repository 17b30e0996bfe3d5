using Azure.Data.Tables;

namespace Five9Functions.Tests.Support;

public sealed class TestStorageTests
{
    [Test]
    public async Task Azurite_IsThere()
    {
        var table = new TableClient(await TestStorage.ConnectionStringAsync(), TestStorage.NewName("probe"));

        await table.CreateIfNotExistsAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Column"] = "value" });

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.That(read.GetString("Column"), Is.EqualTo("value"));
    }

    [Test]
    public async Task NewAccount_SharesNothingWithAnother()
    {
        var table = new TableClient(await TestStorage.NewAccountAsync(), "Probe");
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        var other = new TableClient(await TestStorage.NewAccountAsync(), "Probe");
        await other.CreateAsync();

        Assert.That(await other.QueryAsync<TableEntity>().ToListAsync(), Is.Empty);
    }
}
