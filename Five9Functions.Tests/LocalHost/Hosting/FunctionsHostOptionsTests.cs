using Azure.Storage.Queues;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Hosting;

namespace Five9Functions.Tests.LocalHost.Hosting;

public sealed class FunctionsHostOptionsTests
{
    [Test]
    public void FromHostJson_OfTheApp_ReadsItsQueueSettings()
    {
        var options = FunctionsHostOptions.FromHostJson(Path.Combine(AppContext.BaseDirectory, "host.json"));

        Assert.That((options.BatchSize, options.NewBatchThreshold, options.MaxDequeueCount), Is.EqualTo((4, 2, 5)));
        Assert.That((options.RetryDelay, options.MessageEncoding), Is.EqualTo((TimeSpan.FromSeconds(30), QueueMessageEncoding.Base64)));
        Assert.That(options.MessageInvisibility, Is.EqualTo(TimeSpan.FromMinutes(10)));
        Assert.That((options.MinimumPoll, options.MaximumPoll), Is.EqualTo((TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2))));
    }

    [Test]
    public void Quick_KeepsTheLongestPauseOfTheFile()
    {
        var options = LocalSettings.Quick(Read("""{ "extensions": { "queues": { "maxPollingInterval": "00:00:07" } } }"""));

        Assert.That(options.MaximumPoll, Is.EqualTo(TimeSpan.FromSeconds(7)));
    }

    [Test]
    public void FromHostJson_WithoutQueues_HasTheFunctionsHostsDefaults()
    {
        var options = Read("""{ "version": "2.0" }""");

        Assert.That((options.BatchSize, options.RunningBeforeNextBatch, options.MaxDequeueCount), Is.EqualTo((16, 8, 5)));
        Assert.That((options.RetryDelay, options.MessageEncoding), Is.EqualTo((TimeSpan.Zero, QueueMessageEncoding.Base64)));
        Assert.That((options.MinimumPoll, options.MaximumPoll), Is.EqualTo((TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1))));
    }

    [TestCase("00:00:00.099", "00:00:00.0990000")]
    [TestCase("00:00:00", "00:00:00")]
    [TestCase("-00:00:02", "-00:00:02")]
    public void FromHostJson_PollsMoreOftenThanTheHostAllows_IsRefused(string interval, string named) =>
        Assert.That(
            () => Read($$$"""{ "extensions": { "queues": { "maxPollingInterval": "{{{interval}}}" } } }"""),
            Throws.InvalidOperationException.With.Message.EqualTo($"host.json: extensions.queues.maxPollingInterval is {named}; it must be at least 00:00:00.1000000."));

    [Test]
    public void FromHostJson_OutOfRange_NamesTheKey() =>
        Assert.That(
            () => Read("""{ "extensions": { "queues": { "batchSize": 33 } } }"""),
            Throws.InvalidOperationException.With.Message.EqualTo("host.json: extensions.queues.batchSize is 33; it must be from 1 to 32."));

    [Test]
    public void FromHostJson_OfAnotherKind_NamesTheKey() =>
        Assert.That(
            () => Read("""{ "extensions": { "queues": { "visibilityTimeout": "soon" } } }"""),
            Throws.InvalidOperationException.With.Message.Contains("extensions:queues:visibilityTimeout"));

    private static FunctionsHostOptions Read(string json)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            return FunctionsHostOptions.FromHostJson(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
