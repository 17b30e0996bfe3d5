using System.Globalization;
using System.Web;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Imports;
using Five9Functions.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>
/// A storage account with many integrations of both reports, each with a Five9 user of its own, whose history is looked through for
/// today, and the tick over them. Nothing runs by itself here.
/// </summary>
internal sealed class ManyIntegrations : IAsyncDisposable
{
    private readonly TickTraffic _traffic = new();
    private readonly ServiceProvider _services;
    private readonly string _storage;

    private ManyIntegrations(string storage, string now, int jobsPerSecond)
    {
        _storage = storage;
        Clock = new TestClock(now);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = storage,
            ["Imports:JobsPerSecond"] = jobsPerSecond.ToString(CultureInfo.InvariantCulture),
        }).Build();
        var (tables, queues) = (new TableClientOptions(), new QueueClientOptions());
        tables.AddPolicy(_traffic, HttpPipelinePosition.PerCall);
        queues.AddPolicy(_traffic, HttpPipelinePosition.PerCall);
        _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock).AddSingleton(tables).AddSingleton(queues).AddFive9Functions(configuration).BuildServiceProvider();
    }

    public TestClock Clock { get; }

    public static async Task<ManyIntegrations> CreateAsync(string storage, string now, int count, int jobsPerSecond, CancellationToken cancellationToken)
    {
        var many = new ManyIntegrations(storage, now, jobsPerSecond);
        await many._services.GetRequiredService<PrepareStorage>().StartAsync(cancellationToken);
        await AddAsync(storage, StorageLayout.IntegrationsTable, Enumerable.Range(0, count).Select(n => IntegrationRow.Write(Centre(n))), cancellationToken);
        await AddAsync(storage, StorageLayout.Five9UsersTable, Enumerable.Range(0, count).Select(n => many.UserOf(Centre(n))), cancellationToken);

        many.Take();
        return many;
    }

    public Task TickAsync(CancellationToken cancellationToken) => _services.GetRequiredService<ScheduleImports>().RunAsync(cancellationToken);

    /// <summary>Of each run, whose it is.</summary>
    public async Task<IReadOnlyList<string>> RunsAsync(CancellationToken cancellationToken) =>
        await new TableClient(_storage, StorageLayout.ImportRunsTable).QueryAsync<TableEntity>(select: [nameof(TableEntity.PartitionKey)], cancellationToken: cancellationToken).Select(row => row.PartitionKey).ToListAsync(cancellationToken);

    /// <summary>What was asked of storage since the last look: requests, after how many seconds each import job shows, and the most bytes that were alive.</summary>
    public (int Requests, IReadOnlyList<int> JobsAfter, long Bytes) Take() => _traffic.Take();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task AddAsync(string storage, string table, IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        foreach (var some in rows.Chunk(100))
        {
            await new TableClient(storage, table).SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken);
        }
    }

    private TableEntity UserOf(Integration integration) => new(Five9UsersKeys.Partition, Five9UserTable.KeyOf(integration))
    {
        ["Host"] = integration.Host.Authority,
        ["UserName"] = integration.UserName,
        ["CredentialVersions"] = $$$"""{"{{{integration.SecretName}}}":{"Version":"0123456789abcdef0123456789abcdef","State":"InForce"} }""",
        ["QuotaUntil"] = "{}",
        ["OpenRuns"] = "[]",
        ["UnderWay"] = "[]",
        ["Ticks"] = $$$"""{"{{{integration.Id}}}":{"Run":"","HistoryDone":"{{{_services.GetRequiredService<HistoryMaintenance>().AsOf(integration, Clock.Now)}}}"} }""",
    };

    private static Integration Centre(int n) => ImportData.Acme with
    {
        Id = Text($"centre-{n:00000}"),
        Name = Text($"Centre {n}"),
        UserName = Text($"importer-{n}@example.com"),
        SecretName = Text($"five9-centre-{n:00000}"),
        Reports = "agent-states,calls",
        HistoryStart = new LocalDate(2026, 11, 1),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class TickTraffic : HttpPipelinePolicy
    {
        // A full collection each time: seldom enough not to be what is measured.
        private const int RequestsBetweenLooks = 5000;

        private readonly Lock _lock = new();
        private int _requests;
        private List<int> _jobs = [];
        private long _bytes;

        public (int Requests, IReadOnlyList<int> JobsAfter, long Bytes) Take()
        {
            lock (_lock)
            {
                Look();
                var taken = (_requests, _jobs, _bytes);
                (_requests, _jobs, _bytes) = (0, [], 0);
                return taken;
            }
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var uri = message.Request.Uri.ToUri();
            lock (_lock)
            {
                _requests++;
                if (message.Request.Method == RequestMethod.Post && uri.AbsolutePath.EndsWith($"/{StorageLayout.ImportJobs}/messages", StringComparison.Ordinal))
                {
                    _jobs.Add(int.Parse(HttpUtility.ParseQueryString(uri.Query)["visibilitytimeout"] ?? "0", CultureInfo.InvariantCulture));
                }

                if (_requests % RequestsBetweenLooks == 0)
                {
                    Look();
                }
            }

            return ProcessNextAsync(message, pipeline);
        }

        private void Look() => _bytes = Math.Max(_bytes, GC.GetTotalMemory(forceFullCollection: true) - _jobs.Count * sizeof(int));
    }
}
