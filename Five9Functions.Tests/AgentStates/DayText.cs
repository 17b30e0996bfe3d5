using System.Globalization;
using System.Text.RegularExpressions;
using Five9Functions.AgentStates;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Tests.AgentStates;

/// <summary>
/// Reads and writes states as <c>Not Ready/Lunch#call[0,180)</c>: seconds from noon in Los Angeles, or from the midnights of the day,
/// <c>M0-60</c> and <c>M1+60</c>. A row may have no end, <c>[0,)</c>, the instant its report was run, <c>@100</c>, and a last column, <c>!b</c>.
/// </summary>
internal sealed partial class DayText(LocalDate date)
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    public DayText()
        : this(new LocalDate(2026, 6, 17))
    {
    }

    public LocalDay Day { get; } = new(date, Zone);

    private Instant Noon { get; } = Zone.AtLeniently(date + new LocalTime(12, 0)).ToInstant();

    public AgentDay Resolve(string rows) => AgentTimeline.Resolve(Day, Rows(rows));

    public IReadOnlyList<ReportedState> Rows(string text)
    {
        var matches = RowPattern().Matches(text);
        Assert.That(string.Concat(matches.Select(match => match.Value)), Is.EqualTo(text), "Not everything is a row");
        return matches.Select(Row).ToList();
    }

    /// <summary>States and intervals.</summary>
    public string Text(AgentDay day) => string.Join(' ', day.Segments.Select(Text));

    /// <summary>One line for each segment, with all that is said about it; what is not so is left out.</summary>
    public string Details(AgentDay day) => string.Join('\n', day.Segments.Select(Details));

    public static string Text(RowAccounting rows)
    {
        (int Count, string Word)[] classes =
        [
            (rows.Visible, "visible"), (rows.Absorbed, "absorbed"), (rows.Duplicate, "duplicate"),
            (rows.Marker, "marker"), (rows.Quarantined, "quarantined"),
        ];
        return string.Join(' ', classes.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.Word}"));
    }

    public string Text(Segment segment)
    {
        var reason = segment.ReasonCode.Length > 0 ? "/" + segment.ReasonCode : "";
        var call = segment.CallId.Length > 0 ? "#" + segment.CallId : "";
        return $"{segment.State}{reason}{call}{Interval(segment.Start, segment.End)}";
    }

    public string Details(Segment segment) => Text(segment)
        + $" of {Interval(segment.ReportedStart, segment.ReportedEnd)}"
        + (segment.Adjusted ? " adjusted" : "")
        + (segment.Open ? " open" : "")
        + (segment.AlsoActive.Count > 0 ? $" over {string.Join('+', segment.AlsoActive)}" : "")
        + (segment.ContinuesFromPreviousDay ? " from-previous-day" : "")
        + (segment.ContinuesOnNextDay ? " on-next-day" : "");

    private ReportedState Row(Match match)
    {
        string Group(string name) => match.Groups[name].Value;
        var (state, kind) = StateNames.Read(Group("state"));
        var start = At(Group("start"));
        Duration? length = Group("end").Length > 0 ? At(Group("end")) - start : null;
        var asOf = Group("asOf").Length > 0 ? At(Group("asOf")) : Day.End + Duration.FromDays(30);
        return new ReportedState(
            "ann", $"Ann{Group("column")}", state, kind, Group("reason"), Group("call"), start, length, start.InZone(Zone).Date, asOf, match.Value.Trim());
    }

    private Instant At(string text)
    {
        var (origin, rest) = text.StartsWith("M0", StringComparison.Ordinal) ? (Day.Start, text[2..])
            : text.StartsWith("M1", StringComparison.Ordinal) ? (Day.End, text[2..])
            : (Noon, text);
        return rest.Length == 0 ? origin : origin + Duration.FromSeconds(double.Parse(rest, CultureInfo.InvariantCulture));
    }

    private string Interval(Instant start, Instant? end) => $"[{At(start)},{(end is { } known ? At(known) : "")})";

    private string At(Instant instant)
    {
        static string Seconds(Duration duration, string format) => ((long)duration.TotalSeconds).ToString(format, CultureInfo.InvariantCulture);
        return instant <= Day.Start ? "M0" + Seconds(instant - Day.Start, "+0;-0;''")
            : instant >= Day.End ? "M1" + Seconds(instant - Day.End, "+0;-0;''")
            : Seconds(instant - Noon, "0");
    }

    [GeneratedRegex(@"\s*(?<state>\w[\w ]*)(/(?<reason>\w+))?(#(?<call>\w+))?\[(?<start>[^,\s]+),(?<end>[^)\s]*)\)(@(?<asOf>[^!\s]+))?(!(?<column>\w+))?")]
    private static partial Regex RowPattern();
}
