using System.Globalization;
using Five9Functions.Calls;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Quarter hours as planning tools take them (intervals-import.csv): by the clock of the report zone, which says nothing of an offset.
/// So the hour that it shows twice in autumn is one, both passes added up. Pure.
/// </summary>
internal static class IntervalLayout
{
    public static readonly string[] Names = ["Queue", "Date", "Time", "IncomingCalls", "AnsweredCalls", "AHT"];

    private static readonly LocalDateTimePattern Date = LocalDateTimePattern.CreateWithInvariantCulture("dd'/'MM'/'uuuu");
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("HH':'mm");

    // No clock was ever set back by more.
    private static readonly Period MaxStepBack = Period.FromDays(1);

    private static readonly int Offered = Array.IndexOf(QueueIntervalFields.Names, "offered");
    private static readonly int Answered = Array.IndexOf(QueueIntervalFields.Names, "answered");
    private static readonly int Handle = Array.IndexOf(QueueIntervalFields.Names, "handleSeconds");

    /// <summary>By queue (ordinal), then the clock's time.</summary>
    /// <param name="intervals">Lines of queue-intervals.csv in their order.</param>
    public static IEnumerable<string[]> Of(IEnumerable<string[]> intervals, DateTimeZone zone)
    {
        var queue = "";
        var waiting = new SortedDictionary<LocalDateTime, IntervalFigures>();
        foreach (var fields in intervals)
        {
            var shown = ClockAt(fields, zone);
            while (waiting.Count > 0 && waiting.First() is var earliest && (fields[0] != queue || earliest.Key < shown - MaxStepBack))
            {
                waiting.Remove(earliest.Key);
                yield return Line(queue, earliest);
            }

            queue = fields[0];
            waiting[shown] = waiting.GetValueOrDefault(shown) + Figures(fields);
        }

        foreach (var interval in waiting)
        {
            yield return Line(queue, interval);
        }
    }

    private static LocalDateTime ClockAt(string[] fields, DateTimeZone zone)
    {
        var local = InstantPattern.General.Parse(fields[1]).Value.InZone(zone).LocalDateTime;
        return local.Date + new LocalTime(local.Hour, local.Minute);
    }

    private static IntervalFigures Figures(string[] fields) =>
        new() { Offered = Number(fields[Offered]), Answered = Number(fields[Answered]), HandleSeconds = Number(fields[Handle]) };

    private static string[] Line(string queue, KeyValuePair<LocalDateTime, IntervalFigures> interval) =>
    [
        queue,
        Date.Format(interval.Key),
        Time.Format(interval.Key),
        Text(interval.Value.Offered),
        Text(interval.Value.Answered),
        interval.Value.AverageHandleTime() is { } seconds ? Text((long)Math.Round(seconds, MidpointRounding.AwayFromZero)) : "",
    ];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
