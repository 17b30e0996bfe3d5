using Five9Functions.AgentStates;
using Five9Functions.Problems;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Five9Functions.Tests.AgentStates;

/// <summary>Which rule changed what: the cases of docs/overlap-rules.md by their numbers.</summary>
public sealed class TimelineExplanationTests
{
    private static readonly DayText Day = new();

    [TestCase("Ready[0,5) Inbound[0,180)", "Ready[0,5)|Inbound[5,180) yields-at-start 5 Ready shorter", TestName = "1: two with one start")]
    [TestCase("Inbound[0,100) Ready[40,50)", "Inbound[0,40) yields-at-end 40 Ready shorter|Ready[40,50)|Inbound[50,100) yields-at-start 50 Ready shorter", TestName = "5: one inside the other")]
    [TestCase("Inbound[0,10) Ready[5,15)", "Inbound[0,10)|Ready[10,15) yields-at-start 10 Inbound earlier", TestName = "11: equal lengths")]
    [TestCase("Ready[0,10) Inbound[0,10)", "Inbound[0,10)|-absorbed Ready[0,10) always-under Inbound better-rank", TestName = "12: the better rank")]
    [TestCase("Ready[0,10)!a Ready[0,10)!b", "Ready[0,10)|-duplicate Ready[0,10) same-row-twice Ready", TestName = "13: the same row twice")]
    [TestCase("Login[0,10) Ready[0,6) Inbound[4,10)", "Ready[0,6)|Inbound[6,10) yields-at-start 6 Ready earlier|-absorbed Login[0,10) always-under Ready shorter,always-under Inbound shorter", TestName = "14: nothing left to show")]
    [TestCase("Ready[5,5)", "-marker Ready[5,5) no-length 5", TestName = "15: no length")]
    [TestCase("Ready[M0-60,M0) Ready[M0,M0+60)", "Ready[M0,-43140) joined-at-midnight M0,cut-at-midnight M0", TestName = "18: cut at midnight and opened again")]
    [TestCase("Ready[M0-60,M0+60) Ready[M0,M0+60)", "Ready[M0,-43140) cut-at-midnight M0|-duplicate Ready[M0,-43140) reopened-piece M0 Ready", TestName = "18: told uncut as well")]
    [TestCase("Ready[M1-60,M1+60)", "Ready[43140,M1) cut-at-midnight M1", TestName = "Goes on after the day")]
    [TestCase("Ready[0,)@100", "Ready[0,100) still-open 100", TestName = "20: open")]
    [TestCase("Ready[0,)@100 Inbound[50,)@100", "Ready[0,50) still-open 100,yields-at-end 50 Inbound shorter|Inbound[50,100) still-open 100", TestName = "21: several open")]
    [TestCase("Ready[0,)@100 Inbound[20,30)@100", "Ready[0,20) still-open 100,yields-at-end 20 Inbound closed|Inbound[20,30)|Ready[30,100) still-open 100,yields-at-start 30 Inbound closed", TestName = "Closed before open")]
    [TestCase("Ready[0,)@100 Logout[60,)@100", "Ready[0,60) ended-by-logout 60 Logout|-marker Logout[60,) no-length 60", TestName = "22: a logout")]
    public void Case(string rows, string expected) => Assert.That(Text(AgentTimeline.Explain(Day.Day, Day.Rows(rows))), Is.EqualTo(expected));

    [Test]
    public void Explained_IsWhatIsStored_AndEveryRowIsSaidOnce() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(DayOfRows.Arbitrary, some =>
        {
            var (resolved, explained) = (AgentTimeline.Resolve(some.Day, some.Rows), AgentTimeline.Explain(some.Day, some.Rows));

            Assert.That(explained.Segments.Select(s => s.Segment).Select(Day.Details), Is.EqualTo(resolved.Segments.Select(Day.Details)));
            Assert.That(
                (Count(explained, HiddenClass.Absorbed), Count(explained, HiddenClass.Duplicate), Count(explained, HiddenClass.Marker)),
                Is.EqualTo((resolved.Rows.Absorbed, resolved.Rows.Duplicate, resolved.Rows.Marker)));
            Assert.That(explained.Segments.Where(s => s.Segment.Adjusted && s.Rules.Count == 0), Is.Empty, "What differs from its row says why.");
            Assert.That(explained.Hidden.Where(h => h.Rules.Count == 0), Is.Empty);
        }));

    private static int Count(ExplainedDay day, HiddenClass hidden) => day.Hidden.Count(row => row.Class == hidden);

    private static string Text(ExplainedDay day) => string.Join('|', day.Segments
        .Select(s => $"{Day.Text(s.Segment)} {Text(s.Rules)}".TrimEnd())
        .Concat(day.Hidden.Select(h => $"-{h.Class.Code()} {h.Row.State}[{At(h.Row.Start)},{(h.Row.End is { } end ? At(end) : "")}) {Text(h.Rules)}")));

    private static string Text(IEnumerable<AppliedRule> rules) =>
        string.Join(',', rules.Select(r => string.Join(' ', new[] { r.Rule.Code(), r.At is { } at ? At(at) : "", r.By?.State ?? "", r.Because?.Code() ?? "" }.Where(part => part.Length > 0))));

    private static string At(Instant instant)
    {
        var noon = DayText.Zone.AtLeniently(Day.Day.Date + new LocalTime(12, 0)).ToInstant();
        return instant == Day.Day.Start ? "M0" : instant == Day.Day.End ? "M1"
            : $"{(instant - noon).TotalSeconds:0}";
    }
}
