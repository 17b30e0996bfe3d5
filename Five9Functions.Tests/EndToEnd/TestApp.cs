using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Five9.Soap;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.RealTime;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd.Kills;
using Five9Functions.Tests.Storage.Faults;
using Five9Functions.Tests.Support;
using Five9Functions.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>The whole app on the local host, with a simulated Five9 and a storage account of its own.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    /// <summary>What the HTTP functions take as function key.</summary>
    public const string HttpKey = "key of the tests";

    // A dead instance's looks into queues are waited for: messages that it takes and nobody knows of stay hidden.
    private static readonly TimeSpan SlowMachine = TimeSpan.FromMinutes(1);

    private readonly TestSetup _setup;
    private readonly List<Instance> _instances = [];

    // Of all instances and of the test, for all instances: each may be the one that takes a message.
    private readonly SentMessages _sent = new();
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    private TestApp(TestSetup setup, string connectionString, TestClock clock, Five9Simulator five9)
    {
        _setup = setup;
        ConnectionString = connectionString;
        Clock = clock;
        Five9 = five9;
        Vault = TestVault.New(clock).For(setup.IsFive9sOwn ? TestSetup.OwnHost : five9.BaseAddress);
    }

    public string ConnectionString { get; }

    public TestClock Clock { get; }

    public Five9Simulator Five9 { get; }

    /// <summary>By the app's clock.</summary>
    public LocalVault Vault { get; }

    public StorageTraffic Traffic { get; } = new();

    /// <summary>Between the app and its storage; the host's own queue clients use it too.</summary>
    public FaultyNetwork Network { get; } = new();

    public TestLog Log { get; } = new();

    public FunctionsHost Host => HostOf(0);

    /// <summary>Whether an instance is killed at this moment of this request.</summary>
    public Func<InstanceRequest, Moment, bool> KillAt { get; set; } = (_, _) => false;

    public FunctionsHost HostOf(int instance) => _instances[instance].App.Host;

    /// <summary>Completes when an instance is killed.</summary>
    public Task Killed => Task.WhenAny(_instances.Select(i => i.Life.Over));

    public static async Task<TestApp> StartAsync(TestSetup setup, CancellationToken cancellationToken)
    {
        var clock = new TestClock(setup.Now);
        var five9 = await Five9Simulator.StartAsync(
            new SimulatorOptions { AgentStates = setup.Rows, CallLog = setup.Calls, RowCap = setup.Five9RowCap, ReportDuration = TimeSpan.Zero, Limits = setup.Five9Limits, Live = setup.Live, HoldsUpdates = setup.HoldsUpdates, UpdateBatch = setup.LiveBatch, Password = setup.Password, PasswordPolicy = setup.PasswordPolicy, MayModifyUsers = setup.MayModifyUsers, TimeProvider = clock },
            cancellationToken);
        var app = new TestApp(setup, setup.Storage ?? await TestStorage.NewAccountAsync(), clock, five9);
        await app.QueueOf(StorageTraffic.LostQueue).CreateAsync(cancellationToken: cancellationToken);
        foreach (var id in setup.Integrations)
        {
            await app.Vault.PutAsync($"five9-{id}", TestSetup.UserName, setup.Secret ?? setup.Password);
        }

        await app.RestartAsync(new Dictionary<string, string?>(), cancellationToken);
        if (setup.VaultSendsEvents)
        {
            app.Vault.SendEventsTo(app.QueueOf(StorageLayout.CredentialEvents));
        }

        return app;
    }

    /// <summary>Ends the app and starts it again on the same storage, with other settings.</summary>
    public async Task RestartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        await StopAsync();
        await StartInstanceAsync(settings, cancellationToken);
    }

    /// <summary>One more instance of the app beside the first, on the same storage.</summary>
    public Task StartAnotherInstanceAsync(CancellationToken cancellationToken) => StartInstanceAsync(new Dictionary<string, string?>(), cancellationToken);

    /// <summary>After a kill: the messages that the dead instance had taken show again, and another instance goes on.</summary>
    public async Task ReviveAsync(CancellationToken cancellationToken)
    {
        foreach (var dead in _instances.Where(i => i.Life.IsOver).ToList())
        {
            await dead.App.DisposeAsync();
            await dead.Taken.ShowAgainAsync(ConnectionString);
            _instances.Remove(dead);
            await StartUntilAliveAsync(cancellationToken);
        }
    }

    public T Get<T>()
        where T : notnull => _instances[0].App.Services.GetRequiredService<T>();

    /// <summary>A manual run over a window of UTC, from its request to the last message.</summary>
    public async Task<RunSummary> ImportAsync(string from, string to, CancellationToken cancellationToken, bool force = false) =>
        await FinishedAsync(await OpenAsync(from, to, cancellationToken, force: force), cancellationToken);

    public async Task<ImportRun> OpenAsync(string from, string to, CancellationToken cancellationToken, string integration = "acme", bool force = false)
    {
        var run = new ImportRun
        {
            Integration = integration,
            Id = RunId.At(Clock.Now, $"{++_runs}"),
            Kind = RunKind.Manual,
            RequestedAt = Clock.Now,
            Window = new Interval(InstantPattern.General.Parse(from).Value, InstantPattern.General.Parse(to).Value),
            Force = force,
        };
        await Get<RunOpening>().OpenAsync((await Get<IntegrationTable>().FindAsync(integration, cancellationToken))!, run, cancellationToken);
        Host.LookNow();
        return run;
    }

    /// <summary>Completes when the run is finished and nothing is under way any more.</summary>
    public async Task<RunSummary> FinishedAsync(ImportRun run, CancellationToken cancellationToken)
    {
        // Idle first: that asks less often than after each function.
        await Host.WhenIdleAsync(cancellationToken);
        if (!await IsFinishedAsync())
        {
            await WhenAsync(IsFinishedAsync, cancellationToken);
            await Host.WhenIdleAsync(cancellationToken);
        }

        return await FoldAsync(run, cancellationToken);

        async Task<bool> IsFinishedAsync() => (await Get<ImportRunTable>().FindAsync(run.Integration, run.Id, cancellationToken))!.Value.Value.FinishedAt is not null;
    }

    public async Task<RunSummary> FoldAsync(ImportRun run, CancellationToken cancellationToken) => RunSummary.Of(
        (await Get<ImportRunTable>().FindAsync(run.Integration, run.Id, cancellationToken))!.Value.Value,
        await SlicesAsync(run, cancellationToken));

    public async Task<IReadOnlyList<ImportSlice>> SlicesAsync(ImportRun run, CancellationToken cancellationToken) =>
        [.. (await Get<ImportSliceTable>().OfRunAsync(run.Integration, run.Id, cancellationToken)).Select(s => s.Value)];

    /// <summary>Looks again after each function that ended.</summary>
    public async Task WhenAsync(Func<Task<bool>> reached, CancellationToken cancellationToken)
    {
        while (true)
        {
            var progress = Volatile.Read(ref _progress).Task;
            if (await reached())
            {
                return;
            }

            await progress.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Runs the timer's function once, to the last message that follows from it.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        await Host.RunTimerAsync("ScheduleImports", cancellationToken);
        await Host.WhenIdleAsync(cancellationToken);
    }

    /// <summary>Runs the timer of real time once, to the last message that follows from it.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        await Host.RunTimerAsync("PollAgentStates", cancellationToken);
        await Host.WhenIdleAsync(cancellationToken);
    }

    /// <summary>Moves the clock on by an interval of polls, and polls.</summary>
    public Task PollLaterAsync(CancellationToken cancellationToken, int seconds = 15)
    {
        Clock.Advance(Duration.FromSeconds(seconds));
        return PollAsync(cancellationToken);
    }

    /// <summary>Who is in which state now, as the app tells it.</summary>
    public async Task<LiveSnapshot> PictureAsync(CancellationToken cancellationToken, string integration = "acme") =>
        await Get<LiveSnapshots>().ReadAsync((await Get<IntegrationTable>().FindAsync(integration, cancellationToken))!, cancellationToken);

    /// <summary>Delivers a message once more.</summary>
    public async Task SendAsync(SentMessage message, CancellationToken cancellationToken)
    {
        await QueueOf(message.Queue).SendMessageAsync(message.Json, cancellationToken);
        Host.LookNow();
    }

    /// <summary>A table's rows as text, without Timestamp and ETag.</summary>
    public Task<IReadOnlyList<string>> RowsAsync(string table, CancellationToken cancellationToken) => TableText.ReadAsync(ConnectionString, table, cancellationToken);

    /// <summary>Makes an integration's row one that cannot be understood.</summary>
    public async Task SpoilIntegrationAsync(string id) => await new TableClient(ConnectionString, StorageLayout.IntegrationsTable)
        .UpdateEntityAsync(new TableEntity("integrations", id) { ["HistoryStart"] = "yesterday" }, Azure.ETag.All, TableUpdateMode.Merge);

    /// <summary>The newest version of a secret: its content, content type and tag.</summary>
    public async Task<string> SecretAsync(string name)
    {
        var secret = (await Vault.Client().GetSecretAsync(name)).Value;
        return $"{secret.Value} {secret.Properties.ContentType} integration={secret.Properties.Tags["integration"]}";
    }

    /// <summary>The segments of a local day: <see cref="SegmentText"/>.</summary>
    public async Task<IReadOnlyList<string>> TimelineAsync(string date, CancellationToken cancellationToken, string integration = "acme") =>
        await Get<AgentStatesTable>().ReadAsync(integration, LocalDatePattern.Iso.Parse(date).Value, 1, cancellationToken).Select(SegmentText.Of).ToListAsync(cancellationToken);

    public async Task<bool> AnyPoisonAsync(CancellationToken cancellationToken)
    {
        foreach (var name in StorageLayout.Queues)
        {
            if (await QueueOf($"{name}-poison").ExistsAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.EndEventsAsync();
        await StopAsync();
        await Five9.DisposeAsync();
        Network.Dispose();
    }

    // It can be killed while it starts.
    private async Task StartUntilAliveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await StartInstanceAsync(new Dictionary<string, string?>(), cancellationToken);
                return;
            }
            catch (InstanceKilledException)
            {
            }
        }
    }

    private async Task StartInstanceAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var life = new InstanceLife((request, moment) => KillAt(request, moment));
        var taken = new TakenMessages();
        var policy = new LifePolicy(life, taken);
        var hostQueues = Network.Options(new QueueClientOptions());
        hostQueues.AddPolicy(policy, HttpPipelinePosition.BeforeTransport);
        var app = await LocalApp.StartAsync(
            new LocalAppOptions
            {
                Settings = _setup.ToSettings(ConnectionString, Five9.BaseAddress, Vault, settings),
                Time = Clock,
                Host = LocalSettings.Quick(FunctionsHostOptions.FromHostJson(LocalSettings.HostJson)) with { Sent = _sent, RetryDelay = TimeSpan.Zero, MessageInvisibility = _setup.MessageInvisibility, StopTimeout = SlowMachine, Http = _setup.ServesHttp ? new HttpServerOptions(0, HttpKey) : null },
                HostQueues = hostQueues,
                Logging = logging =>
                {
                    // A killed instance logs nothing any more.
                    logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log.Provider()).AddFilter<FakeLoggerProvider>((_, _) => !life.IsOver);
                    if (_setup.Logger is { } logger)
                    {
                        logging.AddProvider(logger);
                    }
                },
                Services = services =>
                {
                    var (tables, blobs, queues) = (Network.Options(new TableClientOptions()), Network.Options(new BlobClientOptions()), Network.Options(new QueueClientOptions()));
                    foreach (var options in new ClientOptions[] { tables, blobs, queues })
                    {
                        options.AddPolicy(Traffic, HttpPipelinePosition.PerCall);
                        options.AddPolicy(policy, HttpPipelinePosition.BeforeTransport);
                    }

                    services.AddSingleton(tables).AddSingleton(blobs).AddSingleton(queues);
                    services.AddHttpClient(nameof(Five9AdminClient)).AddHttpMessageHandler(() => new Five9Life(life)).AddHttpMessageHandler(() => new Five9sOwnHosts(Five9.BaseAddress));
                    services.AddHttpClient(nameof(SupervisorClient)).AddHttpMessageHandler(() => new Five9Life(life)).AddHttpMessageHandler(() => new Five9sOwnHosts(Five9.BaseAddress));
                    Vault.Serve(services);
                    var vault = Vault.ClientOptions();
                    vault.AddPolicy(new VaultLife(life), HttpPipelinePosition.BeforeTransport);
                    services.AddSingleton(vault);
                },
            },
            cancellationToken);
        app.Host.InvocationFinished += (_, _) => Interlocked.Exchange(ref _progress, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        _instances.Add(new Instance(app, life, taken));
    }

    private async Task StopAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.App.DisposeAsync();
        }

        _instances.Clear();
    }

    public QueueClient QueueOf(string name)
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        options.AddPolicy(_sent, HttpPipelinePosition.PerCall);
        return new QueueClient(ConnectionString, name, options);
    }

    private sealed record Instance(LocalApp App, InstanceLife Life, TakenMessages Taken);
}
