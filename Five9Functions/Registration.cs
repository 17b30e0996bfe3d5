using Azure.Data.Tables;
using Five9Functions.Api;
using Five9Functions.Api.Adherence;
using Five9Functions.Api.Queries;
using Five9Functions.Connections;
using Five9Functions.Credentials;
using Five9Functions.Five9.Soap;
using Five9Functions.Functions;
using Five9Functions.Health;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Queries;
using Five9Functions.RealTime;
using Five9Functions.Retention;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Five9Functions;

/// <summary>Everything the app is made of, in the order of the flow; the same for the Functions host and for LocalHost.</summary>
public static class Registration
{
    public static IServiceCollection AddFive9Functions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ImportOptions>().Bind(configuration.GetSection(ImportOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ImportOptions>, ValidateImports>();
        services.AddOptions<IntegrationOptions>().Configure(options => options.Read(configuration.GetSection(IntegrationSettings.Section))).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntegrationOptions>, ValidateIntegrations>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddTelemetry(configuration);
        services.AddSingleton<ImportMetrics>();
        services.AddSingleton<HealthMetrics>();
        services.AddSingleton<MeasureHealth>();
        services.AddSingleton<FunctionTracing>();
        services.AddStorageClients(configuration);
        services.AddSingleton<PrepareStorage>();
        services.AddHostedService(provider => provider.GetRequiredService<PrepareStorage>());

        services.AddSingleton<IntegrationTable>();
        services.AddSingleton<RemovedIntegrations>();
        services.AddKeyVault(configuration);
        services.AddSingleton<SecretStore>();
        services.AddSingleton<Five9Secrets>();
        services.AddSingleton<Five9Hosts>();
        services.AddSingleton<Logins>();
        services.AddHostedService<SeedIntegrations>();

        services.AddSingleton<ImportQueues>();
        services.AddSingleton<ImportRunTable>();
        services.AddSingleton<ImportSliceTable>();
        services.AddSingleton<Five9UserTable>();
        services.AddSingleton<SecretTurns>();
        services.AddSingleton<IntegrationUpdates>();
        services.AddSingleton<ImportHistoryCheck>();
        services.AddSingleton<InitialImportProgress>();
        services.AddSingleton<ConnectionCheck>();

        services.AddSingleton<ScheduleImports>();
        services.AddSingleton<Watchdog>();
        services.AddSingleton<DeletionScheduler>();
        services.AddSingleton<PlannableReports>();
        services.AddSingleton<HistoryMaintenance>();
        services.AddSingleton<OpenRunReconciler>();
        services.AddSingleton<RunOpening>();
        services.AddSingleton<ManualImports>();
        services.AddSingleton<RunControl>();

        services.AddSingleton<StartImport>();
        services.AddSingleton<ReportLedgers>();
        services.AddSingleton<SliceDispatch>();
        services.AddSingleton<CancelledRun>();

        services.AddSingleton<SliceThrows>();
        services.AddSingleton<DownloadSlots>();
        services.AddSingleton<FailedReads>();
        services.AddSingleton<FetchReport>();
        services.AddSingleton<SliceStepRunner>();
        services.AddSingleton<QueueListing>();
        services.AddSingleton<CredentialGuard>();
        services.AddSingleton<ReportLanding>();
        services.AddSingleton<DamagedDays>();
        services.AddOptions<Five9ClientOptions>().Bind(configuration.GetSection(Five9ClientOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<Five9ClientOptions>, ValidateFive9Client>();
        services.AddSingleton<IValidateOptions<Five9ClientOptions>, ValidateFive9Hosts>();
        services.AddFive9AdminClient();
        services.AddSupervisorClient();

        services.AddRotation(configuration);

        services.AddSingleton<NormalizeDay>();
        services.AddSingleton<SliceCompletion>();
        services.AddSingleton<IDayProjection, AgentStateDayProjection>();
        services.AddSingleton<CallDayProjection>();
        services.AddSingleton<IDayProjection>(provider => provider.GetRequiredService<CallDayProjection>());
        services.AddSingleton<AgentStateDayReader>();
        services.AddSingleton<CallDayReader>();
        services.AddSingleton<RawDayStore>();
        services.AddSingleton<CompareDay>();
        services.AddSingleton<DayComparison>();
        services.AddSingleton<RunDiffTable>();
        services.AddSingleton<ReportDayTable>();
        services.AddRealTime(configuration);
        services.AddTable(StorageLayout.AgentStatesTable, (table, time, provider) => new AgentStatesTable(table, time, provider.GetService<ILogger<AgentStatesTable>>()));
        services.AddTable(StorageLayout.QueueIntervalsTable, (table, time, provider) => new QueueIntervalsTable(table, time, provider.GetService<ILogger<QueueIntervalsTable>>()));
        services.AddTable(StorageLayout.CallsTable, (table, time, provider) => new CallsTable(table, time, provider.GetService<ILogger<CallsTable>>()));
        services.AddTable(StorageLayout.QueuesTable, (table, time, provider) => new QueuesTable(table, time, provider.GetService<ILogger<QueuesTable>>()));
        services.AddTable(StorageLayout.WorkloadsTable, (table, _) => new WorkloadsTable(table));
        services.AddTable(StorageLayout.SchedulesTable, (table, time) => new SchedulesTable(table, time));
        services.AddTable(StorageLayout.SchedulesTable, (table, time) => new ScheduleTurns(table, time));
        services.AddTable(StorageLayout.ActivitiesTable, (table, _) => new ActivitiesTable(table));
        services.AddSingleton<ReplaceSchedules>();

        services.AddSingleton<CoverageReader>();
        services.AddSingleton<QueueWorkloads>();
        services.AddSingleton<IntervalResults>();
        services.AddSingleton<Timelines>();
        services.AddSingleton<RawRows>();
        services.AddSingleton<CallRows>();
        services.AddSingleton<AdherenceResults>();

        services.AddSingleton<RemoveData>();
        services.AddSingleton<HealthReader>();
        services.AddSingleton<IntegrationData>();
        services.AddSingleton<RemovedSecret>();

        services.AddSingleton<ApiErrorHandler>();
        services.AddSingleton<IntegrationLookup>();
        services.AddSingleton<HealthApi>();
        services.AddSingleton<IntegrationsApi>();
        services.AddSingleton<IntegrationActionsApi>();
        services.AddSingleton<RemovalApi>();
        services.AddSingleton<ImportsApi>();
        services.AddSingleton<CredentialApi>();
        services.AddSingleton<CoverageApi>();
        services.AddSingleton<QueuesApi>();
        services.AddSingleton<IntervalsApi>();
        services.AddSingleton<TimelinesApi>();
        services.AddSingleton<ReportedApi>();
        services.AddSingleton<LiveApi>();
        services.AddSingleton<SchedulesApi>();
        services.AddSingleton<ActivitiesApi>();
        services.AddSingleton<AdherenceApi>();
        return services;
    }

    private static void AddTable<T>(this IServiceCollection services, string name, Func<TableClient, TimeProvider, T> create)
        where T : class =>
        services.AddTable(name, (table, time, _) => create(table, time));

    private static void AddTable<T>(this IServiceCollection services, string name, Func<TableClient, TimeProvider, IServiceProvider, T> create)
        where T : class =>
        services.AddSingleton(provider => create(provider.GetRequiredService<TableServiceClient>().GetTableClient(name), provider.GetRequiredService<TimeProvider>(), provider));
}
