using Five9Functions.AgentStates;

namespace Five9Functions.Tests.AgentStates;

/// <summary>A segment that cannot be stored: its row is quarantined unless it shows in another one.</summary>
public sealed class RefusedSegmentTests
{
    [TestCase("Ready[0,100) Inbound#1[10,20)", "Inbound", "1 visible 1 quarantined")]
    [TestCase("Ready[0,100) Inbound#1[10,20)", "Ready", "1 visible 1 quarantined")]
    [TestCase("Ready[0,100) Inbound#1[10,20)", "Ready[0,10)", "2 visible")]
    [TestCase("Ready[0,100) Inbound#1[0,100) Not Ready[200,200)", "Inbound", "1 absorbed 1 marker 1 quarantined")]
    [TestCase("Ready[M0-60,M0) Ready[M0,M0+60)", "Ready", "1 visible")] // on the day before
    [TestCase("Ready[M0-60,M0+60)", "Ready", "")]
    public void ARow_IsQuarantined_WhenAllThatShowsOfItIsRefused(string rows, string refused, string classes)
    {
        var day = new DayText();

        var resolved = AgentTimeline.Resolve(day.Day, day.Rows(rows), segment => day.Text(segment).StartsWith(refused, StringComparison.Ordinal));

        Assert.That(DayText.Text(resolved.Rows), Is.EqualTo(classes));
        Assert.That(day.Text(resolved), Is.EqualTo(day.Text(day.Resolve(rows))), "it is derived all the same");
    }
}
