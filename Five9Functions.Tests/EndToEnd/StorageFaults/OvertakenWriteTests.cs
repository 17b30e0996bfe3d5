using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Five9Functions.Runs;
using Five9Functions.Tests.Storage.Faults;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>
/// Somebody else writes a row or a blob in the moment before the import does, so that its condition does not hold: once before
/// every conditional write of a kind.
/// </summary>
[CancelAfter(120_000)]
public sealed class OvertakenWriteTests : StorageFaultTest
{
    [TestCase("Five9Users", 10)]
    [TestCase("ImportRuns", 3)]
    [TestCase("ReportDays", 2)]
    [TestCase("AgentStates", 2)]
    public async Task ARowThatIsWrittenByAnotherFirst_IsReadAgain_AndTheImportGoesOn(string table, int atLeast)
    {
        var app = await StartAsync(Setup);

        // A first import, so that each row is there; the second one has all of them to change.
        await ImportAsync(app);
        await SpoilAsync(app);

        var tries = 0;
        app.Network.Faults = request => IsConditional(request, table) && Interlocked.Increment(ref tries) % 2 == 1 ? NetworkFaults.After(() => TouchAsync(app, request)) : null;
        var run = await ImportAsync(app);

        Assert.That(run.Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(app.Network.Happened, Has.Count.GreaterThanOrEqualTo(atLeast));
        await AssertAsUndisturbedAsync(app, runs: 4, downloads: 4);
    }

    [Test]
    public async Task ARawDayThatIsWrittenByAnotherFirst_IsReadAgain_AndTheImportGoesOn()
    {
        var app = await StartAsync(Setup);
        await ImportAsync(app);
        app.Clock.Advance(Duration.FromHours(1));
        var tries = 0;
        app.Network.Faults = request => request.Query.Contains("comp=blocklist&", StringComparison.Ordinal) && ++tries % 2 == 1
            ? NetworkFaults.After(() => TouchBlobAsync(app, request.Path.Split('/', 4)[3]))
            : null;

        var run = await ImportAsync(app);

        Assert.That((run.Status, run.Landed), Is.EqualTo((RunStatus.Succeeded, 5)));
        Assert.That(app.Network.Happened, Has.Count.EqualTo(2));
        Assert.That((app.Five9.Calls["runReport"], app.Five9.Calls["getReportResultCsv"]), Is.EqualTo((4, 4)));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.Exactly(2).Contains("\"AsOf\":\"2026-11-04T13:00:00Z\""));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Has.Count.EqualTo(2));
    }

    private static bool IsConditional(StorageRequest request, string table) => request.Method is "PUT" or "POST"
        && request.Entities.Any(e => e.Table == table && e.Method == "PUT" && (table != "AgentStates" || e.RowKey == "manifest"));

    /// <summary>Days that were derived by other rules, and partitions that were left half written.</summary>
    private static async Task SpoilAsync(TestApp app)
    {
        var days = new TableClient(app.ConnectionString, "ReportDays");
        await foreach (var day in days.QueryAsync<TableEntity>(row => row.RowKey == "2026-11-02" || row.RowKey == "2026-11-03"))
        {
            day["Rules"] = 0;
            await days.UpdateEntityAsync(day, ETag.All, TableUpdateMode.Replace);
        }

        var states = new TableClient(app.ConnectionString, "AgentStates");
        await states.DeleteEntityAsync("acme|2026-11-02|00", "anna|2026-11-02T21:00:00Z");
        await foreach (var manifest in states.QueryAsync<TableEntity>(row => row.RowKey == "manifest"))
        {
            manifest["Hash"] = "";
            await states.UpdateEntityAsync(manifest, ETag.All, TableUpdateMode.Replace);
        }
    }

    private static async Task TouchBlobAsync(TestApp app, string name)
    {
        var blob = new BlobContainerClient(app.ConnectionString, "reports").GetBlobClient(name);
        await blob.SetMetadataAsync((await blob.GetPropertiesAsync()).Value.Metadata);
    }

    /// <summary>Writes what is there once more, so that it is another version; unless somebody else of the import has just made it one.</summary>
    private static async Task TouchAsync(TestApp app, StorageRequest request)
    {
        var write = request.Entities.First(e => e.Method == "PUT");
        var table = new TableClient(app.ConnectionString, write.Table);
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey eq {write.RowKey}")))
        {
            try
            {
                await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
            }
        }
    }
}
