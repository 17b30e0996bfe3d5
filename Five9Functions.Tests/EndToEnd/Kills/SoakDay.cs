using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>
/// One day of 50 generated agents, the first hours of each shift, in two forms that Five9 can tell: as it was, and as it was
/// corrected, where agents 31 to 40 did something else and agents 41 to 50 did nothing. On other days nobody works.
/// </summary>
internal sealed class SoakDay(LocalDate date) : IReportSource
{
    private const int StatesOfAnAgent = 30;

    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private volatile bool _corrected;

    public bool Corrected { get => _corrected; set => _corrected = value; }

    public ReadOnlyMemory<byte> Header { get; } = Encoding.UTF8.GetBytes(GeneratedState.Columns);

    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf) =>
        from agent in new GeneratedAgentStates(1, _corrected ? 40 : 50, _zone).Agents
        from state in GeneratedShift.Of(_corrected && agent.Number >= 30 ? 2 : 1, agent, date, _zone).Take(StatesOfAnAgent)
        where window.Contains(state.Start) && state.Start <= asOf && state.Start.InZone(_zone).Date == date
        select (ReadOnlyMemory<byte>)state.ToCsv(_zone, asOf);
}
