using System.Diagnostics;
using System.Globalization;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>
/// The benchmark of the command <c>import</c>: how much memory more rows take, in processes of their own. docs/architecture.md says how
/// to run it, and what it came to.
/// </summary>
internal static class ImportMemory
{
    private const int RowsOfDay = 100_000;

    /// <param name="counts">Of how many rows; from the first to the last of them the growth is told.</param>
    /// <returns>1 when an import failed.</returns>
    public static async Task<int> MeasureAsync(int[] counts)
    {
        var folder = Directory.CreateTempSubdirectory("import-memory");
        try
        {
            var peaks = new List<long>();
            foreach (var rows in counts)
            {
                if (await ImportAsync(rows, folder) is not { } peak)
                {
                    return 1;
                }

                peaks.Add(peak);
            }

            Console.WriteLine(Text($"{(double)(peaks[^1] - peaks[0]) / (counts[^1] - counts[0]):0} bytes for each row more"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>The peak of memory in bytes; null when the import failed.</returns>
    private static async Task<long?> ImportAsync(int rows, DirectoryInfo folder)
    {
        var report = Path.Combine(folder.FullName, Text($"{rows}.csv"));
        await new ManyRows(Instant.FromUtc(2026, 6, 1, 0, 0), Duration.FromDays(Math.Max(1, rows / RowsOfDay)), rows).WriteAsync(report);
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Five9Functions.LocalHost.dll"),
            "import", "--zone", "Etc/UTC", "--agent-states", report, "--output", Path.Combine(folder.FullName, Text($"{rows}")),
        ];

        var clock = Stopwatch.StartNew();
        using var import = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true })!;
        var said = import.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!import.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            // The system counts the peak, so only its growth in the last tenth of a second is missed.
            import.Refresh();
            peak = Math.Max(peak, import.HasExited ? 0 : import.PeakWorkingSet64);
        }

        Console.WriteLine(Text($"{rows} rows: {clock.Elapsed.TotalSeconds:0} s, peak of memory {peak / 1024 / 1024} MiB. {(await said).Trim().Split('\n')[^1]}"));
        return import.ExitCode == 0 ? peak : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
