using Azure.Storage.Queues;
using Five9Functions.LocalHost.Hosting;

namespace Five9Functions.Tests.LocalHost.Hosting;

/// <summary>A host that is told what is sent, and looks into its queues by itself so seldom that no test would see the end of it.</summary>
[CancelAfter(240_000)]
public sealed class SentMessagesTests
{
    // {"id":"a1","size":3}
    private const string Text = "eyJpZCI6ImExIiwic2l6ZSI6M30=";

    [Test]
    public async Task WhatIsSent_IsTakenWithoutAPoll(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<RecordingQueue>(Told());
        await bench.Host.StartAsync(cancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await bench.Queue.SendMessageAsync(Text, cancellationToken);
            await bench.NextFinishedAsync(cancellationToken);
        }

        Assert.That(bench.Probe.Calls, Is.EqualTo(3));
    }

    [Test]
    public async Task WhatIsSentHidden_IsTakenWhenItShows(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<RecordingQueue>(Told());
        await bench.Host.StartAsync(cancellationToken);
        await bench.Queue.SendMessageAsync(Text, cancellationToken);
        await bench.NextFinishedAsync(cancellationToken);

        await bench.Queue.SendMessageAsync(Text, visibilityTimeout: TimeSpan.FromSeconds(1), cancellationToken: cancellationToken);
        await bench.NextFinishedAsync(cancellationToken);

        Assert.That(bench.Probe.Calls, Is.EqualTo(2));
    }

    [Test]
    public async Task WhatFailed_IsTakenAgainAfterTheRetryDelay(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<FailingQueue>(Told() with { RetryDelay = TimeSpan.FromSeconds(1), MaxDequeueCount = 2 });
        await bench.Host.StartAsync(cancellationToken);
        await bench.Queue.SendMessageAsync(Text, cancellationToken);
        await bench.Host.WhenIdleAsync(cancellationToken);

        Assert.That(bench.Probe.Calls, Is.EqualTo(2));
        Assert.That((await bench.Poison.PeekMessagesAsync(cancellationToken: cancellationToken)).Value, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task WhatOthersSend_IsFoundByAPoll(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<RecordingQueue>(HostBench.Quick with { Sent = new SentMessages() });
        await bench.Host.StartAsync(cancellationToken);
        await new QueueClient(await TestStorage.ConnectionStringAsync(), bench.Queue.Name).SendMessageAsync(Text, cancellationToken);

        Assert.That((await bench.NextFinishedAsync(cancellationToken)).Error, Is.Null);
    }

    private static FunctionsHostOptions Told() => HostBench.Quick with { Sent = new SentMessages(), MaximumPoll = TimeSpan.FromHours(1) };
}
