using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Hosting;

namespace Five9Functions.Storage;

/// <summary>
/// Creates what is missing before the first function runs, so that a new storage account needs no preparation; and again when a
/// function finds that somebody has deleted it.
/// </summary>
public sealed class PrepareStorage(BlobServiceClient blobs, QueueServiceClient queues, TableServiceClient tables, TimeProvider time) : IHostedService
{
    // The service takes half a minute or more to delete, and refuses the name meanwhile.
    private const int TriesAtStart = 13;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <exception cref="InvalidOperationException">Something was still being deleted after a minute; the message names it.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => CreateAsync(TriesAtStart, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does some work, and does it once more if a table, container or queue was missing and could be created.</summary>
    /// <exception cref="InvalidOperationException">It is just being deleted: try again later.</exception>
    public async Task WithItAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (IsMissing(e))
        {
            await CreateAsync(tries: 1, cancellationToken);
            await work();
        }
    }

    private static bool IsMissing(Exception? e) => e switch
    {
        RequestFailedException { ErrorCode: "TableNotFound" or "ContainerNotFound" or "QueueNotFound" } => true,
        AggregateException several => several.InnerExceptions.Any(IsMissing),
        { InnerException: { } inner } => IsMissing(inner),
        _ => false,
    };

    private async Task CreateAsync(int tries, CancellationToken cancellationToken)
    {
        await CreateAsync($"The container {StorageLayout.RawDays}", () => blobs.GetBlobContainerClient(StorageLayout.RawDays).CreateIfNotExistsAsync(cancellationToken: cancellationToken), tries, cancellationToken);
        await Task.WhenAll(StorageLayout.Queues.Select(name =>
            CreateAsync($"The queue {name}", () => queues.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken), tries, cancellationToken)));
        await Task.WhenAll(StorageLayout.Tables.Select(name =>
            CreateAsync($"The table {name}", () => tables.GetTableClient(name).CreateIfNotExistsAsync(cancellationToken), tries, cancellationToken)));
    }

    private async Task CreateAsync(string what, Func<Task> create, int tries, CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                await create();
                return;
            }
            catch (RequestFailedException e) when (e.ErrorCode is "TableBeingDeleted" or "ContainerBeingDeleted" or "QueueBeingDeleted")
            {
                if (i == tries)
                {
                    throw new InvalidOperationException($"{what} is being deleted; its name is free again when the storage service is done, in about a minute.", e);
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
