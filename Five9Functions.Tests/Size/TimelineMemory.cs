using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Imports;
using Five9Functions.Time;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>The benchmark of reading: what is in memory while the timelines of many agents and days are read over HTTP. docs/architecture.md says how to run it, and what it came to.</summary>
internal static class TimelineMemory
{
    private const string Key = "key of the benchmark";
    private const int SegmentsOfADay = 20;
    private const int BytesBetweenLooks = 4 << 20; // a full collection each

    private static readonly LocalDate First = new(2026, 10, 1);

    public static async Task<int> MeasureAsync(int agents, int days)
    {
        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions());
        await using var app = await LocalApp.StartAsync(
            new LocalAppOptions
            {
                Settings = new Dictionary<string, string?> { ["AzureWebJobsStorage"] = azurite.ConnectionString, ["KeyVault:Uri"] = "https://vault.example/", ["ImportSchedule"] = "0 0 0 1 1 *", ["LiveSchedule"] = "0 0 0 1 1 *" },
                Time = new TestClock("2026-11-20T20:00:00Z"),
                Host = FunctionsHostOptions.FromHostJson(LocalSettings.HostJson) with { Http = new HttpServerOptions(0, Key) },
            },
            CancellationToken.None);
        var integration = ImportData.Acme with { Buckets = 16 };
        await app.Services.GetRequiredService<IntegrationTable>().SeedAsync(integration, CancellationToken.None);
        var table = app.Services.GetRequiredService<AgentStatesTable>();
        for (var day = 0; day < days; day++)
        {
            var date = First.PlusDays(day);
            await table.WriteAsync(integration.Id, date, integration.Buckets, .., (_, _) => Task.FromResult((SegmentsOf(date, agents, integration), "benchmark")), CancellationToken.None);
        }

        using var http = new HttpClient { BaseAddress = app.Host.HttpAddress, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Add("x-functions-key", Key);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        foreach (var some in new[] { 1, days })
        {
            await ReadAsync(http, "agent-states", agents, some);
        }

        await ReadAsync(http, "agents", agents, days);
        return 0;
    }

    private static async Task ReadAsync(HttpClient http, string what, int agents, int days)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (clock, buffer, bytes, lines, most, next) = (Stopwatch.StartNew(), new byte[64 * 1024], 0L, 0L, 0L, 0L);
        using var answer = await http.GetAsync(
            new Uri($"integrations/acme/{what}?from={First:uuuu-MM-dd}&to={First.PlusDays(days):uuuu-MM-dd}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        for (var read = await body.ReadAsync(buffer); read > 0; read = await body.ReadAsync(buffer))
        {
            bytes += read;
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            if (bytes >= next)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                next = bytes + BytesBetweenLooks;
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} of {agents} agents and {days} days: {lines - 1} rows, {bytes / 1024.0 / 1024:0.0} MiB sent, at most {most / 1024.0 / 1024:0.0} MiB alive meanwhile, {clock.Elapsed.TotalSeconds:0} s"));
    }

    private static IEnumerable<Segment> SegmentsOf(LocalDate date, int agents, Integration integration)
    {
        var morning = new LocalDay(date, integration.DateTimeZone).Start + Duration.FromHours(8);
        for (var agent = 0; agent < agents; agent++)
        {
            for (var i = 0; i < SegmentsOfADay; i++)
            {
                var (start, end) = (morning + Duration.FromMinutes(20 * i), morning + Duration.FromMinutes(20 * (i + 1)));
                yield return new Segment(
                    $"agent-{agent:0000}@example.com", $"Agent {agent:0000}", i % 2 == 0 ? "Ready" : "On Call", i % 2 == 0 ? StateKind.Ready : StateKind.Call, "", "", start, end, start, end, false, false, [], false, false);
            }
        }
    }
}
