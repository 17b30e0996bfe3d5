using Five9Functions.Calls;
using NodaTime;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>The call figures of a local day, to be shown.</summary>
internal sealed record QueueDay(LocalDate Date, DateTimeZone Zone, QueueGrouping Grouping, IReadOnlyList<QueueInterval> Intervals)
{
    public long Calls => Intervals.Sum(interval => CallsOf(interval.Figures));

    /// <summary>The queues with the sum of their day, the busiest first, then by name.</summary>
    public IReadOnlyList<(string Queue, IntervalFigures Figures)> Queues =>
    [
        .. Intervals
            .GroupBy(interval => interval.Queue, (queue, all) => (Queue: queue, Figures: all.Aggregate(default(IntervalFigures), (sum, interval) => sum + interval.Figures)))
            .OrderByDescending(queue => CallsOf(queue.Figures))
            .ThenBy(queue => queue.Queue, StringComparer.Ordinal),
    ];

    /// <summary>How busy a queue was: contacts that came, and calls that were made.</summary>
    public static long CallsOf(IntervalFigures figures) => figures.Offered + figures.Outbound;
}
