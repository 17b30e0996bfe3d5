using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Fairness;

/// <summary>A report that cannot be read, by the ticks of a day: it must neither use up Five9's quota nor stop what can be read.</summary>
[CancelAfter(480_000)]
public sealed class UnreadableDayTests : EndToEndTest
{
    private static readonly Duration Tick = Duration.FromMinutes(15);

    private static readonly DateTimeZone LosAngeles = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    private static readonly LocalDateTimePattern CallTime = LocalDateTimePattern.CreateWithInvariantCulture("ddd, dd MMM uuuu HH:mm:ss");

    [Test]
    public async Task AWhollyUnreadableReport_CostsAtMost60ReportsADay_AndChangesNothing_UntilItCanBeReadAgain()
    {
        var states = new MangledRows(new StateRows(EveryMinute("2026-11-02T08:00:00Z", 60 * 60)));
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = states, Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" } });
        app.Log.Expect("could not be read");
        await app.TickAsync(Token);
        var (rows, asked) = (await app.RowsAsync("AgentStates", Token), app.Five9.Calls["runReport"]);
        Assert.That(rows, Has.Count.GreaterThan(1000));

        states.MangleRecords(record => record.Replace(":", "h", StringComparison.Ordinal));
        for (var i = 0; i < 96; i++)
        {
            app.Clock.Advance(Tick);
            await app.TickAsync(Token);
        }

        Assert.That(app.Five9.Calls["runReport"] - asked, Is.InRange(24, 60));
        Assert.That(await app.RowsAsync("AgentStates", Token), Is.EqualTo(rows), "hourly and daily readings of both days");

        states.MangleRecords(record => record);
        for (var i = 0; i < 5; i++)
        {
            app.Clock.Advance(Tick);
            await app.TickAsync(Token);
        }

        var failed = (await app.RowsAsync("ReportDays", Token)).Where(day => day.Contains("FailedReads", StringComparison.Ordinal)).Select(day => day[..30]);
        Assert.That(failed, Is.EqualTo(new[] { "acme|agent-states / 2026-11-02", "acme|agent-states / 2026-11-03" }), "only what is older than 24 hours waits for a day");
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Has.Count.GreaterThan(1400), "all of it is there an hour after it can be read");
    }

    [Test]
    public async Task AnUnreadableCallLog_ChangesNoFigure_AndCostsAtMost60ReportsADay()
    {
        var rows = Enumerable.Range(0, 60 * 12).Select(i => Instant.FromUtc(2026, 11, 2, 8, 0) + Duration.FromMinutes(5 * i)).Select((start, i) =>
            $"{i + 1},\"{CallTime.Format(start.InZone(LosAngeles).LocalDateTime)}\",Sales In,Inbound,ann,S-New,00:00:20,00:00:12,00:00:03,00:04:00,00:01:00,00:00:00,00:00:30,0");
        var calls = new MangledRows(new CallRows(string.Join('\n', [CallText.Header, .. rows])));
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-03T12:00:00Z",
            Rows = new StateRows(),
            Calls = calls,
            Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1", ["Integrations:acme:Reports"] = "calls" },
        });
        app.Log.Expect("could not be read");
        await app.TickAsync(Token);
        var (figures, legs, asked) = (await RowsAsync(app, "QueueIntervals"), await RowsAsync(app, "Calls"), app.Five9.Calls["runReport"]);
        Assert.That((figures.Count, legs.Count), Is.EqualTo((112, 335)), "quarter hours and calls of 27 hours and 55 minutes");

        calls.MangleRecords(record => record.Replace(",00:04:00,", ",4 min,", StringComparison.Ordinal));
        for (var i = 0; i < 97; i++)
        {
            app.Clock.Advance(Tick);
            await app.TickAsync(Token);
        }

        Assert.That(app.Five9.Calls["runReport"] - asked, Is.InRange(24, 60), "hourly and daily readings of a day and a quarter of an hour");
        Assert.That(await RowsAsync(app, "QueueIntervals"), Is.EqualTo(figures));
        Assert.That(await RowsAsync(app, "Calls"), Is.EqualTo(legs));
    }

    [Test]
    public async Task AnUnreadableDayOfTheHistory_StopsNoOlderOne_AndIsAskedForOnceADay()
    {
        var states = new MangledRows(new StateRows([.. Enumerable.Range(0, 30).SelectMany(day => EveryMinute(Utc(Instant.FromUtc(2026, 10, 5, 20, 0) + Duration.FromDays(day)), 12))]));
        states.MangleRecords(record => record.StartsWith("2026/10/20", StringComparison.Ordinal) ? record.Replace(":", "h", StringComparison.Ordinal) : record);
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-03T12:00:00Z",
            Rows = states,
            Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "28", ["Imports:BackfillDays"] = "4", ["Imports:BackfillReservePercent"] = "0" },
        });
        app.Log.Expect("could not be read");

        for (var i = 0; i < 8; i++)
        {
            await app.TickAsync(Token);
            app.Clock.Advance(Tick);
        }

        var days = await app.RowsAsync("ReportDays", Token);
        Assert.That(days.Count(day => day.Contains("RowsHeld=12", StringComparison.Ordinal)), Is.EqualTo(27), "of 28 days, all but the unreadable one");
        Assert.That(days.Single(day => day.Contains("/ 2026-10-20", StringComparison.Ordinal)), Does.Contain("RowsHeld=0").And.Contain("rows-unreadable"));
        Assert.That(await AskedForAsync(app), Is.EqualTo(1));

        app.Clock.Set("2026-11-04T12:00:00Z");
        for (var i = 0; i < 4; i++)
        {
            await app.TickAsync(Token);
            app.Clock.Advance(Tick);
        }

        Assert.That(await AskedForAsync(app), Is.EqualTo(2), "once more on the next day");
    }

    /// <summary>Without manifests, which say what a day was derived from.</summary>
    private static async Task<IReadOnlyList<string>> RowsAsync(TestApp app, string table) =>
        [.. (await app.RowsAsync(table, Token)).Where(row => !row.Contains("/ manifest:", StringComparison.Ordinal))];

    private static async Task<int> AskedForAsync(TestApp app) => (await app.RowsAsync("ImportSlices", Token)).Count(slice => slice.Contains("Date='2026-10-20'", StringComparison.Ordinal));

    private static StateRow[] EveryMinute(string from, int count)
    {
        var start = InstantPattern.General.Parse(from).Value;
        return [.. Enumerable.Range(0, count).Select(i => new StateRow("anna", i % 2 == 0 ? "Ready" : "Not Ready", Utc(start + Duration.FromMinutes(i)), Utc(start + Duration.FromMinutes(i + 1))))];
    }

    private static string Utc(Instant instant) => InstantPattern.General.Format(instant);
}
