using Five9Functions.AgentStates;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Five9Functions.Tests.AgentStates;

/// <summary>What always holds, numbered as in docs/overlap-rules.md.</summary>
public sealed class TimelinePropertyTests
{
    private readonly DayText text = new();

    [Test]
    public void Property1_SegmentsNeverOverlap() => Holds(some =>
    {
        var segments = Resolve(some).Segments;
        return segments.All(segment => some.Day.Start <= segment.Start && segment.Start < segment.End && segment.End <= some.Day.End)
            && segments.Zip(segments.Skip(1)).All(pair => pair.First.End <= pair.Second.Start);
    });

    [Test]
    public void Property2_NoCoveredTimeIsLostOrInvented() => Holds(some =>
    {
        var model = new NaiveTimeline(some.Day, some.Rows);
        var covered = model.Instants.Zip(model.Instants.Skip(1))
            .Where(stretch => stretch.First >= some.Day.Start && stretch.Second <= some.Day.End)
            .Where(stretch => model.States.Exists(state => state.Covers(stretch.First)))
            .Sum(stretch => (stretch.Second - stretch.First).TotalSeconds);
        return covered == Resolve(some).Segments.Sum(segment => (segment.End - segment.Start).TotalSeconds);
    });

    [Test]
    public void Property3_VisibleIsWhatTheOrderPutsFirst() => Holds(some =>
    {
        var model = new NaiveTimeline(some.Day, some.Rows);
        return Told(Resolve(some)) == Told(new AgentDay(model.Segments(), model.Rows()));
    });

    [Test]
    public void Property4_TheOrderOfTheRowsChangesNothing() => Holds(some =>
    {
        var random = new System.Random(some.Rows.Count);
        var shuffled = some.Rows.OrderBy(_ => random.Next()).ToList();
        var told = Told(Resolve(some));
        return Told(AgentTimeline.Resolve(some.Day, shuffled)) == told
            && Told(AgentTimeline.Resolve(some.Day, some.Rows.Reverse().ToList())) == told;
    });

    /// <summary>
    /// The same states, calls and reasons at the same times. What a segment says about its row is different by nature: the rows are
    /// the segments now, so nothing is adjusted, open or over another one. Given back with the days before and after, pieces are joined
    /// again and take the display name of their last one, which the name alone may show.
    /// </summary>
    [Test]
    public void Property5_NormalizingTheResultAgainChangesNothing() => Holds(some =>
    {
        var before = AgentTimeline.Resolve(some.Day.PlusDays(-1), some.Rows);
        var once = Resolve(some);
        var after = AgentTimeline.Resolve(some.Day.PlusDays(1), some.Rows);

        var alone = AgentTimeline.Resolve(some.Day, AsRows(once));
        var withNeighbours = AgentTimeline.Resolve(some.Day, [.. AsRows(before), .. AsRows(once), .. AsRows(after)]);
        return States(alone) == States(once)
            && Names(alone) == Names(once)
            && States(withNeighbours) == States(once)
            && alone.Segments.All(segment => !segment.Adjusted && !segment.Open && segment.AlsoActive.Count == 0)
            && alone.Rows == new RowAccounting { Visible = once.Segments.Count };
    });

    [Test]
    public void Property6_RowsOutsideTheNineDaysChangeNothing() => Holds(some =>
    {
        var inside = some.Rows.Where(row => row.Day >= some.Day.Date.PlusDays(-7) && row.Day <= some.Day.Date.PlusDays(1)).ToList();
        return Told(AgentTimeline.Resolve(some.Day, inside)) == Told(Resolve(some));
    });

    [Test]
    public void Property6_RowsThatArriveTwiceOnlyCount() => Holds(some =>
    {
        var own = some.Rows.Count(row => row.Day == some.Day.Date);
        var once = Resolve(some);
        var twice = AgentTimeline.Resolve(some.Day, [.. some.Rows, .. some.Rows.Select(row => row with { })]);
        return Told(once with { Rows = once.Rows + new RowAccounting { Duplicate = own } }) == Told(twice);
    });

    [Test]
    public void Property7_EachRowOfTheDayIsInOneClass() => Holds(some =>
    {
        var rows = Resolve(some).Rows;
        return rows.Rows == some.Rows.Count(row => row.Day == some.Day.Date)
            && rows is { Quarantined: 0, Visible: >= 0, Absorbed: >= 0, Duplicate: >= 0, Marker: >= 0 };
    });

    [Test]
    public void Property8_EverySegmentSaysHowItDiffersFromItsRow() => Holds(some =>
        Resolve(some).Segments.All(segment => SaysSo(some, segment)));

    private static bool SaysSo(DayOfRows some, Segment segment)
    {
        bool Same(ReportedState row) => (row.State, row.ReasonCode, row.CallId) == (segment.State, segment.ReasonCode, segment.CallId);
        var starts = some.Rows.Any(row => Same(row) && row.Start == segment.ReportedStart);
        var ends = some.Rows.Any(row => Same(row) && row.End == segment.ReportedEnd && row.Start >= segment.ReportedStart);

        // Without a reported end there is nothing to compare the segment's end with: only a state that is hidden or begins elsewhere shows.
        var from = Instant.Max(segment.ReportedStart, some.Day.Start);
        var differs = segment.Start != from || (segment.ReportedEnd is { } end && segment.End != Instant.Min(end, some.Day.End));
        return starts && ends && (segment.ReportedEnd is null ? segment.Adjusted || !differs : segment.Adjusted == differs);
    }

    private static AgentDay Resolve(DayOfRows some) => AgentTimeline.Resolve(some.Day, some.Rows);

    private static void Holds(Func<DayOfRows, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true), Prop.ForAll(DayOfRows.Arbitrary, property));

    private string Told(AgentDay day) =>
        text.Details(day) + "\n" + Names(day) + "\n" + day.Rows;

    private string States(AgentDay day) =>
        text.Text(day) + "\n" + string.Join(' ', day.Segments.Select(segment => (segment.Agent, segment.Kind)));

    private static string Names(AgentDay day) => string.Join(' ', day.Segments.Select(segment => segment.AgentName));

    private static List<ReportedState> AsRows(AgentDay day) => day.Segments
        .Select(segment => new ReportedState(
            segment.Agent, segment.AgentName, segment.State, segment.Kind, segment.ReasonCode, segment.CallId,
            segment.Start, segment.End - segment.Start, segment.Start.InZone(DayText.Zone).Date, Instant.MaxValue, $"{segment.State}|{segment.Start}"))
        .ToList();

}
