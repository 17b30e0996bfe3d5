using Five9Functions.LocalHost.Simulator;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.Imports;
using Five9Functions.Time;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Five9Functions.Tests.Fairness;

/// <summary>Eight hosts send a report at a byte a second. A healthy integration beside them, whose host pauses for 100 seconds again and again, is not late.</summary>
/// <remarks>Not beside other tests: its clock goes on by steps, and in each the app has to get to its work.</remarks>
[NonParallelizable]
[CancelAfter(240_000)]
public sealed class DrippingHostsTests
{
    private const int Drips = 8;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 20, 0, 0, TimeSpan.Zero));
    private readonly List<Five9Wire> _wires = [];

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var wire in _wires)
        {
            await wire.DisposeAsync();
        }
    }

    [Test]
    public async Task HostsThatDrip_FailAtTheThirdTime_AndDelayNobody()
    {
        await using var app = await FairnessApp.CreateAsync(_time);
        var integrations = new Dictionary<string, (Five9Simulator, IReadOnlyDictionary<string, string>)>();
        for (var i = 0; i < Drips; i++)
        {
            integrations[$"drip-{i}"] = await HostAsync(app, DripAsync, times: 3);
        }

        integrations[Healthy.Id] = await HostAsync(app, PauseAsync, times: 1);
        await app.StartAsync(integrations, Token, ("FirstPoll", "00:00:05"));
        var run = RunId.At(Instant.FromDateTimeOffset(_time.GetUtcNow()));

        await app.TickAsync(Token);
        var healthyAt = await PassUntilAsync(app, async () => await app.SlicesAsync(Healthy.Id, run, Token) is [{ State: SliceState.Done }]);
        await PassUntilAsync(app, async () => (await DripsAsync(app, run)).Count(s => s.Finished) == Drips);

        Assert.That(healthyAt, Is.LessThan(TimeSpan.FromMinutes(15)), "the next tick");
        Assert.That((await app.SlicesAsync(Healthy.Id, run, Token)).Select(s => (s.Read, s.Landed, s.SlowDownloads)), Is.EqualTo(new[] { (ManyRows.Count, ManyRows.Count, 0) }));
        Assert.That(
            (await DripsAsync(app, run)).Select(s => (s.State, s.Error!.Problem, s.SlowDownloads)),
            Is.EqualTo(Enumerable.Repeat((SliceState.Failed, ImportProblem.TooSlow, 3), Drips)));
    }

    private static async Task<IReadOnlyList<ImportSlice>> DripsAsync(FairnessApp app, string run)
    {
        var all = new List<ImportSlice>();
        for (var i = 0; i < Drips; i++)
        {
            all.AddRange(await app.SlicesAsync($"drip-{i}", run, Token));
        }

        return all;
    }

    private async Task<(Five9Simulator, IReadOnlyDictionary<string, string>)> HostAsync(FairnessApp app, WireFault download, int times)
    {
        var five9 = await app.SimulateAsync(new ManyRows(), TimeSpan.Zero, Token);
        var wire = new Five9Wire(five9.BaseAddress);
        _wires.Add(wire);
        wire.Next("getReportResultCsv", download, times);
        return (five9, new Dictionary<string, string> { ["Region"] = wire.Address.AbsoluteUri });
    }

    /// <summary>A row or so, and then a byte a second for as long as the caller listens.</summary>
    private async Task DripAsync(WireCall call, CancellationToken cancellationToken)
    {
        var (_, body) = await call.TrueAnswerAsync();
        await call.BeginAsync(body[..2000], cancellationToken);
        var gone = call.Socket.ReceiveAsync(new byte[1], cancellationToken).AsTask();
        while (true)
        {
            await Task.WhenAny(gone, Task.Delay(TimeSpan.FromSeconds(1), _time, cancellationToken));
            if (gone.IsCompleted)
            {
                return;
            }

            await call.ChunkAsync("\n", cancellationToken);
        }
    }

    /// <summary>The whole answer, in four parts with 100 seconds between them.</summary>
    private async Task PauseAsync(WireCall call, CancellationToken cancellationToken)
    {
        var (_, body) = await call.TrueAnswerAsync();
        var parts = body.Chunk((body.Length / 4) + 1).Select(part => new string(part)).ToArray();
        Assert.That(parts, Has.Length.EqualTo(4).And.All.Length.GreaterThan(64 * 1024));
        await call.BeginAsync(parts[0], cancellationToken);
        foreach (var part in parts.Skip(1))
        {
            await Task.Delay(TimeSpan.FromSeconds(100), _time, cancellationToken);
            await call.ChunkAsync(part, cancellationToken);
        }

        await call.SendAsync("0\r\n\r\n", cancellationToken);
    }

    /// <summary>Lets time pass in steps that leave leases time to be renewed, and messages time to be worked on.</summary>
    /// <returns>How long it took since the start.</returns>
    private async Task<TimeSpan> PassUntilAsync(FairnessApp app, Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            Assert.That(_time.GetUtcNow() - _time.Start, Is.LessThan(TimeSpan.FromHours(1)), () => $"Nothing ends: {string.Join(Environment.NewLine, app.Log.Lines)}");
            Token.ThrowIfCancellationRequested();
            _time.Advance(Step);
            await app.ReleaseAsync(Token);
            await SettledAsync(app);
        }

        return _time.GetUtcNow() - _time.Start;
    }

    private async Task SettledAsync(FairnessApp app)
    {
        // A lease of a minute is renewed when 40 seconds are left, or some later: the row can show a renewal before the lease has begun to wait for the next one.
        for (var looks = 0; looks < 200; looks++)
        {
            var now = _time.GetUtcNow();
            var leases = new List<DateTimeOffset>();
            await foreach (var row in app.Table("Five9Users").QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Token))
            {
                if (row.GetDateTimeOffset("LeaseUntil") is { } until)
                {
                    leases.Add(until);
                }
            }

            if (leases.TrueForAll(until => until - now >= TimeSpan.FromSeconds(25)) && !await app.AnyVisibleAsync("agent-state-reports", Token))
            {
                return;
            }
        }
    }

    /// <summary>Enough that a quarter of them is over 64 KiB. They last no time, so that they cost no timelines.</summary>
    private sealed class ManyRows : IReportSource
    {
        public const int Count = 1_500;

        private static readonly string Reason = new('r', 180);

        public ReadOnlyMemory<byte> Header => "AGENT,DATE,TIME,STATE,AGENT STATE TIME,REASON CODE"u8.ToArray();

        public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf) => Enumerable.Range(0, Count)
            .Select(i => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes($"agent {i},2026/11/02,{(i / 60) % 11:00}:{i % 60:00}:00,Ready,00:00:00,{Reason}"));
    }
}
