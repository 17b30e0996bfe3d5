using Five9Functions.Calls;
using NodaTime;
using static Five9Functions.Tests.Calls.CallText;

namespace Five9Functions.Tests.Calls;

public sealed class WorkedExampleTests
{
    private static readonly CallAccounting Rows = new(
        ContactLegs: 14, IvrOnly: 1, CallbackAttempt: 1, Voicemail: 1, ThirdParty: 1, Outbound: 1, Attempt: 2, Internal: 2, Unclassified: 1, Duplicate: 0, Quarantined: 0);

    [Test]
    public void ByCampaign_AsInTheDocument()
    {
        var (day, _) = CallDay.Of(Friday, Legs(WorkedExample.Csv), new CallRules(QueueGrouping.Campaign));

        Assert.That(Table(day.Intervals), Is.EqualTo(new[]
        {
            "Sales In 16:00 9 6 2 1 1 0 2 1 1840 230 180 2250 297 49 1 0 0 0 0",
            "Sales In 16:15 1 1 0 0 0 0 0 0 60 0 0 60 20 0 0 60 0 0 0",
            "Sales Out 16:30 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 120 2",
        }));
        Assert.That((day.Rows, day.Rows.Rows, day.HandleTimeDiffers), Is.EqualTo((Rows, 24, 0)));
    }

    [Test]
    public void BySkill_AsInTheDocument()
    {
        var (day, _) = CallDay.Of(Friday, Legs(WorkedExample.Csv), new CallRules(QueueGrouping.Skill));

        Assert.That(Table(day.Intervals), Is.EqualTo(new[]
        {
            "(no skill) 16:00 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0",
            "(no skill) 16:30 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 120 2",
            "S-Care 16:00 3 2 0 0 1 1 1 0 300 30 50 380 68 0 0 0 0 0 0",
            "S-Care 16:15 1 1 0 0 0 1 0 0 100 20 10 130 25 0 0 60 0 0 0",
            "S-New 16:00 7 4 2 1 1 0 2 1 1440 180 120 1740 92 49 0 0 0 0 0",
            "S-New 16:15 1 1 0 0 0 0 0 0 60 0 0 60 20 0 0 0 0 0 0",
        }));
        Assert.That(day.Rows, Is.EqualTo(Rows));
    }

    [Test]
    public void EachLeg_HasItsClassQueueAndContact()
    {
        var (_, legs) = CallDay.Of(Friday, Legs(WorkedExample.Csv), new CallRules(QueueGrouping.Skill));

        Assert.That(legs.OrderBy(leg => leg.Leg.Start).ThenBy(leg => leg.Leg.CallId).Select(leg => $"{leg.Leg.CallId} {LegClasses.Word(leg.Class)} {leg.Queue} {leg.Contact}"), Is.EqualTo(new[]
        {
            "101 contactLeg S-New 101/1",
            "102 contactLeg S-New 102/1",
            "103 contactLeg S-New 103/1",
            "104 ivrOnly (no skill) ",
            "105 contactLeg S-New 105/1",
            "105 contactLeg S-Care 105/2",
            "106 contactLeg S-New 106/1",
            "106 contactLeg S-New 106/1",
            "107 contactLeg S-Care 107/1",
            "108 contactLeg S-New 108/1",
            "109 contactLeg S-Care 109/1",
            "110 contactLeg S-New 110/1",
            "108 contactLeg S-Care 108/2",
            "109 voicemail S-Care ",
            "110 thirdParty S-New ",
            "111 contactLeg S-New 111/1",
            "112 attempt (no skill) ",
            "113 outbound (no skill) ",
            "114 attempt (no skill) ",
            "115 internal (no skill) ",
            "116 internal S-Care ",
            "117 unclassified S-Care ",
            "107 callbackAttempt S-Care ",
            "107 contactLeg S-Care 107/1",
        }));
    }

    [Test]
    public void OnReading_AsInTheDocument()
    {
        var figures = CallDay.Of(Friday, Legs(WorkedExample.Csv), new CallRules(QueueGrouping.Campaign)).Day.Intervals[0].Figures;

        Assert.That(figures.AverageHandleTime(), Is.EqualTo(375m));
        Assert.That(figures.AverageSpeedOfAnswer(), Is.EqualTo(49.5m));
        Assert.That(figures.ServiceLevel(ServiceLevelFormula.OfOffered), Is.EqualTo(0.25m));
    }

    [TestCase(QueueGrouping.Campaign)]
    [TestCase(QueueGrouping.Skill)]
    public void ReadInSlices_IsTheSame(QueueGrouping grouping)
    {
        // Cut between the legs of 108, and between two other calls.
        Instant[] cuts = [AllDays.Wanted.Start, Instant.FromUtc(2026, 8, 21, 16, 2), Instant.FromUtc(2026, 8, 21, 16, 15), AllDays.Wanted.End];
        var slices = cuts.Zip(cuts.Skip(1), (from, to) => Legs(WorkedExample.Csv, Window(from, to))).Reverse().SelectMany(legs => legs);

        var whole = CallDay.Of(Friday, Legs(WorkedExample.Csv), new CallRules(grouping)).Day;
        var sliced = CallDay.Of(Friday, slices, new CallRules(grouping)).Day;

        Assert.That(Table(sliced.Intervals), Is.EqualTo(Table(whole.Intervals)));
        Assert.That(sliced.Rows, Is.EqualTo(Rows));
    }

    [Test]
    public void ReadTwice_OnlyCountsTwice()
    {
        var day = CallDay.Of(Friday, [.. Legs(WorkedExample.Csv), .. Legs(WorkedExample.Csv)], new CallRules(QueueGrouping.Campaign)).Day;

        Assert.That(Table(day.Intervals).First(), Is.EqualTo("Sales In 16:00 9 6 2 1 1 0 2 1 1840 230 180 2250 297 49 1 0 0 0 0"));
        Assert.That(day.Rows, Is.EqualTo(Rows with { Duplicate = 24 }));
    }

    [Test]
    public void TheFiveLiveRows_AsInTheDocument()
    {
        var (day, _) = CallDay.Of(Friday, Legs(WorkedExample.LiveRows), new CallRules(QueueGrouping.Campaign));

        Assert.That(day.Intervals.Select(NotZero), Is.EqualTo(new[]
        {
            "Campaign A 16:00: outbound 1 outboundHandleSeconds 43 outboundAttempts 1",
            "Campaign B 16:00: outbound 1 outboundHandleSeconds 43",
            "Campaign C - Inbound 16:00: ivrOnly 1",
        }));
        Assert.That(day.Rows, Is.EqualTo(new CallAccounting { IvrOnly = 1, ThirdParty = 1, Outbound = 2, Attempt = 1 }));
    }
}
