using System.Diagnostics;
using System.Globalization;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Storage;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Size;

/// <summary>
/// Reading a report takes memory for the rows that land, at most the row cap, and for nothing else: measured in processes of their
/// own. Their heap is limited, or what is measured would be how long the collector waits; and code is compiled once, or a longer run
/// would hold its second, faster version too.
/// </summary>
public sealed class ReadingMemoryTests
{
    private const int Rows = 50_000;

    /// <summary>24 MiB, hexadecimal. A process that holds more ends with an error.</summary>
    private const string HeapLimit = "1800000";

    /// <summary>64 MiB: a row of the call log is longer.</summary>
    private const string HeapLimitOfCalls = "4000000";

    private static readonly Instant From = Instant.FromUtc(2026, 8, 21, 0, 0);
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Lazy<Task<long>> PeakOfOneReport = new(async () => (await ReadAsync(Rows, Report(0, 0, 1))).Peak);

    [Test]
    public async Task TenReportsOneAfterTheOther_TakeAsMuchAsOne()
    {
        var (read, landed, peak) = await ReadAsync(10 * Rows, [.. Enumerable.Range(0, 10).SelectMany(hour => Report(hour, hour, hour + 1))]);

        Assert.That((read, landed), Is.EqualTo((10 * Rows, 10 * Rows)));
        Assert.That(peak, Is.LessThanOrEqualTo(1.2 * await PeakOfOneReport.Value));
    }

    [Test]
    public async Task AReportTenTimesAsLong_TakesAsMuch_WhereNoMoreRowsLand()
    {
        var (read, landed, peak) = await ReadAsync(10 * Rows, Report(4, 0, 10));

        Assert.That((read, landed), Is.EqualTo((10 * Rows, Rows)));
        Assert.That(peak, Is.LessThanOrEqualTo(1.2 * await PeakOfOneReport.Value));
    }

    [Test]
    public async Task ACallLogTenTimesAsLong_TakesAsMuch_WhereNoMoreRowsLand()
    {
        var usual = await ReadAsync(ReportNames.Calls, Rows, Report(0, 0, 1));
        var (read, landed, peak) = await ReadAsync(ReportNames.Calls, 10 * Rows, Report(4, 0, 10));

        Assert.That((read, landed), Is.EqualTo((10 * Rows, Rows)));
        Assert.That(peak, Is.LessThanOrEqualTo(1.2 * usual.Peak));
    }

    /// <summary>The rows of one hour land; asked for are some hours around it.</summary>
    private static string[] Report(int hour, int askedFrom, int askedTo) =>
        [.. new[] { hour, hour + 1, askedFrom, askedTo }.Select(h => InstantPattern.General.Format(From + (Hour * h)))];

    private static Task<(int Read, int Landed, long Peak)> ReadAsync(int rows, params string[] reports) => ReadAsync(ReportNames.AgentStates, rows, reports);

    private static async Task<(int Read, int Landed, long Peak)> ReadAsync(string report, int rows, params string[] reports)
    {
        var length = Hour * (rows / Rows);
        await using var five9 = await Five9Simulator.StartAsync(
            new SimulatorOptions { AgentStates = new ManyRows(From, length, rows), CallLog = new ManyCalls(From, length, rows), RowCap = 0, Limits = false, ReportDuration = TimeSpan.Zero },
            CancellationToken.None);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = report == ReportNames.Calls ? HeapLimitOfCalls : HeapLimit;
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add("read");
        start.ArgumentList.Add(report);
        start.ArgumentList.Add(five9.BaseAddress.AbsoluteUri);
        foreach (var time in reports)
        {
            start.ArgumentList.Add(time);
        }

        using var child = Process.Start(start)!;
        var said = (await child.StandardOutput.ReadToEndAsync()).Trim();
        await child.WaitForExitAsync();
        Assert.That(child.ExitCode, Is.Zero);
        await TestContext.Out.WriteLineAsync($"{rows} rows of {report}: rows read, rows landed, peak of memory in bytes: {said}");
        long[] numbers = [.. said.Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
        return ((int)numbers[0], (int)numbers[1], numbers[2]);
    }
}
