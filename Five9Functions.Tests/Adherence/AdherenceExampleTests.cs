using Five9Functions.Adherence;

namespace Five9Functions.Tests.Adherence;

/// <summary>The tables of docs/adherence.md, row by row.</summary>
public sealed class AdherenceExampleTests
{
    [Test]
    public void EachMoment_IsWhatTheRulesSay() => Assert.That(
        AdherenceText.Judged(AdherenceExample.Agent, AdherenceExample.Rules, "05:00-16:00"),
        Is.EqualTo(
            "05:00:00-06:55:00 In, 06:55:00-07:05:00 Wrong, 07:05:00-10:58:00 In, 10:58:00-11:00:00 Wrong, 11:00:00-12:00:00 In, 12:00:00-12:15:00 Unknown, "
            + "12:15:00-13:40:00 In, 13:40:00-14:00:00 NotPresent, 14:00:00-15:00:00 Nothing, 15:00:00-15:10:00 NotScheduled, 15:10:00-16:00:00 Nothing"));

    [TestCase("05:00:00", "05:01:20", AdherenceClass.NotPresent, true)]
    [TestCase("06:55:00", "07:05:00", AdherenceClass.Wrong, false)]
    [TestCase("10:29:30", "10:30:00", AdherenceClass.Wrong, true)]
    [TestCase("10:58:00", "11:00:00", AdherenceClass.Wrong, false)]
    [TestCase("13:40:00", "14:00:00", AdherenceClass.NotPresent, false)]
    [TestCase("15:00:00", "15:10:00", AdherenceClass.NotScheduled, false)]
    public void Runs(string start, string end, AdherenceClass beganAs, bool tolerated)
    {
        var runs = AdherenceTimeline.Of(AdherenceExample.Agent, new ActivityMap(AdherenceExample.Rules), AdherenceText.Window("00:00-24:00"))
            .Where(stretch => stretch.Run is not null).Select(stretch => stretch.Run!).Distinct().ToList();

        Assert.That(runs, Has.Count.EqualTo(6));
        Assert.That(runs, Does.Contain(new AdherenceRun(AdherenceText.At(start), AdherenceText.At(end), beganAs, tolerated)));
    }

    [TestCase("05:00-16:00", "32400 900 29580 720 1200 +600 28510/29700", "93.9", "96.0")]
    [TestCase("05:00-07:00", "7200 0 6900 300 0 +0 6820/7200", "95.8", "94.7")]
    [TestCase("07:00-16:00", "25200 900 22680 420 1200 +600 21690/22500", "93.3", "96.4")]
    public void Sums(string window, string seconds, string adherence, string conformance)
    {
        var sums = Of(window, AdherenceExample.Rules);

        Assert.That((AdherenceText.Text(sums), Shown(sums.Adherence), Shown(sums.Conformance)), Is.EqualTo((seconds, adherence, conformance)));
    }

    [TestCase("05:00-16:00", "32400 900 29700 600 1200 +600 28510/29700")]
    [TestCase("05:00-07:00", "7200 0 6900 300 0 +0 6820/7200")]
    [TestCase("07:00-16:00", "25200 900 22800 300 1200 +600 21690/22500")]
    public void ARunOverMidnight_IsJudgedAsAWhole(string window, string seconds) => Assert.That(
        AdherenceText.Text(Of(window, AdherenceExample.Rules with { Tolerances = AdherenceText.Tolerate(notPresent: 120, wrong: 400) })), Is.EqualTo(seconds),
        "300 s on either side are less than 400, but the run has 600; the one of 120 is tolerated");

    private static AdherenceSums Of(string window, ActivityRules rules) => AdherenceSums.Of(AdherenceExample.Agent, new ActivityMap(rules), AdherenceText.Window(window));

    private static string Shown(decimal? percent) => Math.Round(percent!.Value, 1, MidpointRounding.AwayFromZero).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
