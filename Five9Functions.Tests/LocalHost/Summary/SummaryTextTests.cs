using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.LocalHost.Summary;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Summary;

public sealed class SummaryTextTests
{
    private static readonly Instant Asked = Instant.FromUtc(2026, 10, 6, 17, 0);

    private static readonly ImportFigures Figures = new(
        new IntegrationSettings { UserName = "importer", Agents = 50 }.ToIntegration("demo", Asked),
        new ImportRun { Integration = "demo", Id = "1", Kind = RunKind.Scheduled, RequestedAt = Asked, Planned = 3, FinishedAt = Asked + Duration.FromMilliseconds(14_230) },
        new RunSummary(RunStatus.Succeeded, 3, 3, 0, 16_762, 16_298, 464, 9, [], []),
        [new LocalDate(2026, 10, 4), new LocalDate(2026, 10, 5), new LocalDate(2026, 10, 6)],
        new RowAccounting(15_680, 323, 8, 278, 9),
        47,
        16_658,
        2_809,
        15,
        null)
    {
        Calls = new CallAccounting(1_000, 120, 5, 6, 7, 80, 30, 9, 10, 8, 2),
        Warnings = ["something to look at"],
    };

    [Test]
    public void Figures_OfARun_AreAReadableTable() => Assert.That(string.Join('\n', SummaryText.Figures(Figures)), Is.EqualTo(
        """

        demo: imported 2026-10-04 to 2026-10-06 in 14.2 s
          Rows read             16,762   from 3 reports; 464 lie outside their report's window (padding)
          Agent states          16,298   rows for these days; each is in exactly one of:
            visible             15,680   shown in a timeline
            absorbed               323   always under shorter states
            duplicates               8   the same row twice
            markers                278   states without a length
            quarantined              9   not understood; kept with the reason
          States                16,658   segments in the clean timelines of 47 agents; of them:
            overlaps fixed       2,809   adjusted, because a shorter state went first
            open                    15   still going on when the report was run
          Legs of calls          1,277   rows of the call log for these days; each is in exactly one of:
            of contacts          1,000   came in and reached a queue
            IVR only               120   came in and never reached one
            outbound               110   made by agents or for them; 30 reached nobody
            other                   37   callback attempts, voicemail, third parties, internal
            duplicates               8   the same row twice
            quarantined              2   not understood; kept with the reason
          ! something to look at
        """.ReplaceLineEndings("\n")));

    [Test]
    public void Times_AreByFunction_TheLongestFirst()
    {
        var times = new FunctionTimes();
        times.Add(new Invocation("StartImport", TimeSpan.FromMilliseconds(160), null, 1));
        times.Add(new Invocation("NormalizeDay", TimeSpan.FromMilliseconds(4_220), null, 1));
        times.Add(new Invocation("NormalizeDay", TimeSpan.FromMilliseconds(15_960), null, 1));

        Assert.That(string.Join('\n', SummaryText.Times(times.All)), Is.EqualTo(
            """

            How long each step took     runs      total    longest
              NormalizeDay                 2    20.18 s    15.96 s
              StartImport                  1     0.16 s     0.16 s
              Functions run side by side, so the totals are more than the clock's time.
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Times_WithAFailedRun_HaveAColumnForIt()
    {
        var times = new FunctionTimes();
        times.Add(new Invocation("NormalizeDay", TimeSpan.FromSeconds(1), new IOException(), 1));
        times.Add(new Invocation("NormalizeDay", TimeSpan.FromSeconds(2), null, 2));

        Assert.That(string.Join('\n', SummaryText.Times(times.All).Take(3)), Is.EqualTo(
            """

            How long each step took     runs      total    longest   failed
              NormalizeDay                 2     3.00 s     2.00 s        1
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Where_InMemory_SaysHowLongItStays()
    {
        var place = new StoragePlace("UseDevelopmentStorage=true", null, [10000, 10001, 10002]);

        Assert.That(string.Join('\n', SummaryText.Where(place, Figures, ending: false)), Is.EqualTo(
            """

            Where the tables are
              Connection     UseDevelopmentStorage=true
              Endpoint       http://127.0.0.1:10002/devstoreaccount1 (Storage Explorer: Emulator)
              Look first at  table AgentStates, PartitionKey demo|2026-10-06|00: a row for each state
              Then at        ReportDays (what was read, what became of it), ImportRuns and ImportSlices
                             (who asked, how far it came), Integrations, Five9Users
              Raw reports    container reports, a blob for each day: what Five9 said
              All of it is in memory and stays until Ctrl+C.
            """.ReplaceLineEndings("\n")));
        Assert.That(SummaryText.Where(place, Figures, ending: true).Last().ToString(), Is.EqualTo("  All of it is in memory and ends now; without --once it stays until Ctrl+C."));
        Assert.That(SummaryText.Where(place with { Folder = "/home/me/storage" }, Figures, ending: false).Last().ToString(), Is.EqualTo("  Kept in        /home/me/storage"));
        Assert.That(SummaryText.Where(StoragePlace.Account(), Figures, ending: false).ElementAt(2).ToString(), Is.EqualTo("  In the account that AzureWebJobsStorage names."));
    }

    [Test]
    public void Where_WithCalls_NamesTheirTablesToo()
    {
        var queues = new QueueDay(new LocalDate(2026, 10, 5), DateTimeZone.Utc, QueueGrouping.Skill, []);

        Assert.That(string.Join('\n', SummaryText.Where(StoragePlace.Account(), Figures with { Queues = queues }, ending: false).Skip(3).Take(4)), Is.EqualTo(
            """
              Look first at  table AgentStates, PartitionKey demo|2026-10-06|00: a row for each state
              and at         table QueueIntervals, PartitionKey demo|2026-10-05: a row for each queue and quarter hour
                             Calls (a row for each leg), Queues (the catalogue)
              Then at        ReportDays (what was read, what became of it), ImportRuns and ImportSlices
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Figures_WithoutAgentStates_AreOfCallsAlone() => Assert.That(
        SummaryText.Figures(Figures with { Integration = Figures.Integration with { Reports = "calls" } }).Select(line => line.ToString()).Skip(3).First(), Does.StartWith("  Legs of calls"));

    [Test]
    public void BeforeAndAfter_WithoutAnyOverlap_SaysSo() => Assert.That(
        SummaryText.BeforeAndAfter(null).Last().ToString(), Is.EqualTo("No two states overlap on these days, so there is nothing to draw."));
}
