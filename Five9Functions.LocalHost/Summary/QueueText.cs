using System.Globalization;
using Five9Functions.Calls;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.Problems;

namespace Five9Functions.LocalHost.Summary;

/// <summary>The queues of a day as lines of at most 100 columns: a table, and the quarter hours of the busiest as bars.</summary>
internal static class QueueText
{
    private const int InTable = 12;
    private const int WithBars = 6;
    private const int NameWidth = 28;
    private const int FigureWidth = 11;

    public static IEnumerable<StyledLine> Of(QueueDay? day, int columns)
    {
        if (day is null)
        {
            yield break;
        }

        var queues = day.Queues;
        yield return "";
        yield return StyledLine.Heading(Text($"Queues on {day.Date:ddd uuuu-MM-dd}, by {day.Grouping.Code()}"));
        yield return Line("", "offered", "answered", "abandoned", "AHT", "in time", "outbound");
        foreach (var (queue, figures) in queues.Take(InTable))
        {
            yield return Figures(queue, figures);
        }

        if (queues.Count > 1)
        {
            yield return Figures(queues.Count > InTable ? Text($"all {queues.Count} queues") : "all", queues.Aggregate(default(IntervalFigures), (sum, queue) => sum + queue.Figures));
        }

        yield return "";
        yield return StyledLine.Heading("Calls by time of arrival, or of being made");
        foreach (var line in QueueBars.Draw(day, [.. queues.Take(WithBars).Select(queue => queue.Queue)], columns - 2))
        {
            yield return new StyledLine([new Span("  "), .. line.Spans]);
        }
    }

    private static StyledLine Figures(string queue, IntervalFigures f) => Line(
        queue,
        Text($"{f.Offered:N0}"),
        Text($"{f.Answered:N0}"),
        Text($"{f.Abandoned:N0}"),
        f.AverageHandleTime() is { } seconds ? Minutes((long)Math.Round(seconds, MidpointRounding.AwayFromZero)) : "-",
        f.ServiceLevel(ServiceLevelFormula.OfOffered) is { } level ? Text($"{level * 100:0} %") : "-",
        Text($"{f.Outbound:N0}"));

    private static StyledLine Line(string queue, params string[] figures) =>
        $"  {(queue.Length < NameWidth ? queue : $"{queue[..(NameWidth - 2)]}…").PadRight(NameWidth)}{string.Concat(figures.Select(figure => figure.PadLeft(FigureWidth)))}";

    private static string Minutes(long seconds) => Text($"{seconds / 60}:{seconds % 60:00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
