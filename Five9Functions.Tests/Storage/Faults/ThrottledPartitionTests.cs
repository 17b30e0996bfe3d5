using System.Net;
using Azure.Data.Tables;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Storage.Tables;

namespace Five9Functions.Tests.Storage.Faults;

/// <summary>One partition answers 503 with a Retry-After for a while.</summary>
public sealed class ThrottledPartitionTests
{
    private static readonly string[] Partitions = ["p0", "p1", "p2", "p3", "p4", "p5"];

    private readonly FaultyNetwork _network = new();

    [TestCase("p3", true, 1)]
    [TestCase("p0", true, 1)]
    [TestCase("p3", false, 4)]
    public async Task TheOthersGoOn_AndTheThrottledOneEndsRightAfterwards(string throttled, bool reads, int transactions)
    {
        var table = await TestTable.CreateAsync();
        var derived = 0;
        _network.Times(3, request => (reads || IsTransaction(request)) && IsOf(request, throttled), NetworkFaults.Refusal(HttpStatusCode.ServiceUnavailable, "ServerBusy", retryAfterSeconds: 30));

        var result = await table.Projection(_network).RunAsync(
            Partitions,
            _ =>
            {
                derived++;
                return Task.FromResult(new ProjectedContent("v1", key => [new TableEntity(key, "r") { ["Value"] = key }]));
            },
            CancellationToken.None);

        Assert.That(_network.Happened, Has.Count.EqualTo(3));
        Assert.That(result, Is.EqualTo(new ProjectionResult(6, 0, 0, 6, 3)));
        Assert.That(derived, Is.EqualTo(4));
        Assert.That(await table.ContentAsync(), Is.EqualTo(Partitions.Select(key => $"r={key}")));
        var written = _network.Tries.Where(IsTransaction).Select(PartitionOf).ToList();
        Assert.That(written, Has.Count.EqualTo(5 + transactions));
        Assert.That(written[^1], Is.EqualTo(throttled));
        Assert.That(written.Where(key => key != throttled), Is.EquivalentTo(Partitions.Except([throttled])));
    }

    [Test]
    public async Task AllOfThem_ComeThroughAsWell()
    {
        var table = await TestTable.CreateAsync();
        _network.Times(12, IsTransaction, NetworkFaults.Refusal(HttpStatusCode.ServiceUnavailable, "ServerBusy", retryAfterSeconds: 30));

        var result = await table.Projection(_network).RunAsync(
            Partitions, _ => Task.FromResult(new ProjectedContent("v1", key => [new TableEntity(key, "r") { ["Value"] = key }])), CancellationToken.None);

        Assert.That(result, Is.EqualTo(new ProjectionResult(6, 0, 0, 6, 2)));
        Assert.That(await table.ContentAsync(), Is.EqualTo(Partitions.Select(key => $"r={key}")));
    }

    private static bool IsTransaction(StorageRequest request) => request.Path.EndsWith("$batch", StringComparison.Ordinal);

    private static bool IsOf(StorageRequest request, string partition) =>
        IsTransaction(request) ? PartitionOf(request) == partition : request.Path.Contains($"PartitionKey='{partition}'", StringComparison.Ordinal);

    private static string PartitionOf(StorageRequest request) =>
        Partitions.Single(key => System.Text.Encoding.UTF8.GetString(request.Body).Contains($"\"PartitionKey\":\"{key}\"", StringComparison.Ordinal));
}
