using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Runs;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Support;
using Five9Functions.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Tests.Fairness;

/// <summary>
/// The whole app on the local host, with a storage account of its own, from 2026-11-02T20:00:00Z on (noon in Los Angeles). A test
/// starts the simulators, then the app, and moves the clock; messages that are to wait, wait for it. Polls and retries keep
/// production's waits, except that a report is asked about less often.
/// </summary>
internal sealed class FairnessApp : IAsyncDisposable
{
    /// <summary>A secret with a password that no simulator takes.</summary>
    public const string WrongSecret = "wrong";

    public static readonly Duration Cycle = Duration.FromMinutes(15);

    private const string UserName = "importer@example.com";

    private readonly List<Five9Simulator> _five9 = [];
    private readonly LocalVault _vault = TestVault.New();
    private readonly ParkedMessages _parked;
    private LocalApp? _app;

    private FairnessApp(string storage, TimeProvider? time)
    {
        Storage = storage;
        Time = time ?? Clock;
        _parked = new ParkedMessages(storage, Time);
    }

    public string Storage { get; }

    public TestClock Clock { get; } = new("2026-11-02T20:00:00Z");

    /// <summary>What the app and the simulators go by: <see cref="Clock"/>, unless a test has a clock that timers follow, too.</summary>
    public TimeProvider Time { get; }

    public TestLog Log { get; } = new();

    public StorageCost Cost { get; } = new();

    private FunctionsHost Host => _app!.Host;

    public static async Task<FairnessApp> CreateAsync(TimeProvider? time = null) => new(await TestStorage.NewAccountAsync(), time);

    public async Task<Five9Simulator> SimulateAsync(IReportSource rows, TimeSpan reportDuration, CancellationToken cancellationToken, bool limits = false, IReportSource? calls = null)
    {
        var options = new SimulatorOptions { AgentStates = rows, CallLog = calls, ReportDuration = reportDuration, Limits = limits, TimeProvider = Time };
        _five9.Add(await Five9Simulator.StartAsync(options, cancellationToken));
        return _five9[^1];
    }

    /// <param name="integrations">By id: where its Five9 is, and settings that differ from the defaults.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="imports">Settings of the section Imports.</param>
    public async Task StartAsync(IReadOnlyDictionary<string, (Five9Simulator Five9, IReadOnlyDictionary<string, string> Settings)> integrations, CancellationToken cancellationToken, params (string Key, string Value)[] imports)
    {
        await _parked.CreateQueueAsync(cancellationToken);
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = Storage,
            [_vault.Setting.Key] = _vault.Setting.Value,
            ["ImportSchedule"] = "0 0 0 1 1 *", // never: a test ticks by itself
            ["LiveSchedule"] = "0 0 0 1 1 *",
            ["Imports:FirstPoll"] = "00:00:30",
            ["Imports:LongestPoll"] = "00:02:00",
            ["Imports:LongPoll"] = "00:00:00",
            ["Imports:UserBusy"] = "00:00:00",
            ["Five9:AllowedHosts"] = string.Join(',', _five9.Select(five9 => five9.BaseAddress.Authority).Concat(
                integrations.Values.SelectMany(i => i.Settings).Where(its => its.Key == "Region").Select(its => new Uri(its.Value).Authority))),
        };
        foreach (var (key, value) in imports)
        {
            settings[$"Imports:{key}"] = value;
        }

        foreach (var (id, (five9, its)) in integrations)
        {
            settings[$"Integrations:{id}:Region"] = five9.BaseAddress.AbsoluteUri;
            settings[$"Integrations:{id}:UserName"] = UserName;
            _vault.For(its.TryGetValue("Region", out var region) ? new Uri(region) : five9.BaseAddress);
            await _vault.PutAsync($"five9-{id}", UserName, "simulated");
            if (its.Values.Contains(WrongSecret))
            {
                await _vault.PutAsync(WrongSecret, UserName, "wrong");
            }

            settings[$"Integrations:{id}:HistoryDays"] = "0";
            settings[$"Integrations:{id}:Reports"] = "agent-states";
            foreach (var (key, value) in its)
            {
                settings[$"Integrations:{id}:{key}"] = value;
            }
        }

        _app = await LocalApp.StartAsync(
            new LocalAppOptions
            {
                Settings = settings,
                Time = Time,
                Host = LocalSettings.Quick(FunctionsHostOptions.FromHostJson(LocalSettings.HostJson)) with { RetryDelay = TimeSpan.Zero },
                Logging = logging => logging.AddProvider(Log.Provider()),
                Services = services =>
                {
                    var (tables, blobs, queues) = (new TableClientOptions(), new BlobClientOptions(), new QueueClientOptions());
                    tables.AddPolicy(Cost, HttpPipelinePosition.PerCall);
                    blobs.AddPolicy(Cost, HttpPipelinePosition.PerCall);
                    queues.AddPolicy(Cost, HttpPipelinePosition.PerCall);
                    queues.AddPolicy(_parked, HttpPipelinePosition.PerCall);
                    services.AddSingleton(tables).AddSingleton(blobs).AddSingleton(queues);
                    _vault.Serve(services);
                },
            },
            cancellationToken);
    }

    public T Get<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>The timer's function; what it says about integrations that fail is in the log.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Host.RunTimerAsync("ScheduleImports", cancellationToken);
        }
        catch (AggregateException)
        {
        }
    }

    /// <summary>Has the app look for messages that have fallen due.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await _parked.ReleaseAsync(cancellationToken);
        Host.LookNow();
    }

    /// <summary>Works on everything that falls due until then, up to fifteen seconds late.</summary>
    public async Task AdvanceAsync(Duration by, CancellationToken cancellationToken)
    {
        var until = Clock.Now + by;
        await Host.WhenIdleAsync(cancellationToken);
        while (_parked.Next is { } due && due < until)
        {
            // A quarter of a minute at a time: each look whether all is idle costs more than what falls due.
            var next = Instant.Min(until, QuarterMinuteFrom(due));
            Clock.Advance(Duration.Max(Duration.Zero, next - Clock.Now));
            await _parked.ReleaseAsync(cancellationToken);
            Host.LookNow();
            await Host.WhenIdleAsync(cancellationToken);
        }

        Clock.Advance(until - Clock.Now);
    }

    /// <summary>A tick, and all that happens until the next one is due.</summary>
    /// <returns>The scheduled run that the integration should have had.</returns>
    public async Task<(ImportRun? Run, RunSummary? Fold)> CycleAsync(string integration, CancellationToken cancellationToken)
    {
        var id = RunId.At(Clock.Now);
        await TickAsync(cancellationToken);
        await AdvanceAsync(Cycle, cancellationToken);
        return await Get<ImportRunTable>().FindAsync(integration, id, cancellationToken) is { } run
            ? (run.Value, RunSummary.Of(run.Value, await SlicesAsync(integration, id, cancellationToken)))
            : (null, null);
    }

    public async Task<IReadOnlyList<ImportSlice>> SlicesAsync(string integration, string run, CancellationToken cancellationToken) =>
        [.. (await Get<ImportSliceTable>().OfRunAsync(integration, run, cancellationToken)).Select(s => s.Value)];

    /// <summary>The newest segment of 2026-11-02: <see cref="SegmentText"/>.</summary>
    public async Task<string> NewestAsync(string integration, CancellationToken cancellationToken) => await Get<AgentStatesTable>()
        .ReadAsync(integration, new LocalDate(2026, 11, 2), 1, cancellationToken).Select(SegmentText.Of).LastOrDefaultAsync(cancellationToken) ?? "";

    public TableClient Table(string name) => new(Storage, name);

    /// <summary>Visible or not.</summary>
    public async Task<int> MessagesAsync(string queue, CancellationToken cancellationToken)
    {
        var client = new QueueClient(Storage, queue);
        return await client.ExistsAsync(cancellationToken) ? (await client.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount : 0;
    }

    /// <summary>Whether a message waits to be taken.</summary>
    public async Task<bool> AnyVisibleAsync(string queue, CancellationToken cancellationToken) =>
        (await new QueueClient(Storage, queue).PeekMessagesAsync(1, cancellationToken)).Value.Length > 0;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        foreach (var five9 in _five9)
        {
            await five9.DisposeAsync();
        }

    }

    private static Instant QuarterMinuteFrom(Instant due) => Instant.FromUnixTimeSeconds((due.ToUnixTimeSeconds() + 14) / 15 * 15);
}
