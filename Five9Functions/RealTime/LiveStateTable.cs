using Azure.Data.Tables;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Microsoft.Extensions.Logging;

namespace Five9Functions.RealTime;

/// <summary>The table LiveAgentStates: docs/tables.md. Whoever writes agents' rows writes the session's row with them, on condition that it is as he read it.</summary>
public sealed class LiveStateTable(TableServiceClient tables, ILogger<LiveStateTable>? logger = null)
{
    // A transaction has 100 rows, one of them the session's.
    private const int MaxAgents = 99;

    private readonly ForeignRows _foreign = new(StorageLayout.LiveAgentStatesTable, logger);

    private readonly TableClient _table = tables.GetTableClient(StorageLayout.LiveAgentStatesTable);

    internal async Task<Versioned<LiveSession>?> FindSessionAsync(string integration, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(LiveAgentStatesKeys.Partition(integration), LiveAgentStatesKeys.SessionRow, cancellationToken: cancellationToken);
        return row.HasValue ? new Versioned<LiveSession>(LiveRows.ReadSession(row.Value!), row.Value!.ETag) : null;
    }

    /// <summary>The session, null before the first poll, and all agents by name.</summary>
    internal async Task<(LiveSession? Session, IReadOnlyDictionary<string, LiveAgent> Agents)> ReadAsync(string integration, CancellationToken cancellationToken)
    {
        var (session, agents) = ((LiveSession?)null, new Dictionary<string, LiveAgent>(StringComparer.Ordinal));
        await foreach (var row in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {LiveAgentStatesKeys.Partition(integration)}"), cancellationToken: cancellationToken))
        {
            if (row.RowKey == LiveAgentStatesKeys.SessionRow)
            {
                session = LiveRows.ReadSession(row);
            }
            else
            {
                // A row that cannot be read is as if there were none: what Five9 tells next of the agent is written over it.
                if (_foreign.ReadOrNull(row, LiveRows.ReadAgent, agent => LiveAgentStatesKeys.Row(agent.State.Agent)) is { } known)
                {
                    agents.Add(known.State.Agent, known);
                }
            }
        }

        return (session, agents);
    }

    /// <summary>Writes the session alone.</summary>
    /// <param name="from">As it was read; null for none.</param>
    /// <returns>False when somebody else was faster.</returns>
    internal Task<bool> TryWriteAsync(string integration, Versioned<LiveSession>? from, LiveSession to, CancellationToken cancellationToken)
    {
        var row = LiveRows.Write(integration, to);
        return from is { } read ? _table.TryReplaceAsync(row, read.ETag, cancellationToken) : _table.TryAddAsync(row, cancellationToken);
    }

    /// <summary>
    /// Writes agents' rows and the session. Where it takes more than one transaction, the session is <see cref="LiveSession.Incomplete"/>
    /// in all but the last and keeps what was known of it, so that whoever finds it so asks Five9 for the same again.
    /// </summary>
    /// <param name="from">As it was read.</param>
    /// <returns>False when somebody else was faster; some of the rows can be written all the same.</returns>
    internal async Task<bool> TryWriteAsync(string integration, Versioned<LiveSession> from, IReadOnlyList<LiveAgent> agents, LiveSession to, CancellationToken cancellationToken)
    {
        if (agents.Count == 0)
        {
            return await TryWriteAsync(integration, from, to, cancellationToken);
        }

        var (version, read, left) = (from.Value.Version, from.ETag, agents.Count);
        foreach (var batch in agents.Chunk(MaxAgents))
        {
            left -= batch.Length;
            version++;
            var session = left == 0 ? to with { Version = version, Incomplete = false } : from.Value with { Version = version, Incomplete = true };
            TableTransactionAction[] actions =
            [
                new(TableTransactionActionType.UpdateReplace, LiveRows.Write(integration, session), read),
                .. batch.Select(agent => new TableTransactionAction(TableTransactionActionType.UpsertReplace, LiveRows.Write(integration, agent))),
            ];
            try
            {
                var answers = await _table.SubmitTransactionAsync(actions, cancellationToken);
                read = answers.Value[0].Headers.ETag!.Value;
            }
            catch (TableTransactionFailedException e) when (e.Status == 412 || (e.Status == 404 && e.ErrorCode != "TableNotFound"))
            {
                return false;
            }
        }

        return true;
    }
}
