using System.Text;
using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// The call log of the same contact centre as the generated agent states: its calls, with the same ids, agents and times, in the
/// columns of Five9's report. One call in twenty is handed over to a third party (two rows with one CALL ID), to as many more nobody
/// answers, and <see cref="GeneratedDetours"/> adds what a call does before somebody works on it. A row appears five minutes after its
/// leg has ended.
/// </summary>
public sealed class GeneratedCallLog(GeneratedAgentStates states) : IReportSource
{
    private const int OneIn = 20;

    // Another sequence than the one that made the shift.
    private const int Salt = 1;
    private const int DetourSalt = 2;

    private static readonly Duration Delay = Duration.FromMinutes(5);

    public ReadOnlyMemory<byte> Header { get; } = Encoding.UTF8.GetBytes(GeneratedLeg.Columns);

    /// <summary>By date of the shift, then by agent: like Five9's reports, not sorted by start.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf)
    {
        // A night shift of the day before reaches into the window.
        var first = window.Start.InZone(states.Zone).Date.PlusDays(-1);
        var last = Instant.Min(window.End, asOf).InZone(states.Zone).Date;
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            foreach (var leg in states.Agents.SelectMany(agent => Legs(agent, date)))
            {
                if (window.Contains(leg.Start) && leg.End + Delay <= asOf)
                {
                    yield return leg.ToCsv(states.Zone);
                }
            }
        }
    }

    private IEnumerable<GeneratedLeg> Legs(GeneratedAgent agent, LocalDate date)
    {
        var day = (date - new LocalDate(2000, 1, 1)).Days;
        var (random, detours) = (SplitMix64.Of(states.Seed, agent.Number, day, Salt), SplitMix64.Of(states.Seed, agent.Number, day, DetourSalt));

        // A repeated or spoiled row has the state and start of a good one before it.
        var calls = GeneratedShift.Of(states.Seed, agent, date, states.Zone)
            .Where(s => s.CallId.Length > 0)
            .DistinctBy(s => (s.CallId, s.State, s.Start))
            .GroupBy(s => s.CallId);
        foreach (var call in calls)
        {
            var leg = Answered(agent, call.Key, [.. call], ref random);
            foreach (var detour in GeneratedDetours.Of(leg, detours.Next(0, 100)))
            {
                yield return detour;
            }

            var handedOver = leg.CallType == "Inbound" && random.OneIn(OneIn);
            yield return handedOver ? leg with { Disposition = "Transferred To 3rd Party", Transfers = 1 } : leg;
            if (handedOver)
            {
                yield return GeneratedLeg.ThirdParty(leg, random.Next(30, 400));
            }

            if (random.OneIn(OneIn))
            {
                yield return GeneratedLeg.HungUp(leg, $"9{call.Key[1..]}", random.Next(5, 120));
            }
        }
    }

    private static GeneratedLeg Answered(GeneratedAgent agent, string id, List<GeneratedState> states, ref SplitMix64 random)
    {
        var inbound = states[0].CallType == "Inbound";
        var talk = states.Where(s => s.State == "On Call").ToList();

        // Two thirds of the callers wait for a quarter of a minute at most.
        var (ivr, wait) = inbound ? (random.Next(5, 40), random.OneIn(3) ? random.Next(15, 90) : random.Next(0, 15)) : (0, 0);
        return new GeneratedLeg
        {
            CallId = id,
            Start = states.Min(s => s.Start) - Duration.FromSeconds(ivr + wait),
            End = talk.Max(s => s.End),
            Campaign = inbound ? $"{(agent.Group == "Sales" ? "Support EN" : agent.Group)} - Inbound" : "Sales - Outbound",
            CallType = states[0].CallType,
            Agent = agent.Login,
            AgentName = $"{agent.FirstName} {agent.LastName}",
            Disposition = inbound ? "Resolved" : "Sale",
            Customer = random.Next(0, 10_000),
            Ivr = inbound ? ivr : null,
            QueueWait = wait,
            Ring = Seconds(states, "Ringing"),

            // Holds lie inside On Call, and TALK TIME includes them too.
            Talk = Seconds(states, "On Call"),
            Hold = Seconds(states, "On Hold"),
            Holds = states.Count(s => s.State == "On Hold"),
            AfterCallWork = Seconds(states, "After Call Work"),
        };
    }

    private static int Seconds(List<GeneratedState> states, string state) =>
        (int)states.Where(s => s.State == state).Sum(s => (s.End - s.Start).TotalSeconds);
}
