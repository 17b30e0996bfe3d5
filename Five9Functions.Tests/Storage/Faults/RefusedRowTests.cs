using Azure.Data.Tables;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Storage.Tables;

namespace Five9Functions.Tests.Storage.Faults;

/// <summary>
/// Azure refuses a transaction for one entity and says which. Azurite takes nearly everything, so the network answers in Azure's
/// words whenever a transaction holds a row that is bad.
/// </summary>
public sealed class RefusedRowTests
{
    private readonly FaultyNetwork _network = new();
    private TestTable _table = null!;

    [SetUp]
    public async Task CreateAsync() => _table = await TestTable.CreateAsync();

    [Test]
    public async Task OneBadRowOf100_IsLeftOut_AndTheOther99AreWritten()
    {
        Refuse("bad");
        TableEntity[] rows = [.. TestTable.Singles(99, "a"), TestTable.Row("z", 7, "bad")];

        var result = await RunAsync(rows, "v1");

        Assert.That((result.Added, result.Transactions, result.Conflicts), Is.EqualTo((99, 2, 0)));
        Assert.That(result.Refused.Select(row => $"{row.PartitionKey} {row.RowKey} {row.Reason}"), Is.EqualTo(new[] { "p z|007 InvalidInput" }));
        Assert.That(await _table.ContentAsync(), Is.EqualTo(TestTable.Text(TestTable.Singles(99, "a"))));
        var manifest = await _table.ManifestAsync();
        Assert.That(manifest.GetInt32("Rows"), Is.EqualTo(99));
        Assert.That(manifest.GetString("Refused"), Is.EqualTo("44b9dc4c2f3d2be3 InvalidInput z|007"));
        Assert.That(manifest.GetString("Hash"), Has.Length.EqualTo(64));
    }

    [Test]
    public async Task TheSameRowsAgain_WriteNothing_AndSayTheSame()
    {
        Refuse("bad");
        TableEntity[] Rows() => [.. TestTable.Singles(3, "a"), TestTable.Row("z", 7, "bad")];
        await RunAsync(Rows(), "v1");
        var tries = Writes;

        var again = await RunAsync(Rows(), "v1");

        Assert.That(Writes, Is.EqualTo(tries));
        Assert.That(again.Refused.Select(row => row.RowKey), Is.EqualTo(new[] { "z|007" }));
        Assert.That(again with { Refused = [] }, Is.EqualTo(default(ProjectionResult)));
    }

    [Test]
    public async Task AnotherRowThatChanges_IsWritten_WithoutTryingTheBadOneAgain()
    {
        Refuse("bad");
        await RunAsync([TestTable.Row("a", 1, "a"), TestTable.Row("z", 7, "bad")], "v1");
        var refusals = _network.Happened.Count;

        var result = await RunAsync([TestTable.Row("a", 1, "b"), TestTable.Row("z", 7, "bad")], "v2");

        Assert.That(_network.Happened, Has.Count.EqualTo(refusals));
        Assert.That((result.Changed, result.Refused.Count), Is.EqualTo((1, 1)));
        Assert.That(await _table.ContentAsync(), Is.EqualTo(new[] { "a|001=b" }));
    }

    [Test]
    public async Task TheBadRowThatChanges_IsTriedAgain()
    {
        Refuse("bad");
        await RunAsync([TestTable.Row("a", 1, "a"), TestTable.Row("z", 7, "bad")], "v1");

        var result = await RunAsync([TestTable.Row("a", 1, "a"), TestTable.Row("z", 7, "good")], "v2");

        Assert.That((result.Added, result.Refused.Count), Is.EqualTo((1, 0)));
        Assert.That(await _table.ContentAsync(), Is.EqualTo(new[] { "a|001=a", "z|007=good" }));
        Assert.That((await _table.ManifestAsync()).ContainsKey("Refused"), Is.False);
    }

    [Test]
    public async Task ARowThatTurnsBad_IsDeleted_BecauseWhatIsStoredIsNoLongerTrue()
    {
        await RunAsync([TestTable.Row("a", 1, "a"), TestTable.Row("z", 7, "good")], "v1");
        Refuse("bad");

        var result = await RunAsync([TestTable.Row("a", 1, "b"), TestTable.Row("z", 7, "bad")], "v2");

        Assert.That((result.Changed, result.Deleted, result.Refused.Count), Is.EqualTo((1, 1, 1)));
        Assert.That(await _table.ContentAsync(), Is.EqualTo(new[] { "a|001=b" }));
    }

    [Test]
    public async Task BadRowsInTheFirstTheMiddleAndTheLastTransaction_AreAllLeftOut()
    {
        Refuse("bad");
        var rows = TestTable.Singles(250, "a");
        foreach (var bad in new[] { 0, 98, 99, 150, 198, 249 })
        {
            rows[bad]["Value"] = "bad";
        }

        var result = await RunAsync(rows, "v1");

        Assert.That((result.Added, result.Transactions), Is.EqualTo((244, 3)));
        Assert.That(result.Refused.Select(row => row.RowKey), Is.EqualTo(new[] { "g000|000", "g098|000", "g099|000", "g150|000", "g198|000", "g249|000" }));
        Assert.That(await _table.ContentAsync(), Is.EqualTo(TestTable.Text(rows.Where(row => row.GetString("Value") == "a"))));
    }

    [Test]
    public async Task ARowOverOurOwnLimit_IsLeftOut_WithoutBeingSent()
    {
        TableEntity[] rows = [TestTable.Row("a", 1, "a"), TestTable.Row("z", 7, new string('x', 32_769))];

        var result = await RunAsync(rows, "v1");
        var again = await RunAsync(rows, "v1");

        Assert.That((result.Added, result.Transactions), Is.EqualTo((1, 1)));
        Assert.That(result.Refused.Select(row => $"{row.RowKey} {row.Reason}"), Is.EqualTo(new[] { "z|007 TooLarge" }));
        Assert.That(again with { Refused = [] }, Is.EqualTo(default(ProjectionResult)));
        Assert.That(await _table.ContentAsync(), Is.EqualTo(new[] { "a|001=a" }));
    }

    [Test]
    public async Task MoreThan50BadRows_AreNoMatterOfSingleRows()
    {
        Refuse("bad");

        Assert.That(
            () => RunAsync(TestTable.Singles(60, "bad"), "v1"),
            Throws.TypeOf<RowsRefusedException>().With.Message.StartsWith("Table projection").And.Message.Contains("refuses more than 50 rows of partition p, the last one as InvalidInput"));

        Assert.That(await _table.ContentAsync(), Is.Empty);
    }

    [Test]
    public void AManifestThatIsRefused_IsNoMatterOfARow()
    {
        _network.Once(IsTransaction, NetworkFaults.RefusedOperation(0, "InvalidInput"));

        Assert.That(() => RunAsync([TestTable.Row("a", 1, "a")], "v1"), Throws.TypeOf<TableTransactionFailedException>().With.Property("Status").EqualTo(400));
    }

    private int Writes => _network.Tries.Count(request => request.CanWrite);

    private static bool IsTransaction(StorageRequest request) => request.Path.EndsWith("$batch", StringComparison.Ordinal);

    private Task<ProjectionResult> RunAsync(TableEntity[] rows, string inputs) =>
        _table.Projection(_network).RunAsync(["p"], _ => Task.FromResult(new ProjectedContent(inputs, _ => rows)), CancellationToken.None);

    /// <summary>As Azure: the first operation that holds the value decides.</summary>
    private void Refuse(string value) => _network.Faults = request =>
    {
        var bodies = System.Text.Encoding.UTF8.GetString(request.Body).Split("HTTP/1.1").Skip(1).ToList();
        var index = IsTransaction(request) ? bodies.FindIndex(body => body.Contains($"\"{value}\"", StringComparison.Ordinal)) : -1;
        return index < 0 ? null : NetworkFaults.RefusedOperation(index, "InvalidInput");
    };
}
