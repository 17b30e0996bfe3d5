using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>Some minutes of one agent's day, before and after.</summary>
/// <param name="Window">From a whole minute on; inside one local day.</param>
/// <param name="Reported">What Five9 said of that agent's day.</param>
/// <param name="Stored">The segments of that day in the table.</param>
internal sealed record AgentStretch(Interval Window, DateTimeZone Zone, IReadOnlyList<ReportedState> Reported, IReadOnlyList<Segment> Stored)
{
    public string Agent => Reported[0].Agent;

    public string AgentName => Reported[0].AgentName;
}
