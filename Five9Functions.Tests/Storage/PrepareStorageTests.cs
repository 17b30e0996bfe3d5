using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Storage;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Storage.Faults;

namespace Five9Functions.Tests.Storage;

/// <summary>The start on an account where something is just being deleted.</summary>
public sealed class PrepareStorageTests
{
    private readonly FaultyNetwork _network = new();
    private readonly Pauses _time = new();
    private string _connection = "";

    [SetUp]
    public async Task TakeAccountAsync() => _connection = await TestStorage.NewAccountAsync();

    [TestCase("/ReportDays", "TableBeingDeleted")]
    [TestCase("/reports", "ContainerBeingDeleted")]
    [TestCase("/normalize-jobs", "QueueBeingDeleted")]
    public async Task TheStart_WaitsUntilTheNameIsFree(string name, string code)
    {
        _network.Times(3, request => Creates(request, name), NetworkFaults.Refusal(HttpStatusCode.Conflict, code));

        await Storage().StartAsync(CancellationToken.None);

        Assert.That(_time.Seconds, Is.EqualTo(new[] { 5.0, 5.0, 5.0 }));
        Assert.That(await new TableServiceClient(_connection).QueryAsync().Select(table => table.Name).ToListAsync(), Is.EquivalentTo(StorageLayout.Tables));
    }

    [TestCase("/ReportDays", "TableBeingDeleted", "The table ReportDays is being deleted;")]
    [TestCase("/reports", "ContainerBeingDeleted", "The container reports is being deleted;")]
    [TestCase("/normalize-jobs", "QueueBeingDeleted", "The queue normalize-jobs is being deleted;")]
    public void TheStart_GivesUpAfterAMinute_AndSaysWhat(string name, string code, string sentence)
    {
        _network.Faults = request => Creates(request, name) ? NetworkFaults.Refusal(HttpStatusCode.Conflict, code) : null;

        Assert.That(() => Storage().StartAsync(CancellationToken.None), Throws.InvalidOperationException.With.Message.StartsWith(sentence));
        Assert.That(_time.Seconds.Sum(), Is.EqualTo(60));
    }

    private static bool Creates(StorageRequest request, string name) => request.Method is "PUT" or "POST"
        && (request.Path.EndsWith(name, StringComparison.Ordinal) || System.Text.Encoding.UTF8.GetString(request.Body).Contains($"\"{name[1..]}\"", StringComparison.Ordinal));

    private PrepareStorage Storage() => new(
        new BlobServiceClient(_connection, _network.Options(new BlobClientOptions())),
        new QueueServiceClient(_connection, _network.Options(new QueueClientOptions())),
        new TableServiceClient(_connection, _network.Options(new TableClientOptions())),
        _time);

    /// <summary>Every pause is over at once, and remembered.</summary>
    private sealed class Pauses : TimeProvider
    {
        public List<double> Seconds { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Seconds.Add(dueTime.TotalSeconds);
            return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
