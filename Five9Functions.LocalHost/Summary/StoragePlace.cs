using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Five9Functions.LocalHost.Summary;

/// <summary>Where the tables are, for a person with Storage Explorer.</summary>
/// <param name="Connection">A connection string to type in; null for an account whose key is nobody's business.</param>
/// <param name="Folder">Where Azurite keeps it; null when it is in memory or in an account.</param>
/// <param name="Ports">Those of Azurite: blobs, queues, tables.</param>
internal sealed record StoragePlace(string? Connection, string? Folder, IReadOnlyList<int> Ports)
{
    private static readonly int[] Usual = [10000, 10001, 10002];

    public static StoragePlace Account() => new(null, null, []);

    public static StoragePlace Azurite(string connection, string? folder)
    {
        int[] ports = [new BlobServiceClient(connection).Uri.Port, new QueueServiceClient(connection).Uri.Port, new TableServiceClient(connection).Uri.Port];
        return new StoragePlace(ports.SequenceEqual(Usual) ? "UseDevelopmentStorage=true" : connection, folder, ports);
    }
}
