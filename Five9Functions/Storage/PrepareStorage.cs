using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Storage.Tables;
using Microsoft.Extensions.Hosting;

namespace Five9Functions.Storage;

/// <summary>Creates what is missing before the first function runs, so that a new storage account needs no preparation.</summary>
internal sealed class PrepareStorage(BlobServiceClient blobs, QueueServiceClient queues, TableServiceClient tables) : IHostedService
{
    public static IReadOnlyList<string> Tables { get; } =
        [IntegrationTable.TableName, Five9Users.TableName, ImportRuns.TableName, ImportSlices.TableName, ReportDays.TableName, AgentStatesTable.Name];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await blobs.GetBlobContainerClient(RawDays.Container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await Task.WhenAll(ImportQueues.Names.Select(name => queues.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)));
        await Task.WhenAll(Tables.Select(name => tables.GetTableClient(name).CreateIfNotExistsAsync(cancellationToken)));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
