using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using NodaTime;
using NodaTime.Text;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Runs;

public sealed class ReportDefinitionTests
{
    [Test]
    public void Touched_ByCalls_IsTheDayBefore_TheDay_AndTwoMore() => Assert.That(
        ReportDefinition.Calls.Touched(Day, At("2026-12-24T00:00:00Z"), LosAngeles),
        Is.EqualTo(new LocalDate[] { new(2026, 11, 1), new(2026, 11, 2), new(2026, 11, 3), new(2026, 11, 4) }));

    [TestCase("2026-10-30", false)]
    [TestCase("2026-10-31", true)]
    [TestCase("2026-11-03", true)]
    [TestCase("2026-11-04", false)]
    public void Reaches_OfCalls_IsTheOtherWayRound(string date, bool reaches)
    {
        var raw = RawDayHeader.Empty(new RawDayId("acme", "calls", LocalDatePattern.Iso.Parse(date).Value)) with { Version = 1 };

        Assert.That(ReportDefinition.Calls.Reaches(raw, new LocalDay(new LocalDate(2026, 11, 2), LosAngeles)), Is.EqualTo(reaches));
    }

    [Test]
    public void Of_AnUnknownName_SaysWhatThereIs() => Assert.That(
        () => ReportDefinition.Of("call-log"), Throws.InvalidOperationException.With.Message.EqualTo("There is no report 'call-log'; known are agent-states and calls."));

    private static readonly LocalDate Day = new(2026, 11, 2);

    [TestCase("2026-11-02T20:00:00Z", "1 2 3", Description = "The day and its neighbours, whose states are cut at midnight.")]
    [TestCase("2026-11-04T07:59:59Z", "1 2 3", Description = "Until the end of the next local day.")]
    [TestCase("2026-11-04T08:00:00Z", "1 2 3 4", Description = "The local midnight after it.")]
    [TestCase("2026-11-07T10:00:00Z", "1 2 3 4 5 6 7")]
    [TestCase("2026-12-24T00:00:00Z", "1 2 3 4 5 6 7 8 9", Description = "No valid state lasts longer than 168 hours.")]
    public void Touched_ReachesToTheLatestEnd(string latestEnd, string days) =>
        Assert.That(string.Join(' ', ReportDefinition.AgentStates.Touched(Day, At(latestEnd), LosAngeles).Select(d => d.Day)), Is.EqualTo(days));

    [Test]
    public void Touched_WithoutRows_IsTheDayAndItsNeighbours() =>
        Assert.That(ReportDefinition.AgentStates.Touched(Day, Instant.MinValue, LosAngeles), Is.EqualTo(new LocalDate[] { new(2026, 11, 1), new(2026, 11, 2), new(2026, 11, 3) }));
}
