using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.Storage;

/// <summary>
/// The storage account of the Functions host: <c>AzureWebJobsStorage</c> as a connection string, or
/// <c>AzureWebJobsStorage:blobServiceUri</c>, <c>queueServiceUri</c> and <c>tableServiceUri</c> with the app's identity.
/// Registered options objects let a host change the pipeline; without them it is that of <see cref="StorageRetries.Brief"/>.
/// </summary>
internal static class StorageClients
{
    private const string Setting = "AzureWebJobsStorage";

    public static IServiceCollection AddStorageClients(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.AddSingleton(provider =>
        {
            var options = Counted(provider, "blob", provider.GetService<BlobClientOptions>() ?? StorageRetries.Brief(new BlobClientOptions()));
            return configuration[Setting] is { Length: > 0 } connection
                ? new BlobServiceClient(connection, options)
                : new BlobServiceClient(Endpoint(configuration, "blob"), provider.GetRequiredService<TokenCredential>(), options);
        });
        services.AddSingleton(provider =>
        {
            var options = Counted(provider, "queue", provider.GetService<QueueClientOptions>() ?? StorageRetries.Brief(new QueueClientOptions()));
            options.MessageEncoding = QueueMessageEncoding.Base64;
            return configuration[Setting] is { Length: > 0 } connection
                ? new QueueServiceClient(connection, options)
                : new QueueServiceClient(Endpoint(configuration, "queue"), provider.GetRequiredService<TokenCredential>(), options);
        });
        services.AddSingleton(provider =>
        {
            var options = Counted(provider, "table", provider.GetService<TableClientOptions>() ?? StorageRetries.Brief(new TableClientOptions()));
            return configuration[Setting] is { Length: > 0 } connection
                ? new TableServiceClient(connection, options)
                : new TableServiceClient(Endpoint(configuration, "table"), provider.GetRequiredService<TokenCredential>(), options);
        });
        return services;
    }

    private static T Counted<T>(IServiceProvider provider, string service, T options)
        where T : ClientOptions
    {
        options.AddPolicy(new CountedRequests(provider.GetRequiredService<StorageMetrics>(), service), HttpPipelinePosition.PerRetry);
        return StorageRetries.Apply(options);
    }

    private static Uri Endpoint(IConfiguration configuration, string service) =>
        configuration[$"{Setting}:{service}ServiceUri"] is { Length: > 0 } uri
            ? new Uri(uri)
            : throw new InvalidOperationException($"Set {Setting} to a connection string, or {Setting}__{service}ServiceUri to the address of the {service} service.");
}
