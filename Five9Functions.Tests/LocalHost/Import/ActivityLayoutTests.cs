using Five9Functions.AgentStates;
using Five9Functions.LocalHost.Import;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class ActivityLayoutTests
{
    [Test]
    public void ALine_IsByTheClockOfTheZone() => Assert.That(
        Lines(Segment("On Call", StateKind.Call, "", "2026-08-21T16:00:10Z", "2026-08-21T16:05:02Z")),
        Is.EqualTo(new[] { "21/08/2026;09:00:10;21/08/2026;09:05:02;ann;On Call" }));

    [Test]
    public void AStateUpToMidnight_EndsOnTheNextDate() => Assert.That(
        Lines(Segment("Ready", StateKind.Ready, "", "2026-08-22T06:59:00Z", "2026-08-22T07:00:00Z")),
        Is.EqualTo(new[] { "21/08/2026;23:59:00;22/08/2026;00:00:00;ann;Ready" }));

    [TestCase("Not Ready", StateKind.NotReady, "Lunch", "Not Ready: Lunch")]
    [TestCase("Not Ready", StateKind.NotReady, "", "Not Ready")]
    [TestCase("Logout", StateKind.LoggedOut, "Forced", "Logout")]
    public void TheReason_IsPartOfNotReadyAlone(string state, StateKind kind, string reason, string activity) => Assert.That(
        Lines(Segment(state, kind, reason, "2026-08-21T16:00:00Z", "2026-08-21T16:00:01Z")),
        Is.EqualTo(new[] { $"21/08/2026;09:00:00;21/08/2026;09:00:01;ann;{activity}" }));

    [Test]
    public void WhereTheClockGoesBack_ALineEndsAndAnotherBegins() => Assert.That(
        Lines(Segment("Ready", StateKind.Ready, "", "2026-11-01T08:50:00Z", "2026-11-01T09:10:00Z")),
        Is.EqualTo(new[] { "01/11/2026;01:50:00;01/11/2026;02:00:00;ann;Ready", "01/11/2026;01:00:00;01/11/2026;01:10:00;ann;Ready" }));

    [Test]
    public void WhereTheClockGoesForward_TheHourThatIsNotThereIsLeftOut() => Assert.That(
        Lines(Segment("Ready", StateKind.Ready, "", "2026-03-08T09:50:00Z", "2026-03-08T10:10:00Z")),
        Is.EqualTo(new[] { "08/03/2026;01:50:00;08/03/2026;02:00:00;ann;Ready", "08/03/2026;03:00:00;08/03/2026;03:10:00;ann;Ready" }));

    private static string[] Lines(Segment segment) =>
        [.. ActivityLayout.Of([SegmentFields.Of(segment)], DateTimeZoneProviders.Tzdb["America/Los_Angeles"]).Select(fields => string.Join(';', fields))];

    private static Segment Segment(string state, StateKind kind, string reason, string start, string end)
    {
        var (from, to) = (InstantPattern.General.Parse(start).Value, InstantPattern.General.Parse(end).Value);
        return new("ann", "Ann", state, kind, reason, "", from, to, from, to, false, false, [], false, false);
    }
}
