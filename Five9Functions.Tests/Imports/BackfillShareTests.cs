using Five9Functions.Problems;
using Five9Functions.Runs;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>A backfill slice wants to run its report at 2026-11-02T20:00:30Z; three tenths of each quota are not backfill's.</summary>
public sealed class BackfillShareTests : ImportFixture
{
    private static readonly ImportSlice Requesting = Slice("10:00-12:00", SliceState.Requesting) with { Kind = RunKind.Backfill, Step = 1 };

    [SetUp]
    public void HalfAMinute() => Bench.Time.Advance(TimeSpan.FromSeconds(30));

    [TestCase("ReportRequest 60 12/16", "2026-11-02T20:01:00Z")]
    [TestCase("ReportRequest 3600 85/120", "2026-11-02T21:00:00Z")]
    [TestCase("ReportRequest 86400 561/800", "2026-11-02T21:00:00Z", Description = "Where a day begins is not documented: it is looked at hourly.")]
    [TestCase("ReportRequest 3600 7/9", "2026-11-02T21:00:00Z", Description = "Limits move: a share counts, not a number.")]
    public async Task WithLessThanTheReserveLeft_ItWaitsForTheWindowToTurn_WithoutAReport(string counter, string until)
    {
        Bench.Five9.Counts("ReportRequest 60 7/16", counter);

        var next = await NextAsync(Requesting);

        Assert.That((next.State, next.Step, next.DueAt), Is.EqualTo((SliceState.Requesting, 2, At(until))));
        Assert.That(next.Error, Is.EqualTo(new ImportError(
            ImportProblem.BackfillShareUsed, $"Backfill leaves 30 % of Five9's quota of ReportRequest to the imports of today; it goes on by itself at {until}.")));
        Assert.That(Bench.Five9.Calls, Is.EqualTo(new[] { "getCallCountersState" }));
        Assert.That((await Bench.UserAsync()).QuotaUntil, Is.Empty, "others go on");
    }

    [Test]
    public async Task WithTheReserveLeft_ItRunsTheReport()
    {
        Bench.Five9.Counts("ReportRequest 60 11/16", "ReportRequest 3600 84/120", "ReportRequest 86400 560/800", "RetrieveReport 3600 200/200", "Query 60 450/450");
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        Assert.That((await NextAsync(Requesting)).State, Is.EqualTo(SliceState.Running));
    }

    [TestCase(RunKind.Scheduled)]
    [TestCase(RunKind.Manual)]
    public async Task TheImportsOfToday_DoNotAsk(RunKind kind)
    {
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        Assert.That((await NextAsync(Requesting with { Kind = kind })).State, Is.EqualTo(SliceState.Running));
        Assert.That(Bench.Five9.Calls, Is.EqualTo(new[] { "runReport" }));
    }

    [Test]
    public async Task WithCountersThatCannotBeRead_ItTriesAgainLater()
    {
        Bench.Five9.Faults("getCallCountersState", "Server");

        var next = await NextAsync(Requesting);

        Assert.That((next.State, next.Step, next.DueAt), Is.EqualTo((SliceState.Requesting, 2, At("2026-11-02T20:00:35Z"))));
    }

    [Test]
    public async Task WithoutCountersOfReports_NothingIsKeptBack()
    {
        Bench.Five9.Counts();
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        Assert.That((await NextAsync(Requesting)).State, Is.EqualTo(SliceState.Running));
    }
}
