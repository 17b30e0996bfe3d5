using System.Globalization;
using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class GeneratedAgentStatesTests
{
    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    private static readonly GeneratedAgentStates Centre = new(7, 50, Pacific);

    [Test]
    public void TheHeader_IsTheReportsColumns() => Assert.That(
        Encoding.UTF8.GetString(Centre.Header.Span),
        Is.EqualTo("DATE,TIME,AGENT,AGENT NAME,AGENT ID,AGENT GROUP,STATE,REASON CODE,CALL ID,CALL TYPE,AGENT STATE TIME,SKILL AVAILABILITY"));

    [Test]
    public void TheSameSeed_GivesTheSameRows_AndAnotherOneOthers()
    {
        var day = Rows(Centre, "2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z");

        Assert.That(Rows(new GeneratedAgentStates(7, 50, Pacific), "2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z"), Is.EqualTo(day));
        Assert.That(Rows(new GeneratedAgentStates(8, 50, Pacific), "2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z"), Is.Not.EqualTo(day));
    }

    [Test]
    public void ADayInPieces_IsTheDay()
    {
        var day = Rows(Centre, "2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z");

        var hours = Enumerable.Range(0, 24).SelectMany(h =>
            Rows(Centre, Instant.FromUtc(2026, 8, 21, 7, 0) + Duration.FromHours(h), Instant.FromUtc(2026, 8, 21, 8, 0) + Duration.FromHours(h)));

        Assert.That(hours, Is.EquivalentTo(day));
    }

    [Test]
    public void ADay_HasOneHundredToTwoHundredAndFiftyRowsForEachAgentWhoWorks()
    {
        var day = Rows(Centre, "2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z").Select(Fields).ToList();

        var byAgent = day.Where(r => !IsNight(r[2]) && r[2] != "[None]").GroupBy(r => r[2]).ToDictionary(g => g.Key, g => g.Count());
        Assert.That(byAgent, Has.Count.InRange(25, 45));
        Assert.That(byAgent.Values, Has.All.InRange(100, 250));
        Assert.That(byAgent.Keys, Does.Contain("ava.meyer"));
        Assert.That(day.Select(r => r[6]).Distinct(), Is.EquivalentTo(new[] { "Login", "Not Ready", "Ready", "Ringing", "On Call", "On Hold", "After Call Work", "Logout" }));
        Assert.That(day.Select(r => r[7]).Distinct(), Is.SupersetOf(new[] { "", "Lunch", "Break", "Coaching", "System" }));
        Assert.That(day.Where(r => r[6] == "On Call").All(r => r[8].Length == 15 && r[9] is "Inbound" or "Outbound"));
    }

    [Test]
    public void ParallelStates_AreThere()
    {
        var rows = Rows(Centre, "2026-08-17T07:00:00Z", "2026-08-24T07:00:00Z").Select(Fields).Where(r => r[2] != "[None]" && r[10].Length == 8 && !r[10].Contains('x', StringComparison.Ordinal)).ToList();
        var pairs = rows.GroupBy(r => r[2]).SelectMany(agent => Neighbours([.. agent.Select(State).Where(s => s.Name is not "Login" and not "Logout")])).ToList();

        Assert.That(pairs.Any(p => p is { A.Name: "Ready", B.Name: "On Call" } && p.A.From == p.B.From && p.A.To < p.B.To), "Ready and On Call with one start");
        Assert.That(pairs.Any(p => p.A.From < p.B.From && p.B.From < p.A.To && p.A.To < p.B.To && Length(p.A) > Length(p.B)), "longer first");
        Assert.That(pairs.Any(p => p.A.From < p.B.From && p.B.From < p.A.To && p.A.To < p.B.To && Length(p.A) < Length(p.B)), "shorter first");
        Assert.That(pairs.Any(p => p.A.From < p.B.From && p.B.To < p.A.To), "contained");
        Assert.That(pairs.Any(p => p.A.From < p.B.From && p.B.To == p.A.To && p.B.From < p.B.To), "same end");
        Assert.That(pairs.Any(p => p.A.From != p.B.From && p.B.From < p.A.To && Length(p.A) == Length(p.B) && p.A.Name != p.B.Name), "equal length, shifted");
        Assert.That(pairs.Any(p => p.A.From == p.B.From && p.A.To == p.B.To && p.A.Name != p.B.Name), "same start and end");
        Assert.That(rows.GroupBy(r => string.Join(',', r)).Any(g => g.Count() > 1), "a row twice");
        Assert.That(rows.Any(r => r[6] == "Ready" && r[10] == "00:00:00"), "a marker");
    }

    [Test]
    public void AboutOneRowInTwoThousand_HasToBeQuarantined()
    {
        var rows = Rows(Centre, "2026-08-01T07:00:00Z", "2026-08-29T07:00:00Z").Select(Fields).ToList();

        var bad = rows.Count(r => r[2] == "[None]" || r[10] is "-00:00:07" or "00:0x:30");
        Assert.That(rows.Count / (double)bad, Is.InRange(1_400, 2_800));
    }

    [Test]
    public void TheNightTeam_IsCutAtLocalMidnight_AndReopened()
    {
        var rows = Rows(Centre, "2026-08-20T07:00:00Z", "2026-08-23T07:00:00Z").Select(Fields).Where(r => IsNight(r[2])).ToList();

        var reopened = rows.Where(r => r[0] == "2026/08/21" && r[1] == "00:00:00").ToList();
        Assert.That(reopened.Select(r => r[6]), Does.Contain("Login"));
        foreach (var later in reopened.Select(State))
        {
            Assert.That(rows.Select(State).Count(s => s.Agent == later.Agent && s.Name == later.Name && s.CallId == later.CallId && s.To == later.From), Is.EqualTo(1));
        }
    }

    [Test]
    public void RunningStates_HaveNoLengthYet_AndLaterOnesAreNotKnown()
    {
        var asOf = Instant.FromUtc(2026, 8, 21, 19, 0);
        var then = Rows(Centre, Instant.FromUtc(2026, 8, 21, 7, 0), Instant.FromUtc(2026, 8, 22, 7, 0), asOf).Select(Fields).ToList();
        var later = Rows(Centre, "2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z").Select(Fields).ToList();

        Assert.That(then.Max(r => r[1]), Is.LessThanOrEqualTo("12:00:00"));
        Assert.That(then.Where(r => r[10] == "").Select(r => r[6]), Does.Contain("Login"));
        Assert.That(then.Where(r => r[6] == "Login" && r[10] == "").Select(r => r[2]).Distinct().Count(), Is.GreaterThan(10));
        Assert.That(later.Where(r => r[10] == ""), Is.Empty);
        Assert.That(then.Where(r => r[10] != "").Select(State).All(s => s.To <= asOf));
    }

    [TestCase("2026-03-08", 22)]
    [TestCase("2026-11-01", 22)]
    public void OnDaysWhenTheClocksChange_LengthsAreUtcLengths(string date, int shiftStart)
    {
        var day = LocalDatePattern.Iso.Parse(date).Value;
        var from = Pacific.AtStartOfDay(day.PlusDays(-1)).ToInstant();
        var night = Rows(Centre, from, from + Duration.FromDays(3)).Select(Fields).Where(r => IsNight(r[2]) && r[6] == "Login").Select(State).ToList();

        // Shifts are 8 hours to 8 hours 20 minutes of real time, whatever the clocks on the wall say.
        var pieces = night.Where(s => s.From.InZone(Pacific).TimeOfDay == LocalTime.Midnight && s.From.InZone(Pacific).Date == day).ToList();
        Assert.That(pieces, Is.Not.Empty);
        foreach (var piece in pieces)
        {
            var before = night.Single(s => s.Agent == piece.Agent && s.To == piece.From);
            Assert.That(before.From.InZone(Pacific).Hour, Is.EqualTo(shiftStart).Or.EqualTo(shiftStart - 1));
            Assert.That((piece.To - before.From).TotalHours, Is.InRange(8, 8.34));
        }
    }

    [Test]
    public void TheFirstRowsOfADay_StayWhatTheyAre()
    {
        var rows = Rows(Centre, "2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z").Where(r => r.Contains("ben.okafor", StringComparison.Ordinal));

        Assert.That(rows.Take(7), Is.EqualTo(new[]
        {
            "2026/08/21,07:06:50,ben.okafor,Ben Okafor,1000002,Support DE,Login,,,,08:09:51,\"Support DE, Voicemail\"",
            "2026/08/21,07:06:50,ben.okafor,Ben Okafor,1000002,Support DE,Not Ready,System,,,00:00:00,\"Support DE, Voicemail\"",
            "2026/08/21,07:06:50,ben.okafor,Ben Okafor,1000002,Support DE,Not Ready,Not Ready,,,00:00:06,\"Support DE, Voicemail\"",
            "2026/08/21,07:06:56,ben.okafor,Ben Okafor,1000002,Support DE,Ready,,,,00:02:58,\"Support DE, Voicemail\"",
            "2026/08/21,07:09:54,ben.okafor,Ben Okafor,1000002,Support DE,Ringing,,326082100001001,Inbound,00:00:10,\"Support DE, Voicemail\"",
            "2026/08/21,07:10:04,ben.okafor,Ben Okafor,1000002,Support DE,On Call,,326082100001001,Inbound,00:09:44,\"Support DE, Voicemail\"",
            "2026/08/21,07:19:48,ben.okafor,Ben Okafor,1000002,Support DE,After Call Work,,326082100001001,Inbound,00:01:56,\"Support DE, Voicemail\"",
        }));
    }

    private static bool IsNight(string login) => Centre.Agents.Any(a => a.Login == login && a.ShiftStart == new LocalTime(22, 0));

    private static List<string> Rows(GeneratedAgentStates centre, string from, string to) =>
        Rows(centre, InstantPattern.General.Parse(from).Value, InstantPattern.General.Parse(to).Value);

    private static List<string> Rows(GeneratedAgentStates centre, Instant from, Instant to, Instant? asOf = null) =>
        [.. centre.Records(new Interval(from, to), asOf ?? Instant.FromUtc(2027, 1, 1, 0, 0)).Select(r => Encoding.UTF8.GetString(r.Span))];

    // No generated value but the last column holds a comma.
    private static string[] Fields(string row) => row.Split(',', 12);

    private static Span State(string[] row)
    {
        var local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu/MM/dd HH:mm:ss").Parse($"{row[0]} {row[1]}").Value;
        var start = Pacific.AtLeniently(local).ToInstant();
        var length = TimeSpan.TryParse(row[10], CultureInfo.InvariantCulture, out var time) ? Duration.FromTimeSpan(time) : Duration.Zero;
        return new Span(row[2], row[6], row[8], start, start + length);
    }

    private static IEnumerable<(Span A, Span B)> Neighbours(List<Span> states)
    {
        for (var i = 0; i < states.Count; i++)
        {
            for (var j = i + 1; j < Math.Min(i + 4, states.Count); j++)
            {
                yield return (states[i], states[j]);
                yield return (states[j], states[i]);
            }
        }
    }

    private static Duration Length(Span state) => state.To - state.From;

    private sealed record Span(string Agent, string Name, string CallId, Instant From, Instant To);
}
