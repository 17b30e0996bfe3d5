using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>One call for a slice, at 2026-11-02T20:00:00Z, and the row that follows from a good answer.</summary>
public sealed class SliceStepRunnerTests : ImportFixture
{
    private static readonly ImportSlice Requesting = Slice("10:00-12:00", SliceState.Requesting) with { Step = 1 };

    private static readonly ImportSlice Running = Slice("10:00-12:00", SliceState.Running) with { Step = 2, ReportId = "R1", RequestedAt = At("2026-11-02T19:50:00Z") };

    private static readonly ImportSlice Fetching = Running with { State = SliceState.Fetching, Step = 5 };

    private protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Imports:RowCap"] = "5" };

    [Test]
    public async Task Requesting_RunsTheReportOverTheWindowAndItsPadding()
    {
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        var next = await NextAsync(Requesting);

        Assert.That(
            (next.State, next.Step, next.ReportId, next.RequestedAt, next.DueAt),
            Is.EqualTo((SliceState.Running, 2, "R1", At("2026-11-02T20:00:00Z"), At("2026-11-02T20:00:00Z"))));
        Assert.That(
            Bench.Five9.Sent,
            Does.Contain("<folderName>Agent Reports</folderName><reportName>Agent State Details</reportName><criteria><time><end>2026-11-02T13:00:00Z</end><start>2026-11-02T09:00:00Z</start></time></criteria>"));
        Assert.That(Bench.Five9.Authorization, Is.EqualTo("Basic aW1wb3J0ZXJAYWNtZS50ZXN0OnNlY3JldCAx"));
    }

    [TestCase(0, "2026-11-02T20:00:05Z")]
    [TestCase(1, "2026-11-02T20:00:07.5Z")]
    [TestCase(2, "2026-11-02T20:00:11.25Z")]
    [TestCase(4, "2026-11-02T20:00:25.3125Z")]
    [TestCase(5, "2026-11-02T20:00:30Z")]
    [TestCase(60, "2026-11-02T20:00:30Z")]
    public async Task Running_StillRunning_AsksAgainLaterAndLater(int polls, string due)
    {
        Bench.Five9.Answers("isReportRunning", "<return>true</return>");

        var next = await NextAsync(Running with { Polls = polls, Attempts = 3 });

        Assert.That((next.State, next.Step, next.Polls, next.Attempts, next.DueAt, next.Error), Is.EqualTo((SliceState.Running, 3, polls + 1, 0, At(due), (ImportError?)null)));
        Assert.That(Bench.Five9.Sent, Does.Contain("<identifier>R1</identifier><timeout>2</timeout>"));
    }

    [Test]
    public async Task Running_NoLonger_Fetches()
    {
        Bench.Five9.Answers("isReportRunning", "<return>false</return>");

        var next = await NextAsync(Running);

        Assert.That((next.State, next.Step, next.DueAt, next.ReportId), Is.EqualTo((SliceState.Fetching, 3, At("2026-11-02T20:00:00Z"), "R1")));
    }

    [Test]
    public async Task Running_For30Minutes_IsAskedOnceMore()
    {
        Bench.Five9.Answers("isReportRunning", "<return>true</return>");

        Assert.That((await NextAsync(Running with { RequestedAt = At("2026-11-02T19:30:00Z") })).State, Is.EqualTo(SliceState.Running));
    }

    [Test]
    public async Task Running_ForLongerThan30Minutes_FailsOnceFive9SaysSo()
    {
        Bench.Five9.Answers("isReportRunning", "<return>true</return>");

        var next = await NextAsync(Running with { RequestedAt = At("2026-11-02T19:29:59Z") });

        Assert.That(
            (next.State, next.FinishedAt, next.Error),
            Is.EqualTo((SliceState.Failed, (Instant?)At("2026-11-02T20:00:00Z"), new ImportError(ImportProblem.ReportTimedOut, "Five9 still runs the report over 30 minutes after it was asked for, so the slice is given up; the next run asks again."))));
    }

    [Test]
    public async Task Running_FinishedLate_IsFetchedAllTheSame()
    {
        Bench.Five9.Answers("isReportRunning", "<return>false</return>");

        Assert.That((await NextAsync(Running with { RequestedAt = At("2026-11-02T15:00:00Z") })).State, Is.EqualTo(SliceState.Fetching));
    }

    [Test]
    public async Task Fetching_LandsTheRowsThatStartInTheWindow()
    {
        Bench.Five9.Answers("getReportResultCsv", Csv("01:00:00", "02:00:00", "03:59:59", "04:00:00"));

        var next = await NextAsync(Fetching);

        Assert.That(
            (next.State, next.Step, next.Read, next.Landed, next.Outside, next.OutsideAsked, next.Quarantined, next.Suspicious, next.DueAt),
            Is.EqualTo((SliceState.Normalizing, 6, 4, 2, 2, 0, 0, false, At("2026-11-02T20:00:00Z"))));
        Assert.That(next.LandedVersion, Is.GreaterThan(0));
        Assert.That(next.Days, Is.EqualTo(new LocalDate[] { new(2026, 11, 1), new(2026, 11, 2), new(2026, 11, 3) }));
    }

    [Test]
    public async Task Fetching_AsManyRowsAsTheCap_SplitsTheSlice_TwiceToNoFurtherEffect()
    {
        await Bench.OpenAsync(Acme, ScheduledRun(), Fetching);
        Bench.Five9.Answers("getReportResultCsv", Csv("01:00:00", "02:00:00", "02:01:00", "02:02:00", "02:03:00"));
        Bench.Five9.Answers("getReportResultCsv", Csv("01:00:00", "02:00:00", "02:01:00", "02:02:00", "02:03:00"));

        var next = await NextAsync(Fetching);
        await NextAsync(Fetching);

        Assert.That((next.State, next.FinishedAt, next.Landed), Is.EqualTo((SliceState.Split, (Instant?)At("2026-11-02T20:00:00Z"), 0)));
        var slices = await Get<ImportSliceTable>().OfRunAsync("acme", Run, CancellationToken.None);
        Assert.That(slices.Select(s => (s.Value.Window, s.Value.State)), Is.EqualTo(new[]
        {
            (Hours("10:00-11:00"), SliceState.Planned), (Hours("10:00-12:00"), SliceState.Fetching), (Hours("11:00-12:00"), SliceState.Planned),
        }));
    }

    [Test]
    public async Task Fetching_AsManyRowsAsTheCapInOneMinute_Fails()
    {
        Bench.Five9.Answers("getReportResultCsv", Csv("02:00:00", "02:00:01", "02:00:02", "02:00:03", "02:00:04"));

        var next = await NextAsync(Fetching with { Window = Hours("10:00-10:01") });

        Assert.That(
            (next.State, next.Error),
            Is.EqualTo((SliceState.Failed, new ImportError(ImportProblem.TooManyRowsInAMinute, "Five9 cut even one minute of the report at 5 rows, so rows are missing: give the report a filter or fewer columns that multiply rows."))));
    }

    /// <summary>Reports are slices of the run, split or not. The slice itself is one; its halves would be two more.</summary>
    [TestCase(125, SliceState.Split)]
    [TestCase(126, SliceState.Failed)]
    public async Task Fetching_AsManyRowsAsTheCap_OfADayWithManyReports(int others, SliceState ends)
    {
        await Get<ImportSliceTable>().AddIfAbsentAsync(Fetching, CancellationToken.None);
        for (var i = 0; i < others; i++)
        {
            var from = At("2026-11-02T13:00:00Z") + Duration.FromMinutes(i);
            await Get<ImportSliceTable>().AddIfAbsentAsync(Fetching with { State = SliceState.Split, Window = new Interval(from, from + Duration.FromMinutes(1)) }, CancellationToken.None);
        }

        await Get<ImportSliceTable>().AddIfAbsentAsync(Fetching with { Date = new LocalDate(2026, 11, 3), Window = Window("2026-11-03T13:00:00Z", "2026-11-03T14:00:00Z") }, CancellationToken.None);
        await Get<ImportSliceTable>().AddIfAbsentAsync(Fetching with { Report = "calls" }, CancellationToken.None);
        Bench.Five9.Answers("getReportResultCsv", Csv("02:00:00", "02:00:01", "02:00:02", "02:00:03", "02:00:04"));
        Bench.Five9.Answers("getReportResultCsv", Csv("02:00:00", "02:00:01", "02:00:02", "02:00:03", "02:00:04"));

        var next = await NextAsync(Fetching);
        var again = await NextAsync(Fetching);

        Assert.That((next.State, again.State), Is.EqualTo((ends, ends)), "also when the instance died before the row was written");
        Assert.That(next.Error, Is.EqualTo(ends == SliceState.Split ? null : new ImportError(
            ImportProblem.TooManyRows,
            "Five9 cut the report at 5 rows again and again: 2026-11-02 would take over 128 reports, so the slice is given up. "
            + "Give the report a filter or fewer columns that multiply rows; the next run asks again.")));
        var day = (await Get<ImportSliceTable>().OfRunAsync("acme", Run, CancellationToken.None)).Count(s => s.Value.Report == Fetching.Report && s.Value.Date == Fetching.Date);
        Assert.That(day, Is.EqualTo(ends == SliceState.Split ? 128 : 127));
    }

    [Test]
    public async Task AGoodAnswer_IsRememberedOfTheCredential()
    {
        Bench.Five9.Answers("isReportRunning", "<return>false</return>");

        await NextAsync(Running);

        Assert.That((await Bench.UserAsync()).MarkOf("five9-acme"), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.InForce)));
    }

    [Test]
    public void AStateWithoutACall_IsAMistake() => Assert.That(() => NextAsync(Slice("10:00-12:00")), Throws.InvalidOperationException);

    private static string Csv(params string[] times) =>
        $"<return>AGENT,STATE,DATE,TIME,AGENT STATE TIME\n{string.Concat(times.Select(t => $"ann,Ready,2026/11/02,{t},00:00:01\n"))}</return>";
}
