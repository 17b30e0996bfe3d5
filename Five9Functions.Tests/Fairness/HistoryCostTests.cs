using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Fairness;

/// <summary>What a history of 1,095 days costs in requests to storage, rows read and messages sent. Nothing runs by itself here.</summary>
public sealed class HistoryCostTests
{
    private readonly StorageCost _cost = new();
    private readonly TestClock _clock = new("2026-11-02T20:00:00Z");
    private ServiceProvider _services = null!;
    private string _storage = "";

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        _storage = await TestStorage.NewAccountAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = _storage,
            ["Integrations:acme:UserName"] = "importer@example.com",
            ["Integrations:acme:HistoryDays"] = "1095",
            ["Integrations:acme:Reports"] = "agent-states",
        }).Build();
        var (tables, queues) = (new TableClientOptions(), new QueueClientOptions());
        tables.AddPolicy(_cost, HttpPipelinePosition.PerCall);
        queues.AddPolicy(_cost, HttpPipelinePosition.PerCall);
        _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock).AddSingleton(tables).AddSingleton(queues).AddFive9Functions(configuration).BuildServiceProvider();
        foreach (var hosted in _services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(Token);
        }

        _cost.Take();
    }

    [TearDown]
    public async Task StopAsync() => await _services.DisposeAsync();

    [Test]
    public async Task TheFirstTick_AndItsPlanning_CostWhatOneBackfillRunCosts()
    {
        await Get<ScheduleImports>().RunAsync(Token);
        var tick = _cost.Take();
        await Get<StartImport>().RunAsync(new ImportJob("acme", RunId.At(_clock.Now)), 1, Token);
        var scheduled = _cost.Take();
        await Get<StartImport>().RunAsync(new ImportJob("acme", RunId.At(_clock.Now, "backfill")), 1, Token);
        var backfill = _cost.Take();

        Assert.That((tick, scheduled, backfill), Is.EqualTo(((26, 13, 2), (35, 23, 2), (53, 66, 0))));
    }

    [Test]
    public async Task WithAllHistoryThere_TicksReadItsLedgerOnceADay_AndPlanningReadsTheLastDays()
    {
        await CoverAsync(1095);
        await FinishedRunsAsync(1100);
        _cost.Take();

        await Get<ScheduleImports>().RunAsync(Token);
        var tick = _cost.Take();
        await Get<StartImport>().RunAsync(new ImportJob("acme", RunId.At(_clock.Now)), 1, Token);
        var planning = _cost.Take();

        await FinishAsync(RunId.At(_clock.Now));
        Get<HistoryMaintenance>().Anyway = 0; // as for those whose turn it is not
        _clock.Advance(Duration.FromMinutes(15));
        _cost.Take();
        await Get<ScheduleImports>().RunAsync(Token);
        var next = _cost.Take();
        await FinishAsync(RunId.At(_clock.Now));
        _cost.Take();
        _clock.Set("2026-11-03T08:00:00Z"); // midnight in Los Angeles
        await Get<ScheduleImports>().RunAsync(Token);
        var tomorrow = _cost.Take();

        Assert.That((tick, planning), Is.EqualTo(((27, 1705, 1), (21, 21, 1))));
        Assert.That(next, Is.EqualTo((7, 5, 1)));
        Assert.That(tomorrow, Is.EqualTo((19, 1405, 1)));
    }

    [Test]
    public async Task AChangedSetting_HasTheLedgerReadAgain()
    {
        await CoverAsync(1095);
        await Get<ScheduleImports>().RunAsync(Token);
        _clock.Advance(Duration.FromMinutes(15));
        await Get<ScheduleImports>().RunAsync(Token);
        _cost.Take();

        await new TableClient(_storage, "Integrations").UpdateEntityAsync(new TableEntity("integrations", "acme") { ["SuspiciousRows"] = 21 }, Azure.ETag.All, TableUpdateMode.Merge, Token);
        await Get<ScheduleImports>().RunAsync(Token);

        Assert.That(_cost.Take().Rows, Is.GreaterThan(1095));
    }

    private async Task FinishAsync(string id)
    {
        var run = (await Get<ImportRunTable>().FindAsync("acme", id, Token))!.Value;
        await Get<ImportRunTable>().TryUpdateAsync(run, run.Value with { FinishedAt = _clock.Now }, Token);
        var user = (await Get<Five9UserTable>().AllAsync(Token)).Single();
        await Get<Five9UserTable>().UpdateAsync(user.Key, u => u with { OpenRuns = [], UnderWay = [] }, Token);
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private async Task CoverAsync(int days)
    {
        var acme = (await Get<IntegrationTable>().FindAsync("acme", Token))!;
        await AddAsync("ReportDays", Enumerable.Range(0, days).Select(i => acme.HistoryStart.PlusDays(i)).Select(date => new TableEntity("acme|agent-states", LocalDatePattern.Iso.Format(date))
        {
            ["Windows"] = $$"""[{"From":"{{At(date)}}","To":"{{At(date.PlusDays(1))}}","AsOf":"2026-11-02T19:30:00Z","Rows":100}]""",
            ["Inputs"] = "{}",
        }));

        string At(LocalDate date) => InstantPattern.General.Format(date.AtStartOfDayInZone(acme.DateTimeZone).ToInstant());
    }

    private Task FinishedRunsAsync(int count) =>
        AddAsync("ImportRuns", Enumerable.Range(1, count).Select(i => _clock.Now - i * Duration.FromMinutes(15)).Select(at => new TableEntity("acme", RunId.At(at))
        {
            ["Integration"] = "acme",
            ["Kind"] = "Scheduled",
            ["RequestedAt"] = at.ToDateTimeOffset(),
            ["FinishedAt"] = at.ToDateTimeOffset(),
        }));

    private async Task AddAsync(string table, IEnumerable<TableEntity> rows)
    {
        foreach (var batch in rows.Chunk(100))
        {
            await new TableClient(_storage, table).SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Token);
        }
    }
}
