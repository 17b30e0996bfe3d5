using System.Text;
using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// The agent-state report of a contact centre that does not exist: a pure function of seed, number of agents, zone and local
/// date. 100 to 250 rows for each agent and day worked; about one row in 2,000 has to be quarantined.
/// </summary>
/// <param name="seed">The same seed gives the same rows, whatever window they are asked in.</param>
/// <param name="zone">The zone of the rows, and of the shifts.</param>
public sealed class GeneratedAgentStates(int seed, int agents, DateTimeZone zone) : IReportSource
{
    public IReadOnlyList<GeneratedAgent> Agents { get; } = [.. Enumerable.Range(0, agents).Select(GeneratedAgent.Of)];

    public ReadOnlyMemory<byte> Header { get; } = Encoding.UTF8.GetBytes(GeneratedState.Columns);

    internal int Seed => seed;

    internal DateTimeZone Zone => zone;

    /// <summary>By date of the shift, then by agent: like Five9's reports, not sorted by start.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf)
    {
        // A night shift of the day before reaches into the window.
        var first = window.Start.InZone(zone).Date.PlusDays(-1);
        var last = Instant.Min(window.End, asOf).InZone(zone).Date;
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            foreach (var state in Agents.SelectMany(agent => GeneratedShift.Of(seed, agent, date, zone)))
            {
                if (window.Contains(state.Start) && state.Start <= asOf)
                {
                    yield return state.ToCsv(zone, asOf);
                }
            }
        }
    }
}
