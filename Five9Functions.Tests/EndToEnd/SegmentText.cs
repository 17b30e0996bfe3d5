using Five9Functions.AgentStates;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>A segment as a planner would see it: <c>anna Ready 21:00:00-21:00:05, adjusted</c>, times in UTC.</summary>
internal static class SegmentText
{
    private static readonly InstantPattern Time = InstantPattern.CreateWithInvariantCulture("HH:mm:ss");

    public static string Of(Segment s)
    {
        string[] special =
        [
            s.Adjusted ? "adjusted" : "",
            s.Open ? "open" : "",
            s.ContinuesFromPreviousDay ? "continues from the previous day" : "",
            s.ContinuesOnNextDay ? "continues on the next day" : "",
        ];
        return string.Join(", ", special.Where(text => text.Length > 0).Prepend($"{s.Agent} {s.State} {Text(s.Start)}-{Text(s.End)}"));
    }

    private static string Text(Instant instant) => Time.Format(instant);
}
