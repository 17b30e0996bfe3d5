using Five9Functions.Calls;
using Five9Functions.Time;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>
/// The quarter hours of a day as bars, a lane for each queue under its name: how many contacts came and calls were made. A column is
/// a quarter hour, or a half or a whole one on a narrow screen; lanes are of one scale, so that queues can be compared.
/// </summary>
internal static class QueueBars
{
    private const int QuartersOfHour = 4;
    private const int LabelWidth = 4;
    private const string Levels = "▁▂▃▄▅▆▇█";

    private static readonly LocalTimePattern Hour = LocalTimePattern.CreateWithInvariantCulture("HH");

    /// <param name="queues">Which queues, in their order.</param>
    /// <param name="columns">The room on the screen.</param>
    public static IReadOnlyList<StyledLine> Draw(QueueDay day, IReadOnlyList<string> queues, int columns)
    {
        var start = new LocalDay(day.Date, day.Zone).Start;
        var busy = day.Intervals.Where(i => QueueDay.CallsOf(i.Figures) > 0).Select(i => Quarter(start, i.Start)).ToList();
        if (busy.Count == 0 || queues.Count == 0)
        {
            return [];
        }

        // From one full hour to another.
        var (first, end) = (busy.Min() / QuartersOfHour * QuartersOfHour, ((busy.Max() / QuartersOfHour) + 1) * QuartersOfHour);
        var quarters = new[] { 1, 2, QuartersOfHour }.FirstOrDefault(quarters => (end - first) / quarters <= columns, QuartersOfHour);
        var lanes = queues.Select(queue => (Queue: queue, Calls: Lane(day, queue, start, first, end, quarters))).ToList();
        var most = Math.Max(1, lanes.Max(lane => lane.Calls.Max()));
        return
        [
            .. lanes.SelectMany(lane => (StyledLine[])[lane.Queue, new StyledLine(new Span(string.Concat(lane.Calls.Select(calls => Level(calls, most))), Color.Green))]),
            new StyledLine(new Span(Axis(day.Zone, start, first, end, quarters), Color.Grey)),
        ];
    }

    private static long[] Lane(QueueDay day, string queue, Instant start, int first, int end, int quarters)
    {
        var lane = new long[(end - first) / quarters];
        foreach (var interval in day.Intervals.Where(i => i.Queue == queue && QueueDay.CallsOf(i.Figures) > 0))
        {
            lane[(Quarter(start, interval.Start) - first) / quarters] += QueueDay.CallsOf(interval.Figures);
        }

        return lane;
    }

    /// <summary>Hours of the zone's clock, each where it begins; as many as there is room for.</summary>
    private static string Axis(DateTimeZone zone, Instant start, int first, int end, int quarters)
    {
        var hours = Enumerable.Range(0, (end - first) / QuartersOfHour).Where(hour => hour % quarters == 0).Select(hour => start + Duration.FromHours((first / QuartersOfHour) + hour));
        return string.Concat(hours.Select(hour => Hour.Format(hour.InZone(zone).TimeOfDay).PadRight(LabelWidth)));
    }

    private static int Quarter(Instant start, Instant at) => (int)((at - start) / QueueInterval.Length);

    /// <summary>No call is no bar; the most are the highest.</summary>
    private static char Level(long calls, long most) => calls == 0 ? ' ' : Levels[(int)(((calls * Levels.Length) - 1) / most)];
}
