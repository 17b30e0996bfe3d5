using Azure.Data.Tables;
using Five9Functions.Tests.Imports;
using Five9Functions.Tests.Support;
using Five9Functions.Users;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Users;

public sealed class UserLeaseTests : ImportFixture
{
    private readonly BrokenStorage _broken = new();
    private string _key = "";

    [SetUp]
    public async Task EnsureAsync() => _key = await Get<Five9UserTable>().EnsureAsync(Acme, CancellationToken.None);

    [Test]
    public async Task TryLease_WhileSomebodyHasIt_IsRefused()
    {
        await using var lease = await TakeAsync();

        Assert.That(lease, Is.Not.Null);
        Assert.That(await TakeAsync(), Is.Null);
    }

    [Test]
    public async Task TryLease_ByManyAtOnce_IsGivenToOne()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TakeAsync()));

        Assert.That(leases.Count(l => l is not null), Is.EqualTo(1));
        await leases.OfType<UserLease>().Single().DisposeAsync();
    }

    [Test]
    public async Task TryLease_AfterItsRelease_IsGiven()
    {
        await (await TakeAsync())!.DisposeAsync();

        var user = await Bench.UserAsync();
        Assert.That((user.LeaseOwner, user.LeaseUntil), Is.EqualTo(("", (Instant?)null)));
        await using var lease = await TakeAsync();
        Assert.That(lease, Is.Not.Null);
    }

    [Test]
    public async Task TryLease_OfAHolderThatDied_IsGivenAfterAMinute()
    {
        await using var dead = await TakeAsync(); // its clock stands still, so it does not renew

        Assert.That(await OtherInstance("20:00:59.999").TryLeaseAsync(_key, CancellationToken.None), Is.Null);
        await using var lease = await OtherInstance("20:01:00").TryLeaseAsync(_key, CancellationToken.None);
        Assert.That(lease, Is.Not.Null);
    }

    [Test]
    public async Task ALeaseThatIsHeld_IsRenewed()
    {
        var time = new TimeWithTimers(At("2026-11-02T20:00:00Z").ToDateTimeOffset());
        var users = new Five9UserTable(Get<TableServiceClient>(), Unheard.Metrics, time);
        await using var lease = await users.TryLeaseAsync(_key, CancellationToken.None);
        Assert.That((await Bench.UserAsync()).LeaseUntil, Is.EqualTo(At("2026-11-02T20:01:00Z")));

        foreach (var until in new[] { "2026-11-02T20:01:20Z", "2026-11-02T20:01:40Z", "2026-11-02T20:02:00Z", "2026-11-02T20:02:20Z" })
        {
            // Only when it waits for the next renewal again is the last one over.
            var timers = time.Timers;
            time.Advance(TimeSpan.FromSeconds(20));
            await UntilAsync(() => Task.FromResult(time.Timers > timers));
            Assert.That((await Bench.UserAsync()).LeaseUntil, Is.EqualTo(At(until)));
        }

        Assert.That(lease!.Lost.IsCancellationRequested, Is.False);
        Assert.That(await users.TryLeaseAsync(_key, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task ALeaseThatSomebodyElseTook_IsLost_AndStaysTheirs()
    {
        var lease = (await TakeAsync())!;
        await using var theirs = await OtherInstance("20:01:00").TryLeaseAsync(_key, CancellationToken.None);
        var owner = (await Bench.UserAsync()).LeaseOwner;

        Bench.Time.Advance(TimeSpan.FromSeconds(20));
        await LostAsync(lease);
        await lease.DisposeAsync();

        Assert.That((await Bench.UserAsync()).LeaseOwner, Is.EqualTo(owner));
    }

    [Test]
    public async Task ALeaseThatCannotBeRenewed_IsLost()
    {
        var lease = (await new Five9UserTable(BrokenStorage.Tables(Bench.Storage, _broken), Unheard.Metrics, Bench.Time).TryLeaseAsync(_key, CancellationToken.None))!;

        _broken.Fails = true;
        Bench.Time.Advance(TimeSpan.FromSeconds(20));
        await LostAsync(lease);

        Assert.That(async () => await lease.DisposeAsync(), Throws.Nothing, "why the step ended must be seen");
    }

    [Test]
    public async Task ALeaseWhoseRenewalIsNotAnswered_IsLostWhenItEnds()
    {
        var lease = (await new Five9UserTable(BrokenStorage.Tables(Bench.Storage, _broken), Unheard.Metrics, Bench.Time).TryLeaseAsync(_key, CancellationToken.None))!;

        _broken.Hangs = true;
        Bench.Time.Advance(TimeSpan.FromSeconds(20));
        Bench.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.That(lease.Lost.IsCancellationRequested, Is.False);
        Bench.Time.Advance(TimeSpan.FromSeconds(1));
        await LostAsync(lease);

        _broken.Hangs = false;
        await lease.DisposeAsync();
    }

    [Test]
    public async Task Learn_IsWrittenWhileTheLeaseIsHeld()
    {
        await using (var lease = await TakeAsync())
        {
            await lease!.RecordAsync(user => user.WithRejected("five9-acme", "v1", "locked"), CancellationToken.None);
            Assert.That((await Bench.UserAsync()).LeaseOwner, Is.Not.Empty);
        }

        Assert.That((await Bench.UserAsync()).MarkOf("five9-acme")!.Reason, Is.EqualTo("locked"));
    }

    [Test]
    public async Task Announce_WhileTheLeaseIsSomebodyElses_ChangesNothing_AndEndsTheTurn()
    {
        await using var lease = await TakeAsync();
        await Get<Five9UserTable>().UpdateAsync(_key, user => user with { LeaseOwner = "another" }, CancellationToken.None);

        Assert.That(() => lease!.RecordBeforeCallAsync(user => user.WithTry("five9-acme", "v1"), CancellationToken.None), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(lease!.Lost.IsCancellationRequested, Is.True);
        Assert.That((await Bench.UserAsync()).Versions, Is.Empty);
    }

    private static async Task LostAsync(UserLease lease)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = lease.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<UserLease?> TakeAsync() => Get<Five9UserTable>().TryLeaseAsync(_key, CancellationToken.None);

    private Five9UserTable OtherInstance(string time) =>
        new(Get<TableServiceClient>(), Unheard.Metrics, new FakeTimeProvider(At($"2026-11-02T{time}Z").ToDateTimeOffset()));

    private sealed class TimeWithTimers(DateTimeOffset now) : FakeTimeProvider(now)
    {
        private int _timers;

        /// <summary>How many were started until now.</summary>
        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
