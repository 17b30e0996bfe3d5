using System.Diagnostics;
using System.Globalization;
using Five9Functions.Five9;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Size;

/// <summary>What a measured process of its own does: it reads reports from a Five9 that somebody else simulates, and tells its peak of memory.</summary>
internal static class Child
{
    /// <param name="args">The address of the simulator, then for each report the window whose rows land and the window that is asked for, as four instants.</param>
    public static async Task<int> Main(string[] args)
    {
        var login = new Five9Login(new Uri(args[0]), "importer@example.com", "simulated");
        using var http = new HttpClient();
        var five9 = new Five9AdminClient(http, new Five9ClientOptions(), TimeProvider.System);
        var (read, landed) = (0, 0);
        foreach (var times in args.Skip(1).Select(a => InstantPattern.General.Parse(a).Value).Chunk(4))
        {
            var report = await ReadAsync(five9, login, new ReportWindow(new Interval(times[0], times[1]), new Interval(times[2], times[3]), DateTimeZone.Utc));
            read += report.Read;
            landed += report.Landed;
        }

        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read} {landed} {self.PeakWorkingSet64}"));
        return 0;
    }

    // A method of its own: what one report held is gone before the next is read.
    private static async Task<(int Read, int Landed)> ReadAsync(Five9AdminClient five9, Five9Login login, ReportWindow window)
    {
        var id = await five9.RunReportAsync(login, new ReportRequest("Agent Reports", "Agent State Details", window.Asked), CancellationToken.None);
        var content = await five9.ReadReportCsvAsync(login, id, (csv, token) => AgentStateReport.ReadAsync(csv, window, 2_000_000, keepCustomerData: true, token), CancellationToken.None);
        return (content.Read, content.Rows.Count);
    }
}
