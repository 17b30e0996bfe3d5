using Five9Functions.Imports;
using Five9Functions.Tests.Imports;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>
/// The tick over many integrations. On the emulator with 120, because each costs it requests; what 10,000 take is measured by
/// <see cref="TickSize"/>, and what does not depend on storage is tested here with 10,000.
/// </summary>
public sealed class ManyIntegrationsTests
{
    private const int Centres = 120;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task OneTick_SchedulesAll_SpreadOverTheInterval_AndTheNextNothingTwice()
    {
        await using var many = await ManyIntegrations.CreateAsync(await TestStorage.NewAccountAsync(), "2026-11-02T20:05:00Z", Centres, jobsPerSecond: 1, Token);

        await many.TickAsync(Token);
        var first = many.Take();
        many.Clock.Advance(Duration.FromMinutes(14)); // the next slot; nothing of the first tick is done
        await many.TickAsync(Token);
        var second = many.Take();

        Assert.That(first.JobsAfter.Order(), Is.EqualTo(Enumerable.Range(0, Centres)), "one a second");
        Assert.That(second.JobsAfter, Is.Empty);
        Assert.That(await many.RunsAsync(119, Token).Select(run => run.RequestedAt).ToListAsync(Token), Is.EqualTo(new[] { Instant.FromUtc(2026, 11, 2, 20, 6, 59) }), "it reads up to when it begins");
        Assert.That(first.Requests / Centres, Is.LessThanOrEqualTo(18), "requests of each integration");
        Assert.That(second.Requests / Centres, Is.LessThanOrEqualTo(18), "requests of each integration");
    }

    [TestCase(10, 20, 0, 10)]
    [TestCase(1_000, 20, 49, 20)]
    [TestCase(10_000, 20, 499, 20)]
    [TestCase(20_000, 20, 599, 40, Description = "two thirds of the quarter of an hour, so that each is done before the next tick")]
    public void ImportsOfATick_AreSpread(int integrations, int jobsPerSecond, int last, int mostInASecond)
    {
        var seconds = Enumerable.Range(0, integrations).Select(place => (int)SpreadJobs.Delay(ImportData.Acme, place, jobsPerSecond).TotalSeconds).ToList();

        Assert.That(seconds.Max(), Is.EqualTo(last));
        Assert.That(seconds.GroupBy(s => s).Max(s => s.Count()), Is.EqualTo(mostInASecond));
    }

    [Test]
    public async Task TenThousand_AreNeverInMemoryTogether_NorAreTheirFailures()
    {
        var (pulled, done, most) = (0, 0, 0);
        var attempts = new Attempts(Token);

        await attempts.EachAsync(All(), 16, n => $"centre {n}", async n =>
        {
            InterlockedMax(Volatile.Read(ref pulled) - Volatile.Read(ref done));
            await Task.Yield();
            Interlocked.Increment(ref done);
            throw new InvalidOperationException("nothing works");
        });

        Assert.That(done, Is.EqualTo(10_000));
        Assert.That(most, Is.InRange(1, 17), "at work, and the one that is being pulled");
        var failure = Assert.Throws<AggregateException>(() => attempts.ThrowIfAnyFailed("Some failed."));
        Assert.That((failure!.InnerExceptions.Count, failure.Message[..30]), Is.EqualTo((100, "Some failed. 9900 more failed.")));

        void InterlockedMax(int value)
        {
            for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            {
                Interlocked.CompareExchange(ref most, value, seen);
            }
        }

        async IAsyncEnumerable<int> All()
        {
            for (var n = 0; n < 10_000; n++)
            {
                Interlocked.Increment(ref pulled);
                yield return n;
                await Task.CompletedTask;
            }
        }
    }
}
