using Five9Functions.Calls;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Five9Functions.Tests.Calls;

/// <summary>What always holds: docs/calls.md.</summary>
public sealed class CallPropertyTests
{
    private static readonly CallRules ByCampaign = new(QueueGrouping.Campaign);
    private static readonly CallRules BySkill = new(QueueGrouping.Skill);

    private static readonly CallRules[] AllRules =
    [
        ByCampaign,
        BySkill,
        ByCampaign with { TalkIncludesHold = false },
        BySkill with { WaitIncludesRing = false, Thresholds = new(Duration.FromMilliseconds(5_001), Duration.FromMilliseconds(499)) },
    ];

    [Test]
    public void TheFigures_AreThoseOfTheRulesReadPlainly() => Holds(some =>
        AllRules.All(rules => Told(Intervals(some.Legs, rules)).SequenceEqual(new NaiveCalls(some.Legs, rules).Told)));

    [Test]
    public void Offered_IsAnsweredAbandonedAndDiverted() => Holds(some => AllRules.All(rules =>
        Intervals(some.Legs, rules).All(i => i.Figures.Offered == i.Figures.Answered + i.Figures.Abandoned + i.Figures.Diverted)));

    [Test]
    public void OfferedWithoutTransferredIn_IsTheNumberOfQueuedCalls_ByBothGroupings() => Holds(some =>
        AllRules.All(rules => Intervals(some.Legs, rules).Sum(i => i.Figures.Offered - i.Figures.TransferredIn) == new NaiveCalls(some.Legs, ByCampaign).QueuedCalls));

    [Test]
    public void WhatWasWorkedAndTried_IsTheSameByBothGroupings() => Holds(some =>
        Equals(Worked(Sum(Intervals(some.Legs, ByCampaign))), Worked(Sum(Intervals(some.Legs, BySkill)))));

    [Test]
    public void PartsAreNotMoreThanTheWhole_AndNothingIsHandledWithoutAnAnswer() => Holds(some => AllRules.All(rules => Intervals(some.Legs, rules).All(i =>
        i.Figures.AnsweredWithin <= i.Figures.Answered
        && i.Figures.AbandonedShort <= i.Figures.AbandonedWithin
        && i.Figures.AbandonedWithin <= i.Figures.Abandoned
        && i.Figures.TransferredIn <= i.Figures.Offered
        && (i.Figures.HandleSeconds == 0 || i.Figures.Answered > 0)
        && IntervalFigures.Columns.All(column => column.Value(i.Figures) >= 0)
        && i.Figures != default)));

    [Test]
    public void TheCampaignFigures_OfTheReportWithSkills_AreThoseOfTheStandardOne() => Holds(some =>
        Told(Intervals(some.Legs, ByCampaign)).SequenceEqual(Told(Intervals([.. some.Legs.Select(leg => leg with { Skill = "" })], ByCampaign))));

    [Test]
    public void TheOrderOfTheRows_ChangesNothing() => Holds(some =>
    {
        var random = new System.Random(some.Legs.Count);
        CallLeg[] shuffled = [.. some.Legs.OrderBy(_ => random.Next())];
        return AllRules.All(rules => SomeCalls.Days.All(day => Told(day, some.Legs, rules) == Told(day, shuffled, rules) && Told(day, some.Legs, rules) == Told(day, [.. some.Legs.Reverse()], rules)));
    });

    [Test]
    public void ReadingEverythingTwice_OnlyCountsTwins() => Holds(some => AllRules.All(rules => SomeCalls.Days.All(day =>
        Told(day, [.. some.Legs, .. some.Legs.Select(leg => leg with { })], rules, twins: some.Legs.Count(leg => leg.Day == day)) == Told(day, some.Legs, rules))));

    [Test]
    public void DaysOutsideTheContext_ChangeNothing() => Holds(some => AllRules.All(rules => SomeCalls.Days.All(day =>
        Told(day, [.. some.Legs.Where(leg => day.PlusDays(-2) <= leg.Day && leg.Day <= day.PlusDays(1))], rules) == Told(day, some.Legs, rules))));

    [Test]
    public void EachRowOfTheDay_IsInOneClass() => Holds(some => AllRules.All(rules => SomeCalls.Days.All(day =>
    {
        var (figures, legs) = CallDay.Of(day, some.Legs, rules);
        var own = some.Legs.Where(leg => leg.Day == day).ToList();
        return figures.Rows.Rows == own.Count && legs.Select(leg => leg.Leg.Row).Order().SequenceEqual(own.Select(leg => leg.Row).Order());
    })));

    [Test]
    public void LongerIntervals_AddUpToTheSame() => Holds(some =>
    {
        var quarters = Intervals(some.Legs, BySkill);
        return Sum(LongerIntervals.Of(quarters, 30, CallText.Zone)) == Sum(quarters)
            && Told(LongerIntervals.Of(LongerIntervals.Of(quarters, 30, CallText.Zone), 60, CallText.Zone)).SequenceEqual(Told(LongerIntervals.Of(quarters, 60, CallText.Zone)));
    });

    private static void Holds(Func<SomeCalls, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true), Prop.ForAll(SomeCalls.Arbitrary, property));

    /// <summary>Of all days, each derived by itself; no two of them may tell the same interval of a queue.</summary>
    private static List<QueueInterval> Intervals(IReadOnlyList<CallLeg> legs, CallRules rules) =>
        [.. SomeCalls.Days.SelectMany(day => CallDay.Of(day, legs, rules).Day.Intervals).OrderBy(i => i.Queue, StringComparer.Ordinal).ThenBy(i => i.Start)];

    private static IntervalFigures Sum(IEnumerable<QueueInterval> intervals) => intervals.Aggregate(default(IntervalFigures), (sum, i) => sum + i.Figures);

    private static IntervalFigures Worked(IntervalFigures f) => new()
    {
        TalkSeconds = f.TalkSeconds,
        HoldSeconds = f.HoldSeconds,
        AfterCallWorkSeconds = f.AfterCallWorkSeconds,
        HandleSeconds = f.HandleSeconds,
        OtherHandleSeconds = f.OtherHandleSeconds,
        Outbound = f.Outbound,
        OutboundHandleSeconds = f.OutboundHandleSeconds,
        OutboundAttempts = f.OutboundAttempts,
        IvrOnly = f.IvrOnly,
    };

    private static IEnumerable<string> Told(IEnumerable<QueueInterval> intervals) => intervals.Select(i =>
        $"{i.Queue} {i.Start} {string.Join(' ', IntervalFigures.Columns.Where(c => c.Value(i.Figures) != 0).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => $"{c.Name} {c.Value(i.Figures)}"))}");

    private static string Told(LocalDate day, IReadOnlyList<CallLeg> legs, CallRules rules, int twins = 0)
    {
        var (figures, classified) = CallDay.Of(day, legs, rules);
        var rows = figures.Rows with { Duplicate = figures.Rows.Duplicate - twins };
        return string.Join('\n', Told(figures.Intervals).Append($"{rows} {figures.HandleTimeDiffers}")
            .Concat(classified.OrderBy(leg => leg.Leg.Row).Select(leg => $"{leg.Leg.Row} {leg.Class} {leg.Queue} {leg.Contact}")));
    }
}
