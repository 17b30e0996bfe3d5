using System.Diagnostics;
using System.Globalization;
using Five9Functions.LocalHost.Azurite;

namespace Five9Functions.Tests.Size;

/// <summary>The benchmark of the tick: what scheduling more integrations takes. docs/operations.md says how to run it, and what it came to.</summary>
internal static class TickSize
{
    public static async Task<int> MeasureAsync(int[] counts)
    {
        foreach (var count in counts)
        {
            await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions());
            await using var many = await ManyIntegrations.CreateAsync(azurite.ConnectionString, "2026-11-02T20:05:00Z", count, jobsPerSecond: 20, CancellationToken.None);
            await TellAsync("first tick", count, many);
            many.Clock.Advance(NodaTime.Duration.FromMinutes(14));
            await TellAsync("second tick, nothing worked off", count, many);
        }

        return 0;
    }

    /// <summary>Of two ticks, a line each: requests to storage, import jobs, the last of their delays in seconds, and the most jobs with one delay. Then runs, and how many integrations have any.</summary>
    public static async Task<int> TickTwiceAsync(int count)
    {
        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions());
        await using var many = await ManyIntegrations.CreateAsync(azurite.ConnectionString, "2026-11-02T20:05:00Z", count, jobsPerSecond: 20, CancellationToken.None);
        for (var tick = 0; tick < 2; tick++)
        {
            await many.TickAsync(CancellationToken.None);
            var (requests, jobs, _) = many.Take();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{requests} {jobs.Count} {jobs.DefaultIfEmpty().Max()} {MostAtOnce(jobs)}"));
            many.Clock.Advance(NodaTime.Duration.FromMinutes(14)); // the next slot; nothing of the first tick is done
        }

        var runs = await many.RunsAsync(CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs.Count} {runs.Distinct().Count()}"));
        return 0;
    }

    private static async Task TellAsync(string what, int count, ManyIntegrations many)
    {
        var (clock, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await many.TickAsync(CancellationToken.None);
        var (requests, jobs, bytes) = many.Take();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} integrations, {what}: {requests} requests ({(double)requests / count:0.0} each), {jobs.Count} jobs over {jobs.DefaultIfEmpty().Max()} s, at most {MostAtOnce(jobs)} in a second; {clock.Elapsed.TotalSeconds:0} s, processor {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds:0} s, at most {bytes / 1024 / 1024} MiB alive"));
    }

    private static int MostAtOnce(IReadOnlyList<int> jobs) => jobs.GroupBy(after => after).Select(second => second.Count()).DefaultIfEmpty().Max();
}
