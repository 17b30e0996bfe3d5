using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Integrations;

/// <summary>Kept are 31 local days before the present one.</summary>
public sealed class RetentionRulesTests
{
    private static readonly LocalDate First = new(2026, 10, 2);

    [TestCase("2026-11-02T20:00:00Z", "2026-10-02")]
    [TestCase("2026-11-03T07:59:59Z", "2026-10-02", Description = "Midnight in Los Angeles is at 8:00.")]
    [TestCase("2026-11-03T08:00:00Z", "2026-10-03")]
    public void FirstKept_IsALocalDate(string now, string first) =>
        Assert.That(TableColumns.Text(RetentionRules.FirstKept(Acme with { RetentionDays = 31 }, At(now))!.Value), Is.EqualTo(first));

    [Test]
    public void FirstKept_WithoutRetention_IsNone() => Assert.That(RetentionRules.FirstKept(Acme, At("2026-11-02T20:00:00Z")), Is.Null);

    [TestCase("2026-09-01", 31, "2026-10-02")]
    [TestCase("2026-10-20", 31, "2026-10-20")]
    [TestCase("2026-09-01", 0, "2026-09-01")]
    public void HistoryStart_IsTheLater(string start, int days, string effective) =>
        Assert.That(TableColumns.Text(RetentionRules.HistoryStart(Acme with { HistoryStart = TableColumns.Date(start), RetentionDays = days }, At("2026-11-02T20:00:00Z"))), Is.EqualTo(effective));

    [TestCase(31, "2026-09-28T20:00:00Z")]
    [TestCase(90, "2026-08-04T20:00:00Z")]
    [TestCase(0, "2025-09-28T20:00:00Z")]
    public void Runs_AreKeptForAMonth_AndForAYearWhereDaysAreKeptForEver(int days, string since) =>
        Assert.That(RetentionRules.RunsSince(Acme with { RetentionDays = days }, At("2026-11-02T20:00:00Z")), Is.EqualTo(At(since)));

    [Test]
    public void ADayAtTheEdge_StaysAsItWasDerived_UntilItsOwnRowsAreOthers()
    {
        var day = new ReportDay
        {
            Id = new RawDayId("acme", "agent-states", First),
            Rules = 1,
            Settings = "a",
            Inputs = new Dictionary<LocalDate, long> { [First.PlusDays(-1)] = 5, [First] = 6, [First.PlusDays(1)] = 7 },
        };

        Assert.That(Inputs((0, 6), (1, 7)).SameAs(day, First), Is.True, "the day before is deleted");
        Assert.That(Inputs((-1, 5), (0, 6), (1, 7)).SameAs(day, First), Is.True, "or about to be");
        Assert.That((Inputs((0, 6), (1, 7)) with { Rules = 2, Settings = "b" }).SameAs(day, First), Is.True, "other rules");
        Assert.That(Inputs((0, 8), (1, 7)).SameAs(day, First), Is.False, "other rows");
        Assert.That(Inputs((0, 6)).SameAs(day, First), Is.False, "a kept day is gone");
        Assert.That(Inputs((0, 6), (1, 7)).SameAs(day), Is.False, "all is kept");
        Assert.That((Inputs((-1, 5), (0, 6), (1, 7)) with { Rules = 2 }).SameAs(day, First.PlusDays(-1)), Is.False, "not at the edge yet");
    }

    private static DayInputs Inputs(params (int Offset, long Version)[] days) =>
        new(RawDayHeader.Empty(new RawDayId("acme", "agent-states", First)), [.. days.Select(d => RawDayHeader.Empty(new RawDayId("acme", "agent-states", First.PlusDays(d.Offset))) with { Version = d.Version })]) { Rules = 1, Settings = "a" };
}
