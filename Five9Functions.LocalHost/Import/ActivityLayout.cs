using Five9Functions.AgentStates;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Clean timelines as planning tools take them (agent-activity-import.csv): by the clock of the report zone, which says nothing of an
/// offset. A segment is cut where the clock is changed, so each line ends after it starts and is as long as the clock says. Pure.
/// </summary>
internal static class ActivityLayout
{
    public static readonly string[] Names = ["StartDate", "StartTime", "EndDate", "EndTime", "AgentID", "AgentActivityID"];

    private static readonly LocalDateTimePattern Date = LocalDateTimePattern.CreateWithInvariantCulture("dd'/'MM'/'uuuu");
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("HH':'mm':'ss");

    private static readonly int Agent = Array.IndexOf(SegmentFields.Names, "agent");
    private static readonly int State = Array.IndexOf(SegmentFields.Names, "state");
    private static readonly int Kind = Array.IndexOf(SegmentFields.Names, "kind");
    private static readonly int Reason = Array.IndexOf(SegmentFields.Names, "reasonCode");
    private static readonly int Start = Array.IndexOf(SegmentFields.Names, "start");
    private static readonly int End = Array.IndexOf(SegmentFields.Names, "end");

    /// <param name="segments">Lines of agent-states.csv; the lines come in their order.</param>
    public static IEnumerable<string[]> Of(IEnumerable<string[]> segments, DateTimeZone zone)
    {
        foreach (var segment in segments)
        {
            var reached = InstantPattern.General.Parse(segment[Start]).Value;
            var end = InstantPattern.General.Parse(segment[End]).Value;
            while (reached < end)
            {
                var clock = zone.GetZoneInterval(reached);
                var cut = clock.HasEnd ? Instant.Min(clock.End, end) : end;
                var (from, to) = (reached.WithOffset(clock.WallOffset).LocalDateTime, cut.WithOffset(clock.WallOffset).LocalDateTime);
                yield return [Date.Format(from), Time.Format(from), Date.Format(to), Time.Format(to), segment[Agent], Activity(segment)];
                reached = cut;
            }
        }
    }

    /// <summary>What a planner tells apart: the state, and of Not Ready what for.</summary>
    private static string Activity(string[] segment) =>
        segment[Kind] == StateKinds.Word(StateKind.NotReady) && segment[Reason].Length > 0 ? $"{segment[State]}: {segment[Reason]}" : segment[State];
}
