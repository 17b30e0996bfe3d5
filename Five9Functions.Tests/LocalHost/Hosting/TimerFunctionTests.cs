using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.LocalHost.Hosting;

[CancelAfter(240_000)]
public sealed class TimerFunctionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task Timer_FiresAtTheInstantsOfItsSchedule(CancellationToken cancellationToken)
    {
        await using var bench = HostBench.WithoutStorage<EveryQuarter>(_time);

        await bench.Host.StartAsync(cancellationToken);
        _time.Advance(TimeSpan.FromSeconds(29));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo("12:00:30 pastDue=False last=00:00:00 next=12:15:30"));
        await bench.NextFinishedAsync(cancellationToken);
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo("12:15:30 pastDue=False last=12:00:30 next=12:30:30"));
        await bench.NextFinishedAsync(cancellationToken);
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo("12:30:30 pastDue=False last=12:15:30 next=12:45:30"));
    }

    [Test]
    public async Task MissedInstants_AreMadeUpForOnce(CancellationToken cancellationToken)
    {
        await using var bench = HostBench.WithoutStorage<EveryQuarter>(_time);

        await bench.Host.StartAsync(cancellationToken);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Does.StartWith("13:00:00 pastDue=True"));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Does.StartWith("13:00:30 pastDue=False"));
        await bench.Host.StopAsync(cancellationToken);

        Assert.That(bench.Probe.Calls, Is.Zero);
    }

    [Test]
    public async Task LongRun_IsNotJoinedByTheNext(CancellationToken cancellationToken)
    {
        await using var bench = HostBench.WithoutStorage<GatedTimer>(_time);

        await bench.Host.StartAsync(cancellationToken);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo("12:01:00 pastDue=False"));
        _time.Advance(TimeSpan.FromSeconds(70));
        var asked = bench.Host.RunTimerAsync("slow", cancellationToken);
        var idle = bench.Host.WhenIdleAsync(cancellationToken);
        Assert.That(idle.IsCompleted, Is.False);
        bench.Probe.Gate.Release(3);
        await asked;
        await idle;
        await bench.NextFinishedAsync(cancellationToken);
        await bench.NextFinishedAsync(cancellationToken);
        await bench.NextFinishedAsync(cancellationToken);

        Assert.That(bench.Probe.MostAtOnce, Is.EqualTo(1));
    }

    [Test]
    public async Task Schedule_ComesFromASetting_AndRunOnStartupRunsAtOnce(CancellationToken cancellationToken)
    {
        await using var bench = HostBench.WithoutStorage<ScheduleFromSetting>(_time, ("Imports:Schedule", "0 30 12 * * *"));

        await bench.Host.StartAsync(cancellationToken);
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo("12:00:00 status=False"));
        await bench.NextFinishedAsync(cancellationToken);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.That(await bench.Probe.NextAsync(cancellationToken), Is.EqualTo("12:30:00 status=False"));
    }

    [Test]
    public async Task RunTimer_RunsNow_WithoutAStart(CancellationToken cancellationToken)
    {
        await using var bench = HostBench.WithoutStorage<EveryQuarter>(_time);

        await bench.Host.RunTimerAsync("Quarter", cancellationToken);

        Assert.That(await bench.Probe.NextAsync(cancellationToken), Does.StartWith("12:00:00 pastDue=False"));
    }

    [Test]
    public async Task RunTimer_WhoseFunctionFails_Throws(CancellationToken cancellationToken)
    {
        await using var bench = HostBench.WithoutStorage<FailingTimer>(_time);

        Assert.That(async () => await bench.Host.RunTimerAsync("FailingTimer", cancellationToken), Throws.InvalidOperationException.With.Message.EqualTo("pastDue=False"));
        Assert.That((await bench.NextFinishedAsync(cancellationToken)).Error!.Message, Is.EqualTo("pastDue=False"));
    }

    [Test]
    public async Task RunTimer_OfAnotherName_SaysWhichThereAre(CancellationToken cancellationToken)
    {
        await using var bench = HostBench.WithoutStorage<EveryQuarter>(_time);

        Assert.That(async () => await bench.Host.RunTimerAsync("Hourly", cancellationToken), Throws.ArgumentException.With.Message.StartsWith("There is no timer function 'Hourly'; there are: Quarter."));
    }
}
