using System.Globalization;
using Five9Functions.AgentStates;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>A segment as a line of agent-states.csv. The agent is the first field.</summary>
internal static class SegmentFields
{
    public static readonly string[] Names =
        ["agent", "agentName", "state", "kind", "reasonCode", "callId", "start", "end", "durationSeconds", "reportedStart", "reportedEnd", "adjusted", "provisional"];

    public static string[] Of(Segment s) =>
    [
        s.Agent,
        s.AgentName,
        s.State,
        StateKinds.Word(s.Kind),
        s.ReasonCode,
        s.CallId,
        Time(s.Start),
        Time(s.End),
        ((long)(s.End - s.Start).TotalSeconds).ToString(CultureInfo.InvariantCulture),
        Time(s.ReportedStart),
        s.ReportedEnd is { } end ? Time(end) : "",
        s.Adjusted ? "true" : "false",
        s.Open ? "true" : "false",
    ];

    private static string Time(Instant instant) => InstantPattern.General.Format(instant);
}
