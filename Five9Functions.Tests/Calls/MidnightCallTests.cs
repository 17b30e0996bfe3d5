using Five9Functions.Calls;
using NodaTime;
using static Five9Functions.Tests.Calls.CallText;

namespace Five9Functions.Tests.Calls;

/// <summary>A call reaches over at most one local midnight, and every day comes to the same end about it.</summary>
public sealed class MidnightCallTests
{
    [Test]
    public void AContactThatArrivedBeforeMidnight_CountsOnThatDay_WithWhatCameAfter()
    {
        const string Legs = "21 23:59:50 | Inbound | | X | wait 8 flag 0\n22 00:10:00 | Queue Callback | eve | X | talk 60 flag 0\n22 00:10:30 | Queue Callback | | X | ";

        Assert.That(Of(21, Legs), Is.EqualTo(new[] { "X 06:45: offered 1 answered 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 8", "1" }));
        Assert.That(Of(22, Legs), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public void AContactThatArrivedInAnotherQueueAfterMidnight_CountsOnItsOwnDay()
    {
        const string Legs = "21 23:59:50 | Inbound | | X | wait 8 flag 0\n22 00:00:00 | Inbound | eve | Y | wait 1 talk 60 flag 0";

        Assert.That(Of(21, Legs), Is.EqualTo(new[] { "X 06:45: offered 1 diverted 1", "1" }));
        Assert.That(Of(22, Legs), Is.EqualTo(new[] { "Y 07:00: offered 1 answered 1 transferredIn 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 1", "1" }));
    }

    [Test]
    public void ADayInBetween_MakesTwoCalls()
    {
        const string Legs = "20 23:59:50 | Inbound | | X | wait 8 flag 0\n22 00:00:00 | Inbound | eve | X | wait 1 talk 60 flag 0";

        Assert.That(Of(20, Legs)[0], Is.EqualTo("X 06:45: offered 1 diverted 1"));
        Assert.That(Of(22, Legs)[0], Is.EqualTo("X 07:00: offered 1 answered 1 answeredWithin 1 talkSeconds 60 handleSeconds 60 waitSecondsAnswered 1"));
    }

    [Test]
    public void FiveDaysRunning_AreTheFirstTwoTogether_AndTheOthersEachAlone()
    {
        var legs = string.Join('\n', Enumerable.Range(20, 5).Select(day => $"{day} 12:00:00 | Inbound | | X | wait {day} flag 1"));

        Assert.That(Enumerable.Range(20, 5).Select(day => Of(day, legs)[0]), Is.EqualTo(new[]
        {
            "X 19:00: offered 1 abandoned 1 waitSecondsAbandoned 41",
            "1",
            "X 19:00: offered 1 abandoned 1 waitSecondsAbandoned 22",
            "X 19:00: offered 1 abandoned 1 waitSecondsAbandoned 23",
            "X 19:00: offered 1 abandoned 1 waitSecondsAbandoned 24",
        }));
    }

    /// <summary>The intervals of a day of August, and last how many rows it has.</summary>
    private static string[] Of(int day, string legs)
    {
        var figures = CallDay.Of(new LocalDate(2026, 8, day), legs.Split('\n').Select(Leg), new CallRules(QueueGrouping.Skill)).Day;
        return [.. figures.Intervals.Select(NotZero), $"{figures.Rows.Rows}"];
    }
}
