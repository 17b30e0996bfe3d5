using System.Diagnostics;
using System.Globalization;
using Five9Functions.Calls;
using Five9Functions.Five9;
using Five9Functions.Five9.Reports;
using Five9Functions.Five9.Soap;
using Five9Functions.Storage;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Size;

/// <summary>A measured process: it reads reports from a Five9 that somebody else simulates, and tells its peak of memory.</summary>
internal static class ReportMemory
{
    private const int MaxRows = 2_000_000;

    /// <param name="report">agent-states or calls.</param>
    /// <param name="five9Address">The address of the simulator.</param>
    /// <param name="windows">For each report the window whose rows land and the window that is asked for, as four instants.</param>
    public static async Task<int> MeasureAsync(string report, Uri five9Address, IEnumerable<string> windows)
    {
        var login = new Five9Login(five9Address, "importer@example.com", "simulated");
        using var http = new HttpClient();
        var five9 = new Five9AdminClient(http, new Five9ClientOptions(), TimeProvider.System);
        var (read, landed) = (0, 0);
        foreach (var times in windows.Select(t => InstantPattern.General.Parse(t).Value).Chunk(4))
        {
            var content = await ReadAsync(report, five9, login, new ReportWindow(new Interval(times[0], times[1]), new Interval(times[2], times[3]), DateTimeZone.Utc));
            read += content.Read;
            landed += content.Landed;
        }

        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read} {landed} {self.PeakWorkingSet64}"));
        return 0;
    }

    // A method of its own: what one report held is gone before the next is read.
    private static async Task<(int Read, int Landed)> ReadAsync(string report, Five9AdminClient five9, Five9Login login, ReportWindow window)
    {
        var isCalls = report == ReportNames.Calls;
        var (folder, name) = isCalls ? ("Call Log Reports", "Call Log") : ("Agent Reports", "Agent State Details");
        var id = await five9.RunReportAsync(login, new ReportRequest(folder, name, window.Asked), CancellationToken.None);
        var content = await five9.ReadReportCsvAsync(
            login,
            id,
            (csv, token) => isCalls
                ? CallLogReport.ReadAsync(csv, QueueGrouping.Skill, window, MaxRows, keepCustomerData: false, token)
                : AgentStateReport.ReadAsync(csv, window, MaxRows, keepCustomerData: true, token),
            CancellationToken.None);
        return (content.Read, content.Rows.Count);
    }
}
