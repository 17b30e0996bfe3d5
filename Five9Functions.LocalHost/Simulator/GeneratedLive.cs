using System.Collections.Concurrent;
using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The generated agents at a moment, in step with their report: of the states that run in parallel, the one that began last.</summary>
public sealed class GeneratedLive(GeneratedAgentStates states) : ILiveSource
{
    private readonly ConcurrentDictionary<LocalDate, IReadOnlyList<IReadOnlyList<GeneratedState>>> _days = new();

    public IReadOnlyList<LiveRow> At(Instant now)
    {
        var today = now.InZone(states.Zone).Date;
        foreach (var old in _days.Keys.Where(date => date < today.PlusDays(-1)))
        {
            _days.TryRemove(old, out _);
        }

        // A night shift of the day before reaches into today.
        return [.. Day(today.PlusDays(-1)).Zip(Day(today)).Select(agent => Of([.. agent.First, .. agent.Second], now)).OfType<LiveRow>()];
    }

    private IReadOnlyList<IReadOnlyList<GeneratedState>> Day(LocalDate date) => _days.GetOrAdd(
        date, _ => [.. states.Agents.Select(agent => (IReadOnlyList<GeneratedState>)[.. GeneratedShift.Of(states.Seed, agent, date, states.Zone).Where(state => state is { NoAgent: false, Length: null })])]);

    private static LiveRow? Of(List<GeneratedState> all, Instant now)
    {
        var running = all.Where(state => state.Start <= now && now < state.End).ToList();
        var seen = running.Where(state => state.State != "Login").OrderByDescending(state => state.Start).ThenBy(state => state.End).FirstOrDefault();
        if (running.Find(state => state.State == "Login") is not { } login)
        {
            return null;
        }

        var state = seen ?? login with { State = "Not Ready" };

        // The report cuts a state at midnight; it began before.
        var since = all.Find(before => before.End == state.Start && before.State == state.State && before.CallId == state.CallId && before.ReasonCode == state.ReasonCode)?.Start ?? state.Start;
        var agent = state.Agent;
        var campaign = state.CallType switch
        {
            "Inbound" => $"{(agent.Group == "Sales" ? "Support EN" : agent.Group)} - Inbound",
            "" => "",
            _ => "Sales - Outbound",
        };
        return new LiveRow(agent.Login, $"{agent.FirstName} {agent.LastName}", state.State, state.ReasonCode, since, state.CallType, campaign);
    }
}
