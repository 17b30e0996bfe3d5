using Five9Functions.Adherence;
using Five9Functions.AgentStates;

namespace Five9Functions.Tests.Adherence;

public sealed class AdherenceRulesTests
{
    private const string Hour = "10:00-11:00";

    private static readonly ActivityRules Rules = new(
        [new("Phone", ActivityType.Work), new("Break", ActivityType.Break), new("Offline", ActivityType.Meeting)],
        [
            new("Phone", "Ready", null, null),
            new("Phone", null, null, StateKind.Call),
            new("Break", "Not Ready", "Lunch", null),
            new("Offline", "Not Ready", "Back office", null),
        ],
        [new("Break", ["Break", "Offline"])],
        ParallelStates.Visible,
        Tolerances.None);

    // The table of classes: scheduled, state, known, class.
    [TestCase("", "", Hour, "Nothing")]
    [TestCase("", "10:00-11:00 Logout", Hour, "Nothing")]
    [TestCase("", "10:00-11:00 Ready", "", "Nothing")]
    [TestCase("", "10:00-11:00 Ready", Hour, "NotScheduled")]
    [TestCase("", "10:00-11:00 Dreaming", Hour, "NotScheduled")]
    [TestCase("10:00-11:00 Phone", "10:00-11:00 Ready", "", "Unknown")]
    [TestCase("10:00-11:00 Phone", "", "", "Unknown")]
    [TestCase("10:00-11:00 Phone", "10:00-11:00 Ready", Hour, "In")]
    [TestCase("10:00-11:00 Phone", "10:00-11:00 Inbound", Hour, "In")]
    [TestCase("10:00-11:00 Break/break", "10:00-11:00 Not Ready/back OFFICE", Hour, "In")]
    [TestCase("10:00-11:00 Phone", "", Hour, "NotPresent")]
    [TestCase("10:00-11:00 Phone", "10:00-11:00 Logged Out", Hour, "NotPresent")]
    [TestCase("10:00-11:00 Phone", "10:00-11:00 Not Ready/Lunch", Hour, "Wrong")]
    [TestCase("10:00-11:00 Phone", "10:00-11:00 Not Ready/Smoking", Hour, "Wrong")]
    [TestCase("10:00-11:00 Phone", "10:00-11:00 Not Ready", Hour, "Wrong")]
    [TestCase("10:00-11:00 Break/break", "10:00-11:00 Ready", Hour, "Wrong")]
    [TestCase("10:00-11:00 Standup/meeting", "10:00-11:00 Ready", Hour, "Wrong")]
    [TestCase("10:00-11:00 Feast/holiday", "", Hour, "Nothing")]
    [TestCase("10:00-11:00 Flu/illness", "10:00-11:00 Ready", Hour, "NotScheduled")]
    [TestCase("10:00-11:00 Feast/holiday", "", "", "Nothing")]
    public void EachClass(string scheduled, string state, string known, string expected) =>
        Assert.That(AdherenceText.Judged(AdherenceText.Agent(scheduled, state, known), Rules, Hour), Is.EqualTo($"10:00:00-11:00:00 {expected}"));

    [TestCase("Ready+call", ParallelStates.Visible, "Wrong")]
    [TestCase("Not Ready/Lunch+call", ParallelStates.Any, "In")]
    [TestCase("Not Ready/Lunch+call", ParallelStates.Visible, "Wrong")]
    [TestCase("Not Ready/Lunch+ready", ParallelStates.Any, "In")]
    [TestCase("Not Ready/Lunch+preview", ParallelStates.Any, "Wrong")]
    public void WhatIsActiveUnderTheVisibleState_CountsOnlyWhereItIsToldTo(string state, ParallelStates parallel, string expected)
    {
        var scheduled = state.StartsWith("Ready", StringComparison.Ordinal) ? "10:00-11:00 Break/break" : "10:00-11:00 Phone";

        Assert.That(
            AdherenceText.Judged(AdherenceText.Agent(scheduled, $"10:00-11:00 {state}", Hour), Rules with { Parallel = parallel }, Hour), Is.EqualTo($"10:00:00-11:00:00 {expected}"));
    }

    [Test]
    public void AKindUnderTheVisibleState_WhoseStatesStandForSeveralActivities_StandsForNone() => Assert.That(
        AdherenceText.Judged(AdherenceText.Agent("10:00-11:00 Offline/meeting", "10:00-11:00 Inbound+notReady", Hour), Rules with { Parallel = ParallelStates.Any }, Hour),
        Is.EqualTo("10:00:00-11:00:00 Wrong"), "Not Ready may be lunch or back office; which, is not known of it");

    [TestCase("Ready", "", "Phone")]
    [TestCase("Not Ready", "Lunch", "Break")]
    [TestCase("Not Ready", "", "Short break")]
    [TestCase("Not Ready", "Smoking", "Away")]
    [TestCase("Chat", "", "Text")]
    [TestCase("SMS", "", "Text")]
    [TestCase("Email", "", "Mail")]
    [TestCase("Ringing", "", null)]
    public void AState_IsMappedByItsReason_ThenByItsName_ThenByItsKind(string state, string reason, string? activity)
    {
        var map = new ActivityMap(Rules with
        {
            States =
            [
                new("Text", null, null, StateKind.OtherMedia), new("Mail", "Email", null, null), new("Away", "Not Ready", null, null),
                new("Short break", "Not Ready", "", null), new("Break", "Not Ready", "Lunch", null), new("Phone", "Ready", null, null),
            ],
        });

        Assert.That(map.ActivityOf(AdherenceText.Agent("", $"10:00-11:00 {state}{(reason.Length > 0 ? "/" + reason : "")}").States[0]), Is.EqualTo(activity));
    }

    // Phone from 10:00 to 11:00; states; tolerances of notPresent and wrong; what comes out of it.
    [TestCase("10:02-11:00 Ready", 120, 0, "10:00:00-11:00:00 In")]
    [TestCase("10:02:01-11:00 Ready", 120, 0, "10:00:00-10:02:01 NotPresent, 10:02:01-11:00:00 In")]
    [TestCase("10:01-10:02 Email, 10:02-11:00 Ready", 120, 0, "10:00:00-11:00:00 In")]
    [TestCase("10:01-10:03 Email, 10:03-11:00 Ready", 120, 600, "10:00:00-10:01:00 NotPresent, 10:01:00-10:03:00 Wrong, 10:03:00-11:00:00 In")]
    [TestCase("10:00-10:01 Email, 10:03-11:00 Ready", 120, 180, "10:00:00-11:00:00 In")]
    [TestCase("10:00-10:30 Ready, 10:31-11:00 Ready", 60, 0, "10:00:00-11:00:00 In")]
    [TestCase("10:00-10:59 Ready, 10:59-11:30 Email", 0, 60, "10:00:00-11:00:00 In")]
    public void ARun_IsJudgedByTheClassThatItBeginsWith_AsAWhole(string states, int notPresent, int wrong, string expected) => Assert.That(
        AdherenceText.Judged(AdherenceText.Agent("10:00-11:00 Phone", states), Rules with { Tolerances = AdherenceText.Tolerate(notPresent, wrong) }, Hour), Is.EqualTo(expected));

    [Test]
    public void AnUnknownStretch_EndsARun() => Assert.That(
        AdherenceText.Judged(
            AdherenceText.Agent("10:00-11:00 Phone", "10:03-11:00 Ready", "09:00-10:01, 10:02-12:00"), Rules with { Tolerances = AdherenceText.Tolerate(notPresent: 60) }, Hour),
        Is.EqualTo("10:00:00-10:01:00 In, 10:01:00-10:02:00 Unknown, 10:02:00-11:00:00 In"));

    [Test]
    public void ARun_GoesOnFromOneScheduledActivityToTheNext() => Assert.That(
        AdherenceText.Judged(
            AdherenceText.Agent("10:00-10:30 Phone, 10:30-11:00 Break/break", "10:00-10:29 Ready, 10:31-11:00 Not Ready/Lunch"), Rules with { Tolerances = AdherenceText.Tolerate(notPresent: 119) }, Hour),
        Is.EqualTo("10:00:00-10:29:00 In, 10:29:00-10:31:00 NotPresent, 10:31:00-11:00:00 In"));

    [TestCase(600, "10:00:00-11:00:00 Nothing")]
    [TestCase(599, "10:00:00-10:20:00 Nothing, 10:20:00-10:30:00 NotScheduled, 10:30:00-11:00:00 Nothing")]
    public void WorkThatIsNotScheduled_HasATolerance_AndIsNoAdherence(int tolerance, string expected) => Assert.That(
        AdherenceText.Judged(AdherenceText.Agent("", "10:20-10:30 Ready"), Rules with { Tolerances = AdherenceText.Tolerate(notScheduled: tolerance) }, Hour), Is.EqualTo(expected));

    [Test]
    public void NothingThatIsKnown_HasNoPercent()
    {
        var unknown = Sums("10:00-11:00 Phone", "", known: "");
        Assert.That((AdherenceText.Text(unknown), unknown.Adherence, unknown.Conformance), Is.EqualTo(("3600 3600 0 0 0 +0 0/0", (decimal?)null, (decimal?)null)));

        var meeting = Sums("10:00-11:00 Offline/meeting", "10:00-11:00 Not Ready/Back office", known: Hour);
        Assert.That((AdherenceText.Text(meeting), meeting.Adherence, meeting.Conformance), Is.EqualTo(("3600 0 3600 0 0 +0 0/0", (decimal?)100, (decimal?)null)));

        var more = Sums("10:00-10:30 Phone", "10:00-11:00 Ready", known: Hour);
        Assert.That((AdherenceText.Text(more), more.Adherence, more.Conformance), Is.EqualTo(("1800 0 1800 0 0 +1800 3600/1800", (decimal?)100, (decimal?)200)));
    }

    [Test]
    public void ATeam_IsSumOverSum()
    {
        var team = Sums("10:00-10:10 Phone", "10:00-10:10 Ready", Hour) + Sums("10:00-11:00 Phone", "10:00-10:30 Ready", Hour);

        Assert.That((team.In, team.Scheduled, Math.Round(team.Adherence!.Value, 1)), Is.EqualTo((2400L, 4200L, 57.1m)), "the mean of 100 % and 50 % would be 75");
    }

    private static AdherenceSums Sums(string scheduled, string states, string known) => AdherenceSums.Of(AdherenceText.Agent(scheduled, states, known), new ActivityMap(Rules), AdherenceText.Window(Hour));
}
