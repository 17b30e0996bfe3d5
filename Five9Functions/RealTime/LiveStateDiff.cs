using System.Text.Encodings.Web;
using System.Text.Json;
using Five9Functions.AgentStates;
using Five9Functions.Five9.Soap;
using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>What an answer of Five9's changes of what is stored. Pure.</summary>
internal static class LiveStateDiff
{
    private const string LoggedOut = "Logged Out";

    private const string Agent = "Username";
    private const string State = "State";
    private const string StateSince = "State Since";
    private const string Reason = "Reason Code";
    private const string CallType = "Call Type";
    private const string Campaign = "Campaign Name";

    // They are other ones each second, and follow from the time since when.
    private static readonly HashSet<string> Lengths = new(StringComparer.OrdinalIgnoreCase) { "State Duration", "Reason Duration" };

    // A row has room for many such columns, but not for any length.
    private const int MaxOther = 256;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole answer has no agent at all.</summary>
    public static bool HasNoAgent(LiveStatistics all)
    {
        var agent = all.Columns.ToList().FindIndex(column => column.Equals(Agent, StringComparison.OrdinalIgnoreCase));
        return agent < 0 || all.Rows.All(row => agent >= row.Count || row[agent].Length == 0);
    }

    /// <summary>All agents were told; whoever is missing has been logged out from now on.</summary>
    /// <param name="stored">By name.</param>
    /// <param name="seen">When Five9 last said that all of it was so.</param>
    /// <returns>The rows that are other ones now, in the order of the names.</returns>
    public static IReadOnlyList<LiveAgent> Of(LiveStatistics all, IReadOnlyDictionary<string, LiveAgent> stored, Instant seen, Instant now, DateTimeZone zone)
    {
        var told = new Dictionary<string, LiveAgent>(StringComparer.Ordinal);
        foreach (var row in all.Rows)
        {
            var values = all.Columns.Zip(row).GroupBy(pair => pair.First, StringComparer.OrdinalIgnoreCase).ToDictionary(pair => pair.Key, pair => pair.First().Second, StringComparer.OrdinalIgnoreCase);
            if (values.GetValueOrDefault(Agent) is { Length: > 0 } agent)
            {
                told[agent] = Next(agent, stored.GetValueOrDefault(agent), values, isWhole: true, tellsSince: true, seen, now, zone);
            }
        }

        return Different(told.Values.Concat(Gone(stored.Keys.Where(agent => !told.ContainsKey(agent)), stored, seen, now)), stored);
    }

    /// <summary>Some values are other ones now.</summary>
    /// <inheritdoc cref="Of(LiveStatistics, IReadOnlyDictionary{string, LiveAgent}, Instant, Instant, DateTimeZone)" path="/param|/returns"/>
    /// <param name="columns">What was asked for: what of it is not told stays as it was.</param>
    public static IReadOnlyList<LiveAgent> Of(LiveUpdate update, IReadOnlyList<string> columns, IReadOnlyDictionary<string, LiveAgent> stored, Instant seen, Instant now, DateTimeZone zone)
    {
        var tellsSince = columns.Contains(StateSince, StringComparer.OrdinalIgnoreCase);
        var told = update.Values.GroupBy(value => value.Agent, StringComparer.Ordinal).ToDictionary(
            agent => agent.Key,
            agent => Next(
                agent.Key,
                stored.GetValueOrDefault(agent.Key),
                agent.GroupBy(value => value.Column, StringComparer.OrdinalIgnoreCase).ToDictionary(value => value.Key, value => value.Last().Value, StringComparer.OrdinalIgnoreCase),
                isWhole: update.Added.Contains(agent.Key, StringComparer.Ordinal),
                tellsSince,
                seen,
                now,
                zone),
            StringComparer.Ordinal);
        foreach (var added in update.Added.Where(agent => !told.ContainsKey(agent)))
        {
            told[added] = Next(added, stored.GetValueOrDefault(added), [], isWhole: true, tellsSince, seen, now, zone);
        }

        // Who is deleted and added in one answer is there: Five9 does not say in which order it happened, and tells values of those who are.
        return Different(told.Values.Concat(Gone(update.Deleted.Where(agent => !told.ContainsKey(agent)), stored, seen, now)), stored);
    }

    /// <param name="isWhole">What is not told there is not: nothing stays as it was.</param>
    /// <param name="tellsSince">Whether Five9 says when another state began: what it does not say then is as it was. If not, it began when it was told.</param>
    private static LiveAgent Next(string agent, LiveAgent? before, Dictionary<string, string> told, bool isWhole, bool tellsSince, Instant seen, Instant now, DateTimeZone zone)
    {
        var was = isWhole ? null : before?.State;
        var state = told.GetValueOrDefault(State) ?? was?.State ?? "";
        var began = told.TryGetValue(StateSince, out var text) ? LiveTime.Parse(text, zone)
            : was is not null && (was.State == state || tellsSince) ? was.Since
            : null;
        return new LiveAgent(
            LiveHistory.After(before?.State, new LiveAgentState(
                agent,
                state,
                StateNames.Read(state).Kind,
                Value(Reason, was?.Reason),
                Value(CallType, was?.CallType),
                Value(Campaign, was?.Campaign),
                began ?? (before is { } known && known.State.State == state ? known.State.Since : Second(now)), // a time that cannot be read moves nothing
                Second(now)), seen),
            Others(isWhole ? "" : before?.Other ?? "", told));

        string? Value(string column, string? otherwise) => told.TryGetValue(column, out var value) ? value.Length > 0 ? value : null : otherwise;
    }

    private static string Others(string before, Dictionary<string, string> told)
    {
        var others = new SortedDictionary<string, string>(before.Length > 0 ? JsonSerializer.Deserialize<Dictionary<string, string>>(before)! : [], StringComparer.Ordinal);
        foreach (var (column, value) in told.Where(value => !IsKnown(value.Key)))
        {
            others[column] = value.Length <= MaxOther ? value : value[..MaxOther];
        }

        return others.Count == 0 ? "" : JsonSerializer.Serialize(others, Json);
    }

    private static bool IsKnown(string column) =>
        Lengths.Contains(column) || new[] { Agent, State, StateSince, Reason, CallType, Campaign }.Contains(column, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<LiveAgent> Gone(IEnumerable<string> agents, IReadOnlyDictionary<string, LiveAgent> stored, Instant seen, Instant now) =>
        from agent in agents
        let known = stored.GetValueOrDefault(agent)?.State
        where known is not null && known.Kind != StateKind.LoggedOut
        select new LiveAgent(LiveHistory.After(known, new LiveAgentState(agent, LoggedOut, StateKind.LoggedOut, null, null, null, Second(now), Second(now)), seen));

    // When Five9 told it is no difference.
    private static IReadOnlyList<LiveAgent> Different(IEnumerable<LiveAgent> next, IReadOnlyDictionary<string, LiveAgent> stored) =>
    [
        .. next.Where(agent => !stored.TryGetValue(agent.State.Agent, out var known) || known with { State = known.State with { AsOf = agent.State.AsOf } } != agent)
            .OrderBy(agent => agent.State.Agent, StringComparer.Ordinal),
    ];

    private static Instant Second(Instant now) => Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
}
