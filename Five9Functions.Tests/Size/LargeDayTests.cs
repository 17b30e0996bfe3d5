using Five9Functions.AgentStates;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Normalization;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>
/// 120,000 rows of one day, through Five9 and the raw day to the derived timelines. Writing those to the table is proven with
/// fewer rows (<see cref="EndToEnd.WindowIndependenceTests"/>): it takes most of the time and knows nothing of reports.
/// </summary>
public sealed class LargeDayTests
{
    private static readonly LocalDate Date = new(2026, 8, 21);
    private static readonly LocalDay Day = new(Date, DateTimeZone.Utc);

    [Test]
    public async Task ADayThatArrivesInPiecesBecauseOfTheCap_IsTheDayThatArrivedWhole()
    {
        var whole = await ImportAsync(five9RowCap: 0, rowCap: 1_000_000);
        var cut = await ImportAsync(five9RowCap: 50_000, rowCap: 50_000);

        Assert.That((whole.Reports, cut.Reports), Is.EqualTo((1, 4)));
        Assert.That(whole.Derived.Accounting.Rows, Is.EqualTo(120_000));
        Assert.That(cut.Derived.Accounting, Is.EqualTo(whole.Derived.Accounting));
        Assert.That(whole.Derived.Segments, Has.Count.GreaterThan(100_000));
        Assert.That(cut.Derived.Segments.Select(Text), Is.EqualTo(whole.Derived.Segments.Select(Text)));
    }

    private static string Text(Segment s) => $"{s with { AlsoActive = [] }} {string.Join(',', s.AlsoActive)}";

    private static async Task<(int Reports, DerivedDay Derived)> ImportAsync(int five9RowCap, int rowCap)
    {
        await using var five9 = await Five9Simulator.StartAsync(
            new SimulatorOptions { AgentStates = new ManyRows(Day.Start, Duration.FromDays(1), 120_000), RowCap = five9RowCap, Limits = false, ReportDuration = TimeSpan.Zero },
            CancellationToken.None);
        await using var services = await ServicesAsync(five9, rowCap);
        var integration = (await services.GetRequiredService<IntegrationTable>().FindAsync("acme", CancellationToken.None))!;
        var slice = new ImportSlice { Integration = "acme", Run = "run", Report = ReportNames.AgentStates, Window = new Interval(Day.Start, Day.End), Date = Date, Kind = RunKind.Manual, DueAt = Day.End };
        var reports = await LandAsync(services, integration, slice);
        return (reports, await services.GetRequiredService<AgentStateDayReader>().DeriveAsync(new RawDayId("acme", ReportNames.AgentStates, Date), Day, _ => true, null, CancellationToken.None));
    }

    /// <summary>Lands a slice, or what it is split into; returns how many reports that took.</summary>
    private static async Task<int> LandAsync(ServiceProvider services, Integration integration, ImportSlice slice)
    {
        var login = new Five9Login(integration.Host, integration.UserName, "simulated");
        var asked = new ReportRequest(integration.AgentStateFolder, integration.AgentStateReport, IntervalMath.Asked(slice.Window, integration.Padding, Day.End, DateTimeZone.Utc));
        var id = await services.GetRequiredService<Five9AdminClient>().RunReportAsync(login, asked, CancellationToken.None);
        var landed = await services.GetRequiredService<ReportLanding>().LandAsync(integration, slice.Requested(id, Day.End, Day.End), login, CancellationToken.None);
        if (landed.State != SliceState.Split)
        {
            return 1;
        }

        var halves = (await services.GetRequiredService<ImportSliceTable>().OfRunAsync("acme", "run", CancellationToken.None))
            .Select(s => s.Value)
            .Where(s => s.Window.Duration == slice.Window.Duration / 2 && slice.Window.Contains(s.Window.Start))
            .ToList();
        Assert.That(halves, Has.Count.EqualTo(2));
        return await LandAsync(services, integration, halves[0]) + await LandAsync(services, integration, halves[1]);
    }

    private static async Task<ServiceProvider> ServicesAsync(Five9Simulator five9, int rowCap)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = await TestStorage.NewAccountAsync(),
                ["Integrations:acme:Region"] = five9.BaseAddress.AbsoluteUri,
                ["Integrations:acme:UserName"] = "importer@example.com",
                ["Integrations:acme:Zone"] = "Etc/UTC",
                ["Imports:RowCap"] = $"{rowCap}",
            })
            .Build();
        var services = new ServiceCollection().AddLogging().AddFive9Functions(configuration).BuildServiceProvider();
        foreach (var hosted in services.GetServices<Microsoft.Extensions.Hosting.IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        return services;
    }
}
