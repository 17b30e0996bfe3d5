using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Storage;
using Five9Functions.Tests.Storage.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.Tests.Storage;

/// <summary>How often the app's own clients try. What they wait between two tries is a test's millisecond.</summary>
public sealed class StorageRetriesTests
{
    private readonly FaultyNetwork _network = new();
    private ServiceProvider _services = null!;

    [SetUp]
    public async Task BuildAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", await TestStorage.ConnectionStringAsync())]).Build();
        var (blobs, queues, tables) = (_network.Options(new BlobClientOptions()), _network.Options(new QueueClientOptions()), _network.Options(new TableClientOptions()));
        (blobs.RetryPolicy, queues.RetryPolicy, tables.RetryPolicy) = (null, null, null);
        _services = new ServiceCollection().AddSingleton(blobs).AddSingleton(queues).AddSingleton(tables).AddStorageClients(configuration).BuildServiceProvider();
    }

    [TearDown]
    public void Dispose() => _services.Dispose();

    [TestCase("blob")]
    [TestCase("queue")]
    [TestCase("table")]
    public void ABusyService_IsTriedFourTimes(string service)
    {
        _network.Faults = _ => NetworkFaults.Refusal(HttpStatusCode.ServiceUnavailable, "ServerBusy");

        Assert.That(() => ReadAsync(service), Throws.InstanceOf<RequestFailedException>().With.Property("Status").EqualTo(503));
        Assert.That(_network.Tries, Has.Count.EqualTo(4));
    }

    [TestCase("blob")]
    [TestCase("queue")]
    [TestCase("table")]
    public void AServiceThatAsksForALongPause_IsLeftToTheQueue(string service)
    {
        _network.Faults = _ => NetworkFaults.Refusal(HttpStatusCode.ServiceUnavailable, "ServerBusy", retryAfterSeconds: 30);

        Assert.That(() => ReadAsync(service), Throws.InstanceOf<RequestFailedException>().With.Property("Status").EqualTo(503));
        Assert.That(_network.Tries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AConnectionThatIsLostThreeTimes_IsNoFailure()
    {
        _network.Times(3, _ => true, NetworkFaults.LostRequest);

        await ReadAsync("table");

        Assert.That(_network.Tries, Has.Count.EqualTo(4));
    }

    [Test]
    public void InProduction_TheTriesTakeSeconds()
    {
        var retry = StorageRetries.Brief(new TableClientOptions()).Retry;

        Assert.That((retry.MaxRetries, retry.Delay.TotalSeconds, retry.MaxDelay.TotalSeconds, retry.NetworkTimeout.TotalSeconds), Is.EqualTo((3, 0.5, 5, 20)));
    }

    private Task ReadAsync(string service) => service switch
    {
        "blob" => _services.GetRequiredService<BlobServiceClient>().GetPropertiesAsync(),
        "queue" => _services.GetRequiredService<QueueServiceClient>().GetPropertiesAsync(),
        _ => _services.GetRequiredService<TableServiceClient>().GetPropertiesAsync(),
    };
}
