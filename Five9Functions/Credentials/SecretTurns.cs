using Azure;
using Azure.Data.Tables;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>
/// Lets one edit at a time store a password under a secret's name, from its row to the vault. Else the passwords of two edits could reach
/// the vault in the other order, and the last one there would be that of the first edit.
/// </summary>
public sealed class SecretTurns(TableServiceClient tables, IOptions<KeyVaultOptions> options, TimeProvider time)
{
    private const string Owner = "Owner";
    private const string Until = "Until";

    // Longer than a vault takes. An instance that dies with a turn keeps the others waiting for as long.
    private static readonly Duration Shortest = Duration.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const int Tries = 300;

    private readonly TableClient _table = tables.GetTableClient(StorageLayout.Five9UsersTable);

    /// <exception cref="TimeoutException">Another edit has had the turn for half a minute.</exception>
    public async Task<IAsyncDisposable> TakeAsync(string secret, CancellationToken cancellationToken)
    {
        var (key, owner) = (Five9UsersKeys.SecretRow(secret), Guid.NewGuid().ToString("N"));
        for (var i = 0; i < Tries; i++)
        {
            var row = new TableEntity(Five9UsersKeys.SecretPartition, key) { [Owner] = owner };
            row.Set(Until, time.Now() + Duration.Max(Shortest, Duration.FromTimeSpan(2 * options.Value.Timeout)));
            if (await _table.TryAddAsync(row, cancellationToken) || await TryTakeOverAsync(row, cancellationToken))
            {
                return new Turn(this, key, owner);
            }

            // By the clock of the machine: what is waited for is another request.
            await Task.Delay(Pause, cancellationToken);
        }

        throw new TimeoutException($"Another edit has been storing a password in the secret {secret} for half a minute.");
    }

    private async Task<bool> TryTakeOverAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var held = await FindAsync(row.RowKey, cancellationToken);
        return held is not null && held.InstantOrNull(Until) <= time.Now() && await _table.TryReplaceAsync(row, held.ETag, cancellationToken);
    }

    private async Task<TableEntity?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Five9UsersKeys.SecretPartition, key, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    private sealed class Turn(SecretTurns turns, string key, string owner) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                if (await turns.FindAsync(key, CancellationToken.None) is { } held && held.Text(Owner) == owner)
                {
                    await turns._table.DeleteEntityAsync(held.PartitionKey, held.RowKey, held.ETag, CancellationToken.None);
                }
            }
            catch (RequestFailedException)
            {
                // It ends by itself; failing here would hide what came of the edit.
            }
        }
    }
}
