using FsCheck;
using FsCheck.Fluent;

namespace Five9Functions.Tests.Adherence;

/// <summary>What always holds: docs/adherence.md.</summary>
public sealed class AdherencePropertyTests
{
    [Test]
    public void TheSums_AreThoseOfTheRulesReadPlainly_OnTheWholeTimeline() => Holds(some => some.Sums(some.From, some.To) == some.Plainly(some.From, some.To));

    [Test]
    public void Scheduled_IsInAndOutAndUnknown() => Holds(some =>
    {
        var s = some.Sums(some.From, some.To);
        return s.Scheduled == s.In + s.NotPresent + s.Wrong + s.Unknown && s.ScheduledWork <= s.Scheduled && s.ScheduledWorkUnknown <= s.Unknown && s.Adherence is null or (>= 0 and <= 100);
    });

    [Test]
    public void WindowsAddUp_WhereverTheyAreCut() => Holds(some => some.Sums(some.From, some.Middle) + some.Sums(some.Middle, some.To) == some.Sums(some.From, some.To));

    [Test]
    public void MoreTolerance_IsNeverLessAdherence() => Holds(some =>
        (some with { Tolerances = AdherenceText.Tolerate() }).Sums(some.From, some.To).In <= some.Sums(some.From, some.To).In
        && some.Sums(some.From, some.To).In <= (some with { Tolerances = AdherenceText.Tolerate(3_600, 3_600, 3_600) }).Sums(some.From, some.To).In);

    [Test]
    public void WhatIsNotScheduled_NeverLowersTheScore() => Holds(some =>
        some.Sums(some.From, some.To).Adherence == (some with { Done = [.. some.Done.Select((state, slot) => some.Plan[slot] is "Phone" or "Break" ? state : "")] }).Sums(some.From, some.To).Adherence);

    private static void Holds(Func<SomeAdherence, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true), Prop.ForAll(SomeAdherence.Arbitrary, property));
}
