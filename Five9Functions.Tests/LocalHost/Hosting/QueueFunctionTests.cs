using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues.Models;

namespace Five9Functions.Tests.LocalHost.Hosting;

[CancelAfter(240_000)]
public sealed class QueueFunctionTests
{
    // {"id":"a1","size":3}
    private const string Text = "eyJpZCI6ImExIiwic2l6ZSI6M30=";

    [Test]
    public async Task Success_DeletesTheMessage(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<RecordingQueue>(HostBench.Quick);
        await bench.Queue.SendMessageAsync(Text, cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        var finished = await bench.NextFinishedAsync(cancellationToken);

        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo("a1 3 delivery 1"));
        Assert.That((finished.Function, finished.Error, finished.DequeueCount), Is.EqualTo(("Record", (Exception?)null, 1L)));
        Assert.That(await bench.CountAsync(cancellationToken), Is.Zero);
        Assert.That((await bench.Poison.ExistsAsync(cancellationToken)).Value, Is.False);
    }

    [Test]
    public async Task Metadata_BindsByName(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<MetadataQueue>(HostBench.Quick);
        SendReceipt sent = await bench.Queue.SendMessageAsync(Text, cancellationToken);

        await bench.Host.StartAsync(cancellationToken);

        var inserted = sent.InsertionTime.ToString("O", CultureInfo.InvariantCulture);
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo($"a1|{sent.MessageId}|{inserted}|1|True"));
    }

    [Test]
    public async Task Failure_IsDeliveredUntilTheLimit_ThenPoisonWithTheTextAsSent(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<FailingQueue>(HostBench.Quick with { MaxDequeueCount = 3 });
        await bench.Queue.SendMessageAsync(Text, cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        await bench.Host.WhenIdleAsync(cancellationToken);

        Assert.That((bench.Probe.Calls, bench.Finished), Is.EqualTo((3, 3)));
        foreach (var delivery in new[] { 1L, 2L, 3L })
        {
            var finished = await bench.NextFinishedAsync(cancellationToken);
            Assert.That((finished.Error!.Message, finished.DequeueCount), Is.EqualTo(("no room for 3", delivery)));
            Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo($"a1 delivery {delivery}"));
        }

        Assert.That(await PoisonTextsAsync(bench, cancellationToken), Is.EqualTo(new[] { Text }));
    }

    [Test]
    public async Task Failure_StaysHiddenForTheRetryDelay(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<FailingQueue>(HostBench.Quick with { RetryDelay = TimeSpan.FromSeconds(30) });
        await bench.Queue.SendMessageAsync(Text, cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        await bench.NextFinishedAsync(cancellationToken);

        Assert.That(await bench.Requests.NextHiddenAsync(cancellationToken), Is.EqualTo("visibilitytimeout=30 204"));
        QueueMessage[] visible = await bench.Queue.ReceiveMessagesAsync(cancellationToken);
        Assert.That(visible, Is.Empty);
        Assert.That(await bench.CountAsync(cancellationToken), Is.EqualTo(1));
    }

    [Test]
    public async Task NoJson_FailsEachDelivery_ThenPoison(CancellationToken cancellationToken)
    {
        const string notJson = "bm90IGpzb24=";
        await using var bench = await HostBench.OnStorageAsync<RecordingQueue>(HostBench.Quick with { MaxDequeueCount = 2 });
        await bench.Queue.SendMessageAsync(notJson, cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        await bench.Host.WhenIdleAsync(cancellationToken);

        Assert.That(bench.Finished, Is.EqualTo(2));
        Assert.That((await bench.NextFinishedAsync(cancellationToken)).Error, Is.InstanceOf<JsonException>());
        Assert.That((await bench.NextFinishedAsync(cancellationToken)).DequeueCount, Is.EqualTo(2));
        Assert.That(bench.Probe.Calls, Is.Zero);
        Assert.That(await PoisonTextsAsync(bench, cancellationToken), Is.EqualTo(new[] { notJson }));
    }

    [TestCase("bnVsbA==", TestName = "JsonNull_IsNoMessage")]
    [TestCase("{ plain text }", TestName = "NoBase64_GoesToPoisonAsItIs")]
    public async Task Unusable(string text, CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<RecordingQueue>(HostBench.Quick with { MaxDequeueCount = 1 });
        await bench.Queue.SendMessageAsync(text, cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        await bench.Host.WhenIdleAsync(cancellationToken);

        Assert.That(bench.Probe.Calls, Is.Zero);
        Assert.That(await PoisonTextsAsync(bench, cancellationToken), Is.EqualTo(new[] { text }));
    }

    [Test]
    public async Task MessageThatOthersTookTooOften_GoesToPoisonUncalled(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<RecordingQueue>(HostBench.Quick with { MaxDequeueCount = 1 });
        await bench.Queue.SendMessageAsync(Text, cancellationToken);
        QueueMessage taken = await bench.Queue.ReceiveMessageAsync(cancellationToken: cancellationToken);
        await bench.Queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        var finished = await bench.NextFinishedAsync(cancellationToken);

        Assert.That(finished.Error!.Message, Does.EndWith("was taken 2 times and never settled."));
        Assert.That(bench.Probe.Calls, Is.Zero);
        Assert.That(await PoisonTextsAsync(bench, cancellationToken), Is.EqualTo(new[] { Text }));
    }

    private static async Task<IEnumerable<string>> PoisonTextsAsync(HostBench bench, CancellationToken cancellationToken)
    {
        Assert.That(await bench.CountAsync(cancellationToken), Is.Zero);
        QueueMessage[] messages = await bench.Poison.ReceiveMessagesAsync(maxMessages: 32, cancellationToken: cancellationToken);
        return messages.Select(message => message.MessageText);
    }
}
