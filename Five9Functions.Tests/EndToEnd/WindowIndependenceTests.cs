using System.Text.RegularExpressions;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Runs;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>
/// A local day of ten generated agents with the evening before and the morning after it, as known in the middle of that morning's
/// shifts; one agent works over both midnights. However the day was imported, the timelines of all three dates are the same.
/// </summary>
[CancelAfter(240_000)]
public sealed partial class WindowIndependenceTests : EndToEndTest
{
    private const string Evening = "2026-08-19T01:00:00Z";
    private const string Day = "2026-08-19T07:00:00Z";
    private const string DayAfter = "2026-08-20T07:00:00Z";
    private const string Now = "2026-08-20T15:00:00Z";

    private static readonly Lazy<Task<IReadOnlyList<string>>> OnePiece = new(OnePieceAsync);

    private static IReportSource Rows => new GeneratedAgentStates(7, 10, DateTimeZoneProviders.Tzdb["America/Los_Angeles"]);

    private static TestSetup Setup => new() { Now = Now, Rows = Rows };

    [Test]
    public async Task TheWhole_HasWhatPiecesCouldGetWrong()
    {
        var segments = await OnePiece.Value;

        string[] parts = ["acme|2026-08-18|00 / ", "acme|2026-08-19|00 / ", "acme|2026-08-20|00 / ", "ContinuesFromPreviousDay=True", "Open=True", "Adjusted=True"];
        Assert.That(parts.Select(part => segments.Count(s => s.Contains(part, StringComparison.Ordinal))), Is.EqualTo(new[] { 248, 1724, 327, 2, 4, 411 }));
    }

    [Test]
    public async Task TheWholeIsTheSame_InHours()
    {
        var app = await StartAsync(Setup);
        await app.ImportAsync(DayAfter, Now, Token);
        for (var hour = 0; hour < 24; hour++)
        {
            await app.ImportAsync(At(hour), At(hour + 1), Token);
        }

        await app.ImportAsync(Evening, Day, Token);

        await AssertSameAsync(app);
    }

    [Test]
    public async Task TheWholeIsTheSame_Backwards()
    {
        var app = await StartAsync(Setup);
        await app.ImportAsync(DayAfter, Now, Token);
        for (var hour = 24; hour > 0; hour -= 6)
        {
            await app.ImportAsync(At(hour - 6), At(hour), Token);
        }

        await app.ImportAsync(Evening, Day, Token);

        await AssertSameAsync(app);
    }

    [Test]
    public async Task TheWholeIsTheSame_InPiecesOfAnyLengthThatOverlap_AllAskedForAtOnce()
    {
        var app = await StartAsync(Setup);
        var runs = new List<ImportRun>();
        foreach (var (from, to) in new[]
        {
            ("2026-08-19T21:17:03Z", "2026-08-20T02:00:00Z"), ("2026-08-19T07:00:00Z", "2026-08-19T07:00:01Z"), (DayAfter, Now),
            ("2026-08-19T13:59:59Z", "2026-08-19T21:17:03Z"), ("2026-08-20T01:11:11Z", "2026-08-20T07:00:00Z"), ("2026-08-19T07:00:01Z", "2026-08-19T14:30:00Z"),
            (Evening, Day),
        })
        {
            runs.Add(await app.OpenAsync(from, to, Token));
        }

        foreach (var run in runs)
        {
            Assert.That((await app.FinishedAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        }

        await AssertSameAsync(app);
    }

    [Test]
    public async Task TheWholeIsTheSame_WithARowCapOf500()
    {
        var app = await StartAsync(Setup with { Five9RowCap = 500, Settings = new Dictionary<string, string?> { ["Imports:RowCap"] = "500" } });
        var run = await app.OpenAsync(Evening, Now, Token);
        await app.FinishedAsync(run, Token);

        Assert.That((await app.SlicesAsync(run, Token)).Count(s => s.State == SliceState.Split), Is.GreaterThan(3));
        await AssertSameAsync(app);
    }

    [Test]
    public async Task TheWholeIsTheSame_ImportedTwice()
    {
        var app = await StartAsync(Setup);
        await app.ImportAsync(Evening, Now, Token);
        await app.ImportAsync(Evening, Now, Token);

        await AssertSameAsync(app);
    }

    [Test]
    public async Task TheWholeIsTheSame_WhenAnOlderReportLandsAfterANewerOne()
    {
        // Asked for in the middle of the day's shifts: states are open that ended later, and rows are missing. Its download waits.
        var app = await StartAsync(Setup with { Now = "2026-08-20T01:00:00Z" });
        app.Traffic.LoseNext(message => message.Json.Contains("\"step\":3", StringComparison.Ordinal));
        var older = await app.OpenAsync(Day, "2026-08-20T01:00:00Z", Token);
        await app.WhenAsync(async () => (await app.SlicesAsync(older, Token)) is [{ State: SliceState.Fetching }], Token);

        app.Clock.Set(Now);
        await app.ImportAsync(Evening, Now, Token);
        await app.SendAsync(app.Traffic.Messages.First(m => m.Json.Contains("\"step\":3", StringComparison.Ordinal) && m.Json.Contains(older.Id, StringComparison.Ordinal)), Token);
        var late = await app.FinishedAsync(older, Token);

        Assert.That((late.Status, late.Landed), Is.EqualTo((RunStatus.Succeeded, 1375)));
        await AssertSameAsync(app);
    }

    private static string At(int hour) => InstantPattern.General.Format(InstantPattern.General.Parse(Day).Value + Duration.FromHours(hour));

    private static async Task<IReadOnlyList<string>> OnePieceAsync()
    {
        await using var app = await TestApp.StartAsync(Setup, CancellationToken.None);
        await app.ImportAsync(Evening, Now, CancellationToken.None);
        Assert.That(app.Log.Unexpected, Is.Empty);
        return await SegmentsAsync(app);
    }

    private static async Task<IReadOnlyList<string>> SegmentsAsync(TestApp app) =>
        [.. (await app.RowsAsync("AgentStates", CancellationToken.None)).Where(row => !row.Contains("/ manifest:", StringComparison.Ordinal))];

    /// <summary>All columns but Timestamp and ETag; and no row was lost on the way.</summary>
    private static async Task AssertSameAsync(TestApp app)
    {
        var segments = await SegmentsAsync(app);
        Assert.That(segments, Is.EqualTo(await OnePiece.Value));

        foreach (var slice in (await app.RowsAsync("ImportSlices", Token)).Select(Numbers))
        {
            Assert.That(slice["RowsRead"], Is.EqualTo(slice["RowsLanded"] + slice["RowsOutside"] + slice["RowsQuarantined"]));
        }

        var days = (await app.RowsAsync("ReportDays", Token)).Where(row => !row.Contains("Windows='[]'", StringComparison.Ordinal)).ToList();
        Assert.That(days, Has.Count.EqualTo(3));
        foreach (var day in days)
        {
            var held = Held().Matches(day).Sum(match => int.Parse(match.Groups["rows"].Value, System.Globalization.CultureInfo.InvariantCulture));
            var classes = Numbers(day);
            Assert.That(classes["Visible"] + classes["Absorbed"] + classes["Duplicate"] + classes["Marker"] + classes["Quarantined"], Is.EqualTo(held));
            Assert.That(classes["RowsHeld"], Is.EqualTo(held));
        }
    }

    private static Dictionary<string, int> Numbers(string row) => Number().Matches(row)
        .ToDictionary(match => match.Groups["column"].Value, match => int.Parse(match.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@" (?<column>[A-Za-z]+)=(?<value>[0-9]+)(?= |$)")]
    private static partial Regex Number();

    [GeneratedRegex("\"Rows\":(?<rows>[0-9]+)")]
    private static partial Regex Held();
}
