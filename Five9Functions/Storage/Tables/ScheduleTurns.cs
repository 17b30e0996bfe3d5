using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>Whose turn it is to replace an integration's schedules.</summary>
/// <param name="Number">Counts the turns.</param>
/// <param name="Owner">What the turn was taken for: a hash of all that was asked.</param>
/// <param name="Until">When the turn ends by itself; null when it was given back.</param>
public sealed record ScheduleTurn(int Number, string Owner, Instant? Until);

/// <summary>
/// One replacement of an integration's schedules at a time: a row with an ETag. Whoever dies with the turn keeps it for five minutes,
/// except from a repetition of the same request, which goes on at once.
/// </summary>
public sealed class ScheduleTurns(TableClient table, TimeProvider time)
{
    // Longer than any HTTP function may run.
    private static readonly Duration Length = Duration.FromMinutes(5);

    public async Task<Versioned<ScheduleTurn>> ReadAsync(string integration, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(SchedulesKeys.TurnPartition(integration), SchedulesKeys.TurnRow, cancellationToken: cancellationToken);
        return row.HasValue
            ? new(new(row.Value!.Int(nameof(ScheduleTurn.Number)), row.Value!.Text(nameof(ScheduleTurn.Owner)), row.Value!.InstantOrNull(nameof(ScheduleTurn.Until))), row.Value!.ETag)
            : new(new(0, "", null), default);
    }

    /// <returns>The turn; null when somebody else has it.</returns>
    public async Task<ScheduleTurn?> TryTakeAsync(string integration, string owner, CancellationToken cancellationToken)
    {
        var (held, now) = (await ReadAsync(integration, cancellationToken), Instant.FromDateTimeOffset(time.GetUtcNow()));
        if (held.Value.Until > now && held.Value.Owner != owner)
        {
            return null;
        }

        var turn = new ScheduleTurn(held.Value.Number + 1, owner, now + Length);
        return await TryWriteAsync(integration, turn, held.ETag, cancellationToken) ? turn : null;
    }

    /// <summary>Whether nobody has taken the turn since.</summary>
    public async Task<bool> IsHeldAsync(string integration, ScheduleTurn turn, CancellationToken cancellationToken) => (await ReadAsync(integration, cancellationToken)).Value.Number == turn.Number;

    /// <summary>Gives the turn back, unless somebody else has it by now.</summary>
    public async Task GiveBackAsync(string integration, ScheduleTurn turn, CancellationToken cancellationToken)
    {
        var held = await ReadAsync(integration, cancellationToken);
        if (held.Value.Number == turn.Number)
        {
            await TryWriteAsync(integration, turn with { Until = null }, held.ETag, cancellationToken);
        }
    }

    private Task<bool> TryWriteAsync(string integration, ScheduleTurn turn, ETag read, CancellationToken cancellationToken)
    {
        var row = new TableEntity(SchedulesKeys.TurnPartition(integration), SchedulesKeys.TurnRow)
        {
            [nameof(turn.Number)] = turn.Number,
            [nameof(turn.Owner)] = turn.Owner,
        };
        row.Set(nameof(turn.Until), turn.Until);
        return read == default ? table.TryAddAsync(row, cancellationToken) : table.TryReplaceAsync(row, read, cancellationToken);
    }
}
