using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Run;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Run;

/// <summary>The lines that are printed while an import runs.</summary>
public sealed class WordsTests
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private static readonly Instant Midnight = Instant.FromUtc(2026, 10, 6, 7, 0);
    private static readonly DateTimeOffset Now = new(2026, 10, 6, 17, 15, 8, TimeSpan.Zero);

    private static readonly ImportSlice Slice = new()
    {
        Integration = "demo",
        Run = "1",
        Report = "agent-states",
        Date = new LocalDate(2026, 10, 6),
        Kind = RunKind.Scheduled,
        Window = new Interval(Midnight, Midnight + Duration.FromHours(24)),
        DueAt = Midnight,
    };

    private static readonly ImportRun Run = new()
    {
        Integration = "demo",
        Id = "1",
        Kind = RunKind.Scheduled,
        Planned = 1,
        RequestedAt = Instant.FromDateTimeOffset(Now),
        FinishedAt = Instant.FromDateTimeOffset(Now) + Duration.FromMilliseconds(3400),
    };

    [Test]
    public void Name_OfASlice_IsItsReportItsDayAndItsLocalTimes()
    {
        Assert.That(SliceWords.Name(Slice, Zone), Is.EqualTo("agent states  Tue 2026-10-06, 00:00 to 24:00"));
        Assert.That(
            SliceWords.Name(Slice with { Report = "calls", Window = new Interval(Midnight, Midnight + Duration.FromMinutes(505)) }, Zone),
            Is.EqualTo("calls         Tue 2026-10-06, 00:00 to 08:25"));
    }

    [Test]
    public void Doing_OfASliceOfCalls_NamesWhatIsWritten() => Assert.That(
        SliceWords.Doing(Slice with { Report = "calls", State = SliceState.Normalizing, Landed = 1007 }, Zone), Is.EqualTo("writes the call figures of 1,007 rows"));

    [TestCase(SliceState.Running, "", "Five9 runs the report")]
    [TestCase(SliceState.Normalizing, "", "writes the timelines of 1,007 rows")]
    [TestCase(SliceState.Done, "", "done: 1,009 rows")]
    [TestCase(SliceState.Requesting, "Five9 is away.", "waits until 00:00: Five9 is away. (five9-failed)")]
    [TestCase(SliceState.Failed, "No such report.", "failed: No such report. (five9-failed)")]
    public void Doing_OfASlice_IsItsState(SliceState state, string error, string words) =>
        Assert.That(SliceWords.Doing(Slice with { State = state, Error = error.Length == 0 ? null : new(ImportProblem.Five9Failed, error), Landed = 1007, Quarantined = 2 }, Zone), Is.EqualTo(words));

    [Test]
    public void PlainProgress_TellsEachChangeOnce()
    {
        var time = new FakeTimeProvider();
        var lines = new List<string>();
        var progress = new PlainProgress(Zone, time, lines.Add);

        progress.Show(new RunView(Run, [Slice]));
        progress.Show(new RunView(Run, [Slice with { State = SliceState.Running }]));
        progress.Show(new RunView(Run, [Slice with { State = SliceState.Running, Attempts = 2 }]));
        time.Advance(TimeSpan.FromSeconds(2.5));
        progress.Show(new RunView(Run, [Slice with { State = SliceState.Fetching }]));

        Assert.That(lines, Is.EqualTo(["    0.0 s  agent states  Tue 2026-10-06, 00:00 to 24:00  Five9 runs the report", "    2.5 s  agent states  Tue 2026-10-06, 00:00 to 24:00  reads the rows"]));
    }

    [Test]
    public void PlainProgress_OfTwoReportsOfADay_TellsThemApart()
    {
        var lines = new List<string>();
        var progress = new PlainProgress(Zone, new FakeTimeProvider(), lines.Add);
        var view = new RunView(Run, [Slice with { Report = "calls", State = SliceState.Fetching }, Slice with { State = SliceState.Running }]);

        progress.Show(view);
        progress.Show(view);

        Assert.That(lines, Is.EqualTo(["    0.0 s  agent states  Tue 2026-10-06, 00:00 to 24:00  Five9 runs the report", "    0.0 s  calls         Tue 2026-10-06, 00:00 to 24:00  reads the rows"]));
    }

    [Test]
    public void LaterRuns_TellARunInALine()
    {
        var done = Slice with { State = SliceState.Done, Read = 1411, Landed = 1302, Quarantined = 3 };
        var failed = Slice with { State = SliceState.Failed, Error = new(ImportProblem.ReportNotFound, "No such report.") };

        Assert.That(LaterRuns.Line(new RunView(Run, [done]), TimeZoneInfo.Utc), Is.EqualTo("17:15:11  demo: imported, 1 report, 1,411 rows read, 1,302 landed, 3 quarantined, 3.4 s"));
        Assert.That(
            LaterRuns.Line(new RunView(Run with { Kind = RunKind.Backfill }, [done, failed]), TimeZoneInfo.Utc),
            Is.EqualTo("17:15:11  demo: older history, 2 reports, 1,411 rows read, 1,302 landed, 3 quarantined, 3.4 s; 1 failed: agent-states 2026-10-06T07:00:00Z/2026-10-07T07:00:00Z: No such report. (report-not-found)"));
    }

    [Test]
    public void ReadableLog_IsOneLineForEachWarning_AndQuietAboutLibraries()
    {
        var lines = new List<string>();
        using var log = new ReadableLog(new FakeTimeProvider(Now), lines.Add);

        Write("Five9Functions.Imports.NormalizeDay", LogLevel.Information, "left out");
        Write("Azure.Core", LogLevel.Warning, "left out");
        Write("Five9Functions.Imports.NormalizeDay", LogLevel.Warning, "Day 7 is late.");
        Write("Five9Functions.Imports.NormalizeDay", LogLevel.Error, "It failed.", new IOException("the disk\n is full"));

        Assert.That(lines, Is.EqualTo(["17:15:08 warning NormalizeDay: Day 7 is late.", "17:15:08 error NormalizeDay: It failed. IOException: the disk is full"]));

        void Write(string category, LogLevel level, string text, Exception? cause = null) => log.CreateLogger(category).Log(level, default, text, cause, (state, _) => state);
    }

    [Test]
    public void OneLine_OfManyTries_IsTheLast() => Assert.That(
        OneLine.Of(new AggregateException("Retry failed after 2 tries.", new IOException("first"), new IOException("No connection could be made.\r\nTry again."))),
        Is.EqualTo("No connection could be made. Try again."));
}
