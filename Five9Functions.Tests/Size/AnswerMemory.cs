using Five9Functions.Five9;
using Five9Functions.Five9.Reports;
using Five9Functions.Five9.Soap;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>A process whose heap is limited: it calls a host once, and says how that ended.</summary>
internal static class AnswerMemory
{
    /// <param name="call">What is asked for.</param>
    /// <param name="five9Address">Where.</param>
    public static async Task<int> MeasureAsync(string call, Uri five9Address)
    {
        var login = new Five9Login(five9Address, "importer@example.com", "simulated");
        using var http = new HttpClient();
        var options = new Five9ClientOptions();
        var (admin, supervisor) = (new Five9AdminClient(http, options), new SupervisorClient(http, options));
        var none = CancellationToken.None;
        var day = new Interval(Instant.FromUtc(2026, 8, 21, 0, 0), Instant.FromUtc(2026, 8, 22, 0, 0));
        try
        {
            await (Task)(call switch
            {
                "campaigns" => admin.GetCampaignsAsync(login, none),
                "skills" => admin.GetSkillsAsync(login, none),
                "counters" => admin.GetCallCountersAsync(login, none),
                "statistics" => supervisor.GetStatisticsAsync(login, ["Username"], none),
                "updates" => supervisor.GetStatisticsUpdateAsync(login, 1, TimeSpan.FromSeconds(5), none),
                _ => admin.ReadReportCsvAsync(
                    login, "R1", (csv, token) => AgentStateReport.ReadAsync(csv, new ReportWindow(new Interval(day.End, day.End + Duration.FromDays(1)), day, DateTimeZone.Utc), 50_000, keepCustomerData: false, token), none),
            });
            Console.WriteLine("It ended well.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Console.WriteLine($"{e.GetType().Name}: {e.Message}");
        }

        return 0;
    }
}
