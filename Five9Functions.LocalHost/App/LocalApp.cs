using Azure.Core;
using Azure.Storage.Queues;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Five9Functions.LocalHost.App;

/// <summary>How the app is started here.</summary>
public sealed record LocalAppOptions
{
    /// <summary>The app's settings, in the form of configuration keys.</summary>
    public required IReadOnlyDictionary<string, string?> Settings { get; init; }

    /// <summary>The app's clock; the host polls its queues by the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public FunctionsHostOptions Host { get; init; } = FunctionsHostOptions.FromHostJson(Path.Combine(AppContext.BaseDirectory, "host.json"));

    /// <summary>How the host itself speaks to its queues; the app's own clients are among its services.</summary>
    public QueueClientOptions HostQueues { get; init; } = new();

    public Action<ILoggingBuilder> Logging { get; init; } = _ => { };

    /// <summary>Runs before the container is built: a test replaces what it must.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };
}

/// <summary>The app as the Functions host would run it, in this process.</summary>
public sealed class LocalApp : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalApp(ServiceProvider services, FunctionsHost host)
    {
        _services = services;
        Host = host;
    }

    public FunctionsHost Host { get; }

    public IServiceProvider Services => _services;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting cannot work; the message names it.</exception>
    public static async Task<LocalApp> StartAsync(LocalAppOptions options, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(options.Settings).Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton(options.Time);
        collection.AddLogging(options.Logging);
        collection.AddFive9Functions(configuration);
        collection.AddSingleton<RunProgress>();
        options.Services(collection);
        var sent = options.Host.Sent ?? new SentMessages();
        QueueOptions(collection).AddPolicy(sent, HttpPipelinePosition.PerCall);
        var services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        try
        {
            services.GetService<Microsoft.Extensions.Options.IStartupValidator>()?.Validate();
            foreach (var hosted in services.GetServices<IHostedService>())
            {
                await hosted.StartAsync(cancellationToken);
            }

            var queues = new QueueServiceClient(configuration["AzureWebJobsStorage"], options.HostQueues);
            var host = new FunctionsHost(typeof(Registration).Assembly, services, configuration, queues, options.Host with { Sent = sent }, options.Time);
            await host.StartAsync(cancellationToken);
            return new LocalApp(services, host);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>The options of the app's queue clients, from whoever registered them or the app's own.</summary>
    private static QueueClientOptions QueueOptions(ServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(QueueClientOptions))?.ImplementationInstance is QueueClientOptions registered)
        {
            return registered;
        }

        var own = StorageRetries.Brief(new QueueClientOptions());
        services.AddSingleton(own);
        return own;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _services.DisposeAsync();
    }
}
