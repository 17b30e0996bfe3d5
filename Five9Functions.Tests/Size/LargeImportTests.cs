using System.Diagnostics;
using System.Globalization;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>
/// A million rows through the command <c>import</c>, in a process of its own: minutes, so only when asked for. docs/architecture.md
/// says how, and what it came to.
/// </summary>
[Explicit("It takes minutes.")]
public sealed class LargeImportTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("large");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task AMillionRows_TakeAtMost200BytesEachMoreThanAFewDo()
    {
        var few = await ImportAsync(50_000, days: 1);
        var many = await ImportAsync(1_000_000, days: 10);

        Assert.That((double)(many - few) / (1_000_000 - 50_000), Is.LessThanOrEqualTo(200));
    }

    /// <summary>The peak of memory in bytes.</summary>
    private async Task<long> ImportAsync(int rows, int days)
    {
        var report = Path.Combine(_folder.FullName, $"{rows}.csv");
        await new ManyRows(Instant.FromUtc(2026, 6, 1, 0, 0), Duration.FromDays(days), rows).WriteAsync(report);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Five9Functions.LocalHost.dll"), "import", "--zone", "Etc/UTC", "--agent-states", report, "--output", Path.Combine(_folder.FullName, $"{rows}") })
        {
            start.ArgumentList.Add(argument);
        }

        var clock = Stopwatch.StartNew();
        using var import = Process.Start(start)!;
        var said = import.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!import.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            // The system counts the peak, so only its growth in the last tenth of a second is missed.
            import.Refresh();
            peak = Math.Max(peak, import.HasExited ? 0 : import.PeakWorkingSet64);
        }

        var last = (await said).Trim().Split('\n')[^1];
        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{rows} rows: {clock.Elapsed.TotalSeconds:0} s, peak of memory {peak / 1024 / 1024} MiB. {last}"));
        Assert.That(import.ExitCode, Is.Zero);
        return peak;
    }
}
