using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class GeneratedCallLogTests
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private static readonly GeneratedAgentStates States = new(9, 10, Zone);
    private static readonly Interval Day = new(Instant.FromUtc(2026, 3, 3, 8, 0), Instant.FromUtc(2026, 3, 4, 8, 0));
    private static readonly Instant Later = Instant.FromUtc(2026, 3, 6, 0, 0);

    [Test]
    public void Header_IsThatOfFive9sCallLog()
    {
        Assert.That(Encoding.UTF8.GetString(new GeneratedCallLog(States).Header.Span), Is.EqualTo(
            "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,AGENT NAME,DISPOSITION,ANI,CUSTOMER NAME,DNIS,CALL TIME,BILL TIME (ROUNDED),COST,IVR TIME,QUEUE WAIT TIME,RING TIME,"
            + "TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,TRANSFERS,CONFERENCES,HOLDS,ABANDONED,RECORDINGS"));
    }

    [Test]
    public void Rows_AreTheSameEveryTime_AndWhateverTheWindow()
    {
        var whole = Rows(Day, Later);
        var noon = Day.Start + Duration.FromHours(12);
        var halves = Rows(new Interval(Day.Start, noon), Later).Concat(Rows(new Interval(noon, Day.End), Later));

        Assert.That(whole, Has.Count.GreaterThan(100));
        Assert.That(halves, Is.EquivalentTo(whole));
        Assert.That(Rows(Day, Later), Is.EqualTo(whole));
    }

    [Test]
    public void Rows_HaveTheShapeOfALiveCallLog()
    {
        var rows = Rows(Day, Later);
        const string Number = "[0-9]*";
        const string Length = @"(\d\d:\d\d:\d\d)?";

        Assert.That(rows, Has.All.Match(
            $"^\\d{{15}},\"Tue, 03 Mar 2026 \\d\\d:\\d\\d:\\d\\d\",[^,]+,(Inbound|Outbound|3rd party transfer|Queue Callback|Inbound Voicemail),[^,]+,[^,]*,[^,]*,555010\\d{{4}},,5550100100,\\d\\d:\\d\\d:\\d\\d,"
            + $"\\d\\d:\\d\\d:\\d[0-9],0\\.\\d+,{Length},\\d\\d:\\d\\d:\\d\\d\\.000,{Length},{Length},{Length},{Length},{Length},{Number},{Number},{Number},[01]?,$"));
        Assert.That(rows.Count(r => r.Contains(",Inbound,[None],,Abandon,", StringComparison.Ordinal)), Is.Positive);
        Assert.That(rows.Count(r => r.Contains(",3rd party transfer,[None],,,", StringComparison.Ordinal)), Is.Positive);
        Assert.That(rows.Count(r => r.Contains(",Transferred To 3rd Party,", StringComparison.Ordinal)), Is.Positive);
    }

    [TestCase(",Support DE - Inbound,Inbound,[None],,,", 1, TestName = "ATransferredCall_WaitedInAnotherQueueFirst")]
    [TestCase(",Queue Callback,[None],,No Answer,", 1, TestName = "ACallback_IsTriedInVain")]
    [TestCase(",Inbound Voicemail,[None],,Voicemail,", 1, TestName = "AVoicemail_IsLeft")]
    [TestCase(",Inbound,[None],,Wrong Number,", 1, TestName = "AWrongNumber_EndsInTheIvr")]
    [TestCase(",Sales - Outbound,Outbound,[None],,No Answer,", 1, TestName = "ANumberThatDoesNotAnswer_IsAnAttempt")]
    public void Detours_AreThere(string row, int atLeast) =>
        Assert.That(Rows(Day, Later).Count(r => r.Contains(row, StringComparison.Ordinal)), Is.AtLeast(atLeast));

    [Test]
    public void ARow_AppearsFiveMinutesAfterItsLeg()
    {
        // It starts at 01:05:02 local time and takes 3:28.
        var start = Instant.FromUtc(2026, 3, 2, 9, 5, 2);
        var second = new Interval(start, start + Duration.FromSeconds(1));

        Assert.That(Rows(second, Instant.FromUtc(2026, 3, 2, 9, 13, 29)), Is.Empty);
        Assert.That(Rows(second, Instant.FromUtc(2026, 3, 2, 9, 13, 30)), Is.EqualTo(new[]
        {
            "326030100003021,\"Mon, 02 Mar 2026 01:05:02\",Sales - Outbound,Outbound,daniel.nguyen,Daniel Nguyen,Sale,5550106254,,5550100100,"
            + "00:03:28,00:03:30,0.0630,,00:00:00.000,00:00:04,00:03:24,00:00:00,00:00:00,00:01:26,,,,0,",
        }));
    }

    [Test]
    public void Calls_AreThoseOfTheAgentStates()
    {
        var states = Text(States.Records(new Interval(Day.Start - Duration.FromHours(24), Day.End + Duration.FromHours(24)), Later));
        var answered = Rows(Day, Later).Select(r => r.Split(',')).Where(f => f[5] != "[None]").ToList();

        Assert.That(answered, Is.Not.Empty);
        foreach (var fields in answered)
        {
            Assert.That(states, Does.Contain($",On Call,,{fields[0]},{fields[4]},").And.Contain($",{fields[5]},"));
        }
    }

    [Test]
    public void TalkTime_IncludesTheHoldsInIt()
    {
        // Its agent state On Call lasts 9:07, and the 39 s On Hold lie inside.
        var held = Rows(Day, Later).Single(row => row.StartsWith("326030200003017,", StringComparison.Ordinal)).Split(',');

        Assert.That((held[17], held[18]), Is.EqualTo(("00:09:07", "00:00:39")));
    }

    private static List<string> Rows(Interval window, Instant asOf) =>
        [.. Text(new GeneratedCallLog(States).Records(window, asOf)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static string Text(IEnumerable<ReadOnlyMemory<byte>> records) => string.Concat(records.Select(r => Encoding.UTF8.GetString(r.Span) + "\n"));
}
