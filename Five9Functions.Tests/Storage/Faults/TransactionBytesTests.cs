using System.Net;
using Azure;
using Azure.Data.Tables;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Storage.Tables;

namespace Five9Functions.Tests.Storage.Faults;

/// <summary>
/// Azure takes 4 MiB and 100 operations in a transaction, counted as it is sent. Here is counted what the real client sends, for
/// values that grow differently on their way into JSON; nothing is stored.
/// </summary>
public sealed class TransactionBytesTests
{
    private const int FourMebibytes = 4_194_304;

    [TestCase("a", 3, 20)]
    [TestCase("é", 3, 20)]
    [TestCase("李", 3, 20)]
    [TestCase("\uD83D\uDE00", 3, 20)]
    [TestCase("\uD83D", 3, 20)]
    [TestCase("\"", 3, 20)]
    [TestCase("\\", 3, 20)]
    [TestCase("\u0001", 3, 20)]
    [TestCase("<&'+", 3, 20)]
    [TestCase("é", 15, 6)]
    [TestCase("a", 15, 6)]
    public async Task ATransactionAsItIsSent_IsBelowFourMebibytes(string text, int columns, int rows)
    {
        var table = await TestTable.CreateAsync();
        var network = new FaultyNetwork();
        network.Times(1, request => request.Path.EndsWith("$batch", StringComparison.Ordinal), NetworkFaults.Refusal(HttpStatusCode.Forbidden, "Forbidden"));
        var value = string.Concat(Enumerable.Repeat(text, 32_768 / text.Length));

        Assert.That(
            () => table.Projection(network).RunAsync(["p"], _ => Task.FromResult(new ProjectedContent(value, _ => Rows(value, columns, rows))), CancellationToken.None),
            Throws.InstanceOf<RequestFailedException>().With.Property("Status").EqualTo(403));

        var sent = network.Tries.Single(request => request.Path.EndsWith("$batch", StringComparison.Ordinal));
        Assert.That(sent.Body, Has.Length.InRange(1_000_000, FourMebibytes));
        Assert.That(sent.Entities, Has.Count.LessThanOrEqualTo(100));
    }

    private static TableEntity[] Rows(string value, int columns, int rows) =>
    [
        .. Enumerable.Range(0, rows).Select(row =>
        {
            var entity = new TableEntity("p", $"g{row:00}|0");
            foreach (var column in Enumerable.Range(0, columns))
            {
                entity[$"Column{column:00}"] = value;
            }

            return entity;
        }),
    ];
}
