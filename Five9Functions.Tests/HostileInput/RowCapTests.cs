using System.Text;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.HostileInput;

/// <summary>Five9 cuts a result at 50,000 rows and does not say so.</summary>
[CancelAfter(240_000)]
public sealed class RowCapTests : EndToEndTest
{
    [Test]
    public async Task ADayOf50001Rows_IsSplit_AndTheHalvesAddUpToIt()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = new ManyRows(50_001) { From = Instant.FromUtc(2026, 11, 2, 16, 0), Within = Duration.FromHours(8) },
            Five9RowCap = 50_000,
        });

        var run = await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);

        Assert.That((run.Status, run.Slices, run.Landed, run.Quarantined), Is.EqualTo((RunStatus.Succeeded, 2, 50_001, 0)));
        Assert.That(app.Log.Count("Five9 cut it; it is split in two"), Is.EqualTo(1));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.Some.Contains("/ 2026-11-02: Absorbed=0 Duplicate=0").And.Some.Contains("Marker=50001 "));
    }

    [Test]
    public async Task AMinuteOfManyRows_FailsLoudly_AndTheRestOfTheDayLands()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = new ManyRows(50_000) { From = Instant.FromUtc(2026, 11, 2, 20, 0), Within = Duration.FromMinutes(1), OneMore = true },
            Five9RowCap = 50_000,
            Settings = new Dictionary<string, string?> { ["Integrations:acme:PaddingMinutes"] = "0" },
        });
        app.Log.Expect("Five9 cut even one minute");

        var run = await app.ImportAsync("2026-11-02T19:58:00Z", "2026-11-02T20:02:00Z", Token);

        Assert.That((run.Status, run.Failed, run.Landed), Is.EqualTo((RunStatus.Failed, 1, 1)));
        Assert.That(run.Errors.Select(e => e.ToString()), Is.EqualTo(new[]
        {
            "agent-states 2026-11-02T20:00:00Z/2026-11-02T20:01:00Z: Five9 cut even one minute of the report at 50000 rows, so rows are missing: "
            + "give the report a filter or fewer columns that multiply rows. (too-many-rows-in-a-minute)",
        }));
    }

    /// <summary>So many states of no length, evenly over a time; made as they are asked for. They cost no timelines.</summary>
    private sealed class ManyRows(int count) : IReportSource
    {
        public required Instant From { get; init; }

        public required Duration Within { get; init; }

        /// <summary>One more row, after that time.</summary>
        public bool OneMore { get; init; }

        public ReadOnlyMemory<byte> Header => "AGENT,DATE,TIME,STATE,AGENT STATE TIME"u8.ToArray();

        public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf) => Enumerable.Range(0, count)
            .Select(i => (Agent: i, Start: From + Duration.FromSeconds((long)(Within.TotalSeconds * i / count))))
            .Concat(OneMore ? [(count, From + Within)] : [])
            .Where(row => window.Contains(row.Start))
            .Select(row => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"a{row.Agent},{row.Start.InUtc().PlusHours(-8):uuuu/MM/dd,HH:mm:ss},Ready,00:00:00"));
    }
}
