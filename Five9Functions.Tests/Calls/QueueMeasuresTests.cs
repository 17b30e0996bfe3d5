using Five9Functions.Calls;
using NodaTime;

namespace Five9Functions.Tests.Calls;

public sealed class QueueMeasuresTests
{
    private static readonly IntervalFigures Some = new()
    {
        Offered = 10,
        Answered = 4,
        Abandoned = 5,
        AbandonedShort = 2,
        Diverted = 1,
        AnsweredWithin = 3,
        AbandonedWithin = 4,
        HandleSeconds = 1_000,
        WaitSecondsAnswered = 50,
    };

    [Test]
    public void Measures_OfSomeFigures()
    {
        Assert.That(Some.AverageHandleTime(), Is.EqualTo(250m));
        Assert.That(Some.AverageSpeedOfAnswer(), Is.EqualTo(12.5m));
        Assert.That(Some.AbandonRate(), Is.EqualTo(0.375m));
    }

    [TestCase(ServiceLevelFormula.OfOffered, 3, 8)]
    [TestCase(ServiceLevelFormula.OfAnsweredAndAbandoned, 3, 7)]
    [TestCase(ServiceLevelFormula.WithAbandonedWithin, 7, 10)]
    public void ServiceLevel_ByEachFormula(ServiceLevelFormula formula, int part, int whole) =>
        Assert.That(Some.ServiceLevel(formula), Is.EqualTo((decimal)part / whole));

    [Test]
    public void Measures_OfNothing_AreNull()
    {
        IntervalFigures nothing = default;
        var allShort = new IntervalFigures { Offered = 2, Abandoned = 2, AbandonedShort = 2 };

        Assert.That(nothing.AverageHandleTime(), Is.Null);
        Assert.That(nothing.AverageSpeedOfAnswer(), Is.Null);
        Assert.That(nothing.ServiceLevel(ServiceLevelFormula.WithAbandonedWithin), Is.Null);
        Assert.That(allShort.AbandonRate(), Is.Null);
        Assert.That(allShort.ServiceLevel(ServiceLevelFormula.OfOffered), Is.Null);
        Assert.That(allShort.ServiceLevel(ServiceLevelFormula.OfAnsweredAndAbandoned), Is.Null);
    }

    [TestCase(59, true)]
    [TestCase(60, false)]
    public void Provisional_UntilReadAnHourAfterItsEnd(int minutes, bool provisional)
    {
        var end = Instant.FromUtc(2026, 8, 21, 16, 15);

        Assert.That(QueueMeasures.IsProvisional(end, end + Duration.FromMinutes(minutes)), Is.EqualTo(provisional));
    }

    [TestCase("America/Los_Angeles", 30, "2026-08-21T16:00 2026-08-21T16:15 2026-08-21T16:30", "16:00=2 16:30=1")]
    [TestCase("America/Los_Angeles", 60, "2026-08-21T16:00 2026-08-21T16:45 2026-08-21T17:00", "16:00=2 17:00=1")]
    [TestCase("Asia/Kolkata", 60, "2026-08-21T16:15 2026-08-21T16:30 2026-08-21T17:15 2026-08-21T17:30", "15:30=1 16:30=2 17:30=1")]
    [TestCase("Asia/Kathmandu", 30, "2026-08-21T16:00 2026-08-21T16:15 2026-08-21T16:30", "15:45=1 16:15=2")]
    [TestCase("America/Los_Angeles", 60, "2026-11-01T08:45 2026-11-01T09:00 2026-11-01T09:45 2026-11-01T10:00", "08:00=1 09:00=2 10:00=1")]
    [TestCase("Australia/Lord_Howe", 60, "2026-04-04T14:30 2026-04-04T14:45 2026-04-04T15:00 2026-04-04T15:15 2026-04-04T15:30", "14:00=2 15:00=2 15:30=1")]
    public void LongerIntervals_FollowTheZonesClock(string zone, int minutes, string quarters, string expected)
    {
        var figures = quarters.Split(' ').Reverse().Select(start => new QueueInterval("X", NodaTime.Text.InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(start).Value, new() { Offered = 1 }));

        Assert.That(string.Join(' ', LongerIntervals.Of(figures, minutes, DateTimeZoneProviders.Tzdb[zone]).Select(i => $"{i.Start:HH':'mm}={i.Figures.Offered}")), Is.EqualTo(expected));
    }

    [Test]
    public void LongerIntervals_KeepQueuesApart_AndAddUpEveryColumn()
    {
        var nineteen = new IntervalFigures
        {
            Offered = 1,
            Answered = 2,
            Abandoned = 3,
            AbandonedShort = 4,
            Diverted = 5,
            TransferredIn = 6,
            AnsweredWithin = 7,
            AbandonedWithin = 8,
            TalkSeconds = 9,
            HoldSeconds = 10,
            AfterCallWorkSeconds = 11,
            HandleSeconds = 12,
            WaitSecondsAnswered = 13,
            WaitSecondsAbandoned = 14,
            IvrOnly = 15,
            OtherHandleSeconds = 16,
            Outbound = 17,
            OutboundHandleSeconds = 18,
            OutboundAttempts = 19,
        };
        var start = Instant.FromUtc(2026, 8, 21, 16, 0);

        var hours = LongerIntervals.Of([new("b", start, nineteen), new("a", start, nineteen), new("b", start + QueueInterval.Length, nineteen)], 60, DateTimeZone.Utc);

        Assert.That(CallText.Table(hours), Is.EqualTo(new[]
        {
            "a 16:00 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19",
            "b 16:00 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 32 34 36 38",
        }));
    }

    [TestCase(15)]
    [TestCase(45)]
    public void LongerIntervals_OfAnotherLength_AreRefused(int minutes) =>
        Assert.That(() => LongerIntervals.Of([], minutes, DateTimeZone.Utc), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(0, 0)]
    [TestCase(899, 0)]
    [TestCase(900, 900)]
    [TestCase(-1, -900)]
    public void StartOf_IsTheQuarterHour(int seconds, int start) =>
        Assert.That(QueueInterval.StartOf(Instant.FromUnixTimeSeconds(seconds)), Is.EqualTo(Instant.FromUnixTimeSeconds(start)));

    [Test]
    public void Columns_StandInTheStatedOrder() => Assert.That(string.Join(", ", IntervalFigures.Columns.Select(c => c.Name)), Is.EqualTo(
        "offered, answered, abandoned, abandonedShort, diverted, transferredIn, answeredWithin, abandonedWithin, talkSeconds, holdSeconds, afterCallWorkSeconds, handleSeconds, "
        + "waitSecondsAnswered, waitSecondsAbandoned, ivrOnly, otherHandleSeconds, outbound, outboundHandleSeconds, outboundAttempts"));

    [Test]
    public void Classes_HaveOneWordEach() => Assert.That(string.Join(", ", Enum.GetValues<LegClass>().Select(LegClasses.Word)), Is.EqualTo(
        "contactLeg, ivrOnly, callbackAttempt, voicemail, thirdParty, outbound, attempt, internal, unclassified"));
}
