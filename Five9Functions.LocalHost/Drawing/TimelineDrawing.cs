using Five9Functions.AgentStates;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>
/// An agent's reported states as bars, one lane for each state, and under them the one clean lane that is stored. A column is ten
/// seconds, so a bar is at least one column wide and may stand one column early or late; the exact times follow in words.
/// </summary>
internal static class TimelineDrawing
{
    public const int SecondsPerColumn = 10;
    public const int LabelWidth = 16;

    private const int TickMinutes = 2;
    private const char Marker = '|';

    private static readonly LocalTimePattern Minute = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("ddd uuuu-MM-dd");

    /// <summary>The whole minutes that fit a screen of that many columns: 10 to 14.</summary>
    public static Duration LengthFor(int columns) => Duration.FromMinutes(Math.Clamp((columns - LabelWidth) * SecondsPerColumn / 60, 10, 14));

    public static IReadOnlyList<StyledLine> Draw(AgentStretch stretch)
    {
        var reported = stretch.Reported.Where(r => r.Start < stretch.Window.End && (r.End ?? stretch.Window.End) >= stretch.Window.Start).ToList();
        var stored = stretch.Stored.Where(s => s.Start < stretch.Window.End && s.End > stretch.Window.Start).ToList();
        return
        [
            $"{Who(stretch)}, {Day.Format(stretch.Window.Start.InZone(stretch.Zone).Date)}, {stretch.Zone.Id}",
            "",
            .. Axis(stretch),
            StyledLine.Heading("Reported"),
            .. Lanes.Of(reported).Select(lane => Lane(stretch.Window, lane)),
            StyledLine.Heading("Stored"),
            StoredLane(stretch.Window, stored),
            "",
            Legend(reported),
        ];
    }

    private static string Who(AgentStretch stretch) => stretch.AgentName.Length == 0 ? stretch.Agent : $"{stretch.AgentName} ({stretch.Agent})";

    private static IEnumerable<StyledLine> Axis(AgentStretch stretch)
    {
        var columns = Columns(stretch.Window);
        var times = new char[columns];
        var ticks = new char[columns];
        Array.Fill(times, ' ');
        Array.Fill(ticks, ' ');
        for (var column = 0; column < columns; column += TickMinutes * 60 / SecondsPerColumn)
        {
            var text = Minute.Format(At(stretch.Window, column).InZone(stretch.Zone).TimeOfDay);
            ticks[column] = '╷';
            if (column + text.Length <= columns)
            {
                text.CopyTo(times.AsSpan(column));
            }
        }

        yield return new StyledLine(new Span(Label($"{SecondsPerColumn} s a column") + new string(times), Color.Grey));
        yield return new StyledLine(new Span(new string(' ', LabelWidth) + new string(ticks), Color.Grey));
    }

    private static StyledLine Lane(Interval window, IReadOnlyList<ReportedState> lane)
    {
        var kinds = new char[Columns(window)];
        Array.Fill(kinds, ' ');
        foreach (var state in lane)
        {
            var first = Math.Max(0, Column(window, state.Start));
            if (state.End == state.Start)
            {
                kinds[first] = Marker;
                continue;
            }

            var end = Math.Min(kinds.Length, ColumnAfter(window, state.End ?? window.End));
            for (var column = first; column < Math.Max(end, first + 1) && column < kinds.Length; column++)
            {
                kinds[column] = KindLook.Sign(state.Kind);
            }
        }

        return new StyledLine(new Span(Label(lane[0].State)), new Span(new string(kinds), KindLook.Color(lane[0].Kind)));
    }

    /// <summary>In each column the state that was visible the longest; of two, the later.</summary>
    private static StyledLine StoredLane(Interval window, IReadOnlyList<Segment> stored)
    {
        var spans = new List<Span> { new(Label("Clean timeline")) };
        var columns = Enumerable.Range(0, Columns(window)).Select(column => new Interval(At(window, column), At(window, column + 1)));
        var kinds = columns.Select(column => stored.Where(s => Seconds(s, column) > 0).OrderBy(s => Seconds(s, column)).ThenBy(s => s.Start).LastOrDefault()?.Kind).ToList();
        for (int i = 0, next; i < kinds.Count; i = next)
        {
            next = kinds.FindIndex(i, kind => kind != kinds[i]) is var end and >= 0 ? end : kinds.Count;
            spans.Add(kinds[i] is { } kind ? new Span(new string(KindLook.Sign(kind), next - i), KindLook.Color(kind)) : new Span(new string(' ', next - i)));
        }

        return new StyledLine(spans);
    }

    private static StyledLine Legend(IReadOnlyList<ReportedState> reported)
    {
        var kinds = reported.Where(r => r.End != r.Start).Select(r => r.Kind).Distinct().Order();
        var spans = kinds.Select(kind => new Span($"{KindLook.Sign(kind)} {StateKinds.Word(kind)}  ", KindLook.Color(kind))).ToList();
        if (reported.Any(r => r.End == r.Start))
        {
            spans.Add(new Span($"{Marker} marker (no length)"));
        }

        return new StyledLine(spans);
    }

    private static string Label(string text) => (text.Length < LabelWidth ? text : text[..(LabelWidth - 1)]).PadRight(LabelWidth);

    private static int Columns(Interval window) => (int)window.Duration.TotalSeconds / SecondsPerColumn;

    private static Instant At(Interval window, int column) => window.Start + Duration.FromSeconds(column * SecondsPerColumn);

    private static int Column(Interval window, Instant instant) => (int)Math.Floor((instant - window.Start).TotalSeconds / SecondsPerColumn);

    private static int ColumnAfter(Interval window, Instant instant) => (int)Math.Ceiling((instant - window.Start).TotalSeconds / SecondsPerColumn);

    private static double Seconds(Segment segment, Interval column) =>
        (Instant.Min(segment.End, column.End) - Instant.Max(segment.Start, column.Start)).TotalSeconds;
}
