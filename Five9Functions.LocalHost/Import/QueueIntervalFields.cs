using System.Globalization;
using Five9Functions.Calls;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>The figures of a queue in a quarter hour as a line of queue-intervals.csv. Queue and start (UTC) are the first fields.</summary>
internal static class QueueIntervalFields
{
    public static readonly string[] Names = ["queue", "start", .. IntervalFigures.Columns.Select(column => column.Name)];

    public static string[] Of(QueueInterval interval) =>
    [
        interval.Queue,
        InstantPattern.General.Format(interval.Start),
        .. IntervalFigures.Columns.Select(column => column.Value(interval.Figures).ToString(CultureInfo.InvariantCulture)),
    ];
}
