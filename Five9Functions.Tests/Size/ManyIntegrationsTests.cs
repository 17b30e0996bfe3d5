using System.Diagnostics;
using System.Globalization;
using Five9Functions.Imports;
using Five9Functions.Problems;
using Five9Functions.Tests.Imports;

namespace Five9Functions.Tests.Size;

/// <summary>The tick over ten thousand integrations.</summary>
public sealed class ManyIntegrationsTests
{
    private const int Centres = 10_000;

    /// <summary>64 MiB, hexadecimal. A process that holds more ends with an error.</summary>
    private const string HeapLimit = "4000000";

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task OneTick_SchedulesAll_SpreadOverTheInterval_AndTheNextNothingTwice_InBoundedMemory()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "tick", Centres.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync(Token);
        await child.WaitForExitAsync(Token);
        Assert.That(child.ExitCode, Is.Zero);
        await TestContext.Out.WriteLineAsync(said);
        int[][] numbers = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray())];

        Assert.That(numbers[0][1..], Is.EqualTo(new[] { Centres, 499, 20 }), "jobs, the last one's delay, the most in a second");
        Assert.That(numbers[1][1..], Is.EqualTo(new[] { 0, 0, 0 }));
        Assert.That(numbers[2], Is.EqualTo(new[] { Centres, Centres }), "one run of each");
        Assert.That(numbers[0][0], Is.LessThanOrEqualTo(5 * Centres), "requests");
        Assert.That(numbers[1][0], Is.LessThanOrEqualTo(3 * Centres), "requests");
    }

    [TestCase(10, 20, 0, 10)]
    [TestCase(1_000, 20, 49, 20)]
    [TestCase(10_000, 20, 499, 20)]
    [TestCase(20_000, 20, 599, 40, Description = "two thirds of the quarter of an hour, so that each is done before the next tick")]
    public void ImportsOfATick_AreSpread(int integrations, int jobsPerSecond, int last, int mostInASecond)
    {
        var seconds = Enumerable.Range(0, integrations).Select(place => (int)JobStagger.Delay(ImportData.Acme, place, jobsPerSecond).TotalSeconds).ToList();

        Assert.That(seconds.Max(), Is.EqualTo(last));
        Assert.That(seconds.GroupBy(s => s).Max(s => s.Count()), Is.EqualTo(mostInASecond));
    }

    [Test]
    public async Task TenThousand_AreNeverInMemoryTogether_NorAreTheirFailures()
    {
        var (pulled, done, most) = (0, 0, 0);
        var attempts = new FailureCollector(Token);

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
