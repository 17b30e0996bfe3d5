using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.LocalHost.Hosting;

[CancelAfter(240_000)]
public sealed class FunctionsHostTests
{
    // {"id":"a1","size":3}
    private const string Text = "eyJpZCI6ImExIiwic2l6ZSI6M30=";

    [Test]
    public async Task AtMostBatchAndThreshold_RunAtOnce(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<GatedQueue>(HostBench.Quick with { BatchSize = 2, NewBatchThreshold = 1 });
        for (var i = 0; i < 6; i++)
        {
            await bench.Queue.SendMessageAsync(Text, cancellationToken);
        }

        await bench.Host.StartAsync(cancellationToken);
        await CallsAsync(bench, 2, cancellationToken);
        await StillVisibleAsync(bench, 4, cancellationToken);
        bench.Probe.Gate.Release(1); // one is left: a batch of two joins it
        await CallsAsync(bench, 2, cancellationToken);
        await StillVisibleAsync(bench, 2, cancellationToken);
        bench.Probe.Gate.Release(5);
        await bench.Host.WhenIdleAsync(cancellationToken);

        Assert.That(bench.Probe.Calls, Is.EqualTo(2));
        Assert.That(bench.Probe.MostAtOnce, Is.EqualTo(3));
    }

    [Test]
    public async Task SlowFunction_KeepsItsMessageHidden_AndDeletesItWithTheNewReceipt(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        await using var bench = await HostBench.OnStorageAsync<GatedQueue>(HostBench.Quick with { MessageInvisibility = TimeSpan.FromMinutes(10), QueueTime = time });
        await bench.Queue.SendMessageAsync(Text, cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        await CallsAsync(bench, 1, cancellationToken);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await bench.Requests.NextHiddenAsync(cancellationToken), Is.EqualTo("visibilitytimeout=600 204"));
        bench.Probe.Gate.Release();

        Assert.That((await bench.NextFinishedAsync(cancellationToken)).Error, Is.Null);
        Assert.That(await bench.CountAsync(cancellationToken), Is.Zero);
    }

    [Test]
    public async Task WhenIdle_WaitsForRunningFunctionsAndDelayedMessages(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<GatedQueue>(HostBench.Quick);
        await bench.Queue.SendMessageAsync(Text, cancellationToken);
        await bench.Queue.SendMessageAsync(Text, visibilityTimeout: TimeSpan.FromSeconds(1), cancellationToken: cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        var idle = bench.Host.WhenIdleAsync(cancellationToken);
        await CallsAsync(bench, 1, cancellationToken);
        Assert.That(idle.IsCompleted, Is.False);
        bench.Probe.Gate.Release();
        await bench.NextFinishedAsync(cancellationToken);
        bench.Probe.Gate.Release();
        await idle;

        Assert.That(bench.Probe.Calls, Is.EqualTo(1));
        Assert.That(await bench.CountAsync(cancellationToken), Is.Zero);
    }

    [Test]
    public async Task Stop_LetsARunningFunctionEnd(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<GatedQueue>(HostBench.Quick with { StopTimeout = TimeSpan.FromMinutes(1) });
        await bench.Queue.SendMessageAsync(Text, cancellationToken);
        await bench.Host.StartAsync(cancellationToken);
        await CallsAsync(bench, 1, cancellationToken);

        var stopped = bench.Host.StopAsync(cancellationToken);
        Assert.That(stopped.IsCompleted, Is.False);
        bench.Probe.Gate.Release();
        await stopped;

        Assert.That((await bench.NextFinishedAsync(cancellationToken)).Error, Is.Null);
        Assert.That(await bench.CountAsync(cancellationToken), Is.Zero);
    }

    [Test]
    public async Task Stop_CancelsAFunctionThatTakesTooLong_AndItsMessageComesBack(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<GatedQueue>(HostBench.Quick with { StopTimeout = TimeSpan.FromMilliseconds(20) });
        await bench.Queue.SendMessageAsync(Text, cancellationToken);
        await bench.Host.StartAsync(cancellationToken);
        await CallsAsync(bench, 1, cancellationToken);

        await bench.Host.StopAsync(cancellationToken);

        Assert.That((await bench.NextFinishedAsync(cancellationToken)).Error, Is.InstanceOf<OperationCanceledException>());
        Assert.That(await bench.Requests.NextHiddenAsync(cancellationToken), Is.EqualTo("visibilitytimeout=0 204"));
        Assert.That(await bench.CountAsync(cancellationToken), Is.EqualTo(1));
    }

    [Test]
    public async Task Start_CreatesTheQueue(CancellationToken cancellationToken)
    {
        await using var bench = await HostBench.OnStorageAsync<RecordingQueue>(HostBench.Quick);
        await bench.Queue.DeleteAsync(cancellationToken);

        await bench.Host.StartAsync(cancellationToken);
        await bench.Queue.SendMessageAsync(Text, cancellationToken);

        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo("a1 3 delivery 1"));
    }

    /// <summary>Looks several times: a host that takes too many needs a moment to do so.</summary>
    private static async Task StillVisibleAsync(HostBench bench, int count, CancellationToken cancellationToken)
    {
        for (var look = 0; look < 10; look++)
        {
            PeekedMessage[] visible = await bench.Queue.PeekMessagesAsync(32, cancellationToken);
            Assert.That(visible, Has.Length.EqualTo(count));
        }
    }

    private static async Task CallsAsync(HostBench bench, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            await bench.Probe.NextAsync(cancellationToken);
        }
    }
}
