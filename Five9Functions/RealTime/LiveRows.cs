using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;
using Five9Functions.AgentStates;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime.Text;

namespace Five9Functions.RealTime;

/// <summary>The rows of LiveAgentStates: docs/tables.md.</summary>
internal static class LiveRows
{
    // Timestamp is the service's own column.
    private const string Mark = "Mark";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TableEntity Write(string integration, LiveAgent agent)
    {
        var s = agent.State;
        var row = new TableEntity(LiveAgentStatesKeys.Partition(integration), LiveAgentStatesKeys.Row(s.Agent))
        {
            [nameof(s.Agent)] = s.Agent,
            [nameof(s.State)] = s.State,
            [nameof(s.Kind)] = StateKinds.Word(s.Kind),
            [nameof(s.Reason)] = s.Reason ?? "",
            [nameof(s.CallType)] = s.CallType ?? "",
            [nameof(s.Campaign)] = s.Campaign ?? "",
            [nameof(s.Before)] = WriteBefore(s.Before),
            [nameof(agent.Other)] = agent.Other,
        };
        row.Set(nameof(s.Since), s.Since);
        row.Set(nameof(s.AsOf), s.AsOf);
        return row;
    }

    public static LiveAgent ReadAgent(TableEntity row) => UnreadableRowException.Read(StorageLayout.LiveAgentStatesTable, row, e => new LiveAgent(
        new LiveAgentState(
            e.Text(nameof(LiveAgentState.Agent)),
            e.Text(nameof(LiveAgentState.State)),
            StateKinds.Parse(e.Text(nameof(LiveAgentState.Kind))),
            OrNull(e, nameof(LiveAgentState.Reason)),
            OrNull(e, nameof(LiveAgentState.CallType)),
            OrNull(e, nameof(LiveAgentState.Campaign)),
            e.Instant(nameof(LiveAgentState.Since)),
            e.Instant(nameof(LiveAgentState.AsOf)))
        {
            Before = ReadBefore(e.Text(nameof(LiveAgentState.Before))),
        },
        e.Text(nameof(LiveAgent.Other))));

    public static TableEntity Write(string integration, LiveSession s)
    {
        var row = new TableEntity(LiveAgentStatesKeys.Partition(integration), LiveAgentStatesKeys.SessionRow)
        {
            [nameof(s.Poll)] = s.Poll,
            [nameof(s.Calls)] = s.Calls,
            [nameof(s.Version)] = s.Version,
            [nameof(s.Incomplete)] = s.Incomplete,
            [nameof(s.Missed)] = s.Missed,
            [nameof(s.Reason)] = s.Reason,
            [nameof(s.TakenOver)] = s.TakenOver,
            [nameof(s.Refusals)] = s.Refusals,
            [nameof(s.Columns)] = s.Columns,
            [nameof(s.Openings)] = s.Openings.ToString(),
            [nameof(s.Updates)] = s.Updates.ToString(),
        };
        if (s.Timestamp is { } timestamp)
        {
            row[Mark] = timestamp;
        }

        row.Set(nameof(s.UnderWayUntil), s.UnderWayUntil);
        row.Set(nameof(s.SetAt), s.SetAt);
        row.Set(nameof(s.AsOf), s.AsOf);
        row.Set(nameof(s.TakenBackAt), s.TakenBackAt);
        row.Set(nameof(s.BlockedUntil), s.BlockedUntil);
        row.Set(nameof(s.EmptyAt), s.EmptyAt);
        return row;
    }

    public static LiveSession ReadSession(TableEntity row) => UnreadableRowException.Read(StorageLayout.LiveAgentStatesTable, row, e => new LiveSession
    {
        Poll = e.GetInt64(nameof(LiveSession.Poll)) ?? 0,
        UnderWayUntil = e.InstantOrNull(nameof(LiveSession.UnderWayUntil)),
        Calls = e.Int(nameof(LiveSession.Calls)),
        SetAt = e.InstantOrNull(nameof(LiveSession.SetAt)),
        Timestamp = e.GetInt64(Mark),
        AsOf = e.InstantOrNull(nameof(LiveSession.AsOf)),
        Version = e.GetInt64(nameof(LiveSession.Version)) ?? 0,
        Incomplete = e.Bool(nameof(LiveSession.Incomplete)),
        Missed = e.Int(nameof(LiveSession.Missed)),
        Reason = e.Text(nameof(LiveSession.Reason)),
        TakenOver = e.Bool(nameof(LiveSession.TakenOver)),
        TakenBackAt = e.InstantOrNull(nameof(LiveSession.TakenBackAt)),
        BlockedUntil = e.InstantOrNull(nameof(LiveSession.BlockedUntil)),
        EmptyAt = e.InstantOrNull(nameof(LiveSession.EmptyAt)),
        Refusals = e.Int(nameof(LiveSession.Refusals)),
        Columns = e.Text(nameof(LiveSession.Columns)),
        Openings = LiveCalls.Parse(e.Text(nameof(LiveSession.Openings))),
        Updates = LiveCalls.Parse(e.Text(nameof(LiveSession.Updates))),
    });

    // The newest first: [state, kind, reason, since, until].
    private static string WriteBefore(EarlierLiveState? newest)
    {
        var states = new List<string[]>();
        for (var state = newest; state is not null; state = state.Before)
        {
            states.Add([state.State, StateKinds.Word(state.Kind), state.Reason ?? "", InstantPattern.ExtendedIso.Format(state.Since), InstantPattern.ExtendedIso.Format(state.Until)]);
        }

        return states.Count == 0 ? "" : JsonSerializer.Serialize(states, Json);
    }

    private static EarlierLiveState? ReadBefore(string json) =>
        (json.Length == 0 ? [] : JsonSerializer.Deserialize<string[][]>(json)!).Reverse().Aggregate((EarlierLiveState?)null, (before, state) => new EarlierLiveState(
            state[0], StateKinds.Parse(state[1]), state[2].Length > 0 ? state[2] : null, InstantPattern.ExtendedIso.Parse(state[3]).Value, InstantPattern.ExtendedIso.Parse(state[4]).Value, before));

    private static string? OrNull(TableEntity row, string column) => row.Text(column) is { Length: > 0 } text ? text : null;
}
