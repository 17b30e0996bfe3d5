using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Five9Functions.Calls;
using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.LocalHost.Files;
using Five9Functions.Problems;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests;

/// <summary>docs/formats.md against the readers: each example of its tables is read, or refused, as it says there.</summary>
public sealed partial class FormatsTests
{
    private const string States = "AGENT,STATE,REASON CODE,AGENT STATE TIME,CALL ID";
    private const string Calls = "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED";
    private const string Refused = "refused";

    private static readonly string[] Lines = File.ReadAllLines(Document());
    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");
    private static readonly Interval Ever = new(Instant.FromUtc(1999, 1, 1, 0, 0), Instant.FromUtc(2100, 1, 1, 0, 0));

    private readonly string _path = Path.GetTempFileName();

    [TearDown]
    public void Delete() => File.Delete(_path);

    [Test]
    public void EveryColumnThatDecidesAnything_IsInTheTables()
    {
        Assert.That(Columns("agent states"), Is.SupersetOf(AgentStateReport.Layout.Used));
        Assert.That(Columns("call log"), Is.EquivalentTo(CallLogReport.LayoutOf(QueueGrouping.Skill).Used.Distinct()));
    }

    [Test]
    public async Task Starts_AreReadAsTheTableSays()
    {
        var rows = Rows("start");
        Assert.That(rows, Has.Count.GreaterThan(15));
        foreach (var (examples, outcomes) in rows)
        {
            Assert.That(await LiveStartAsync(examples), Is.EqualTo(outcomes[0]), string.Join(' ', examples));
            Assert.That(await FileStartAsync(examples), Is.EqualTo(outcomes[1]), string.Join(' ', examples));
        }
    }

    [Test]
    public async Task Lengths_AreReadAsTheTableSays()
    {
        var rows = Rows("length");
        Assert.That(rows, Has.Count.GreaterThan(10));
        foreach (var (examples, outcomes) in rows)
        {
            var leg = await LegAsync(length: examples[0]);
            Assert.That(
                leg is null ? Refused : FormattableString.Invariant($"{leg.Talk / 1000m:0.###} s"),
                Is.EqualTo(outcomes[0].StartsWith(Refused, StringComparison.Ordinal) ? Refused : outcomes[0]),
                examples[0]);
        }
    }

    [Test]
    public async Task Flags_AreReadAsTheTableSays()
    {
        var rows = Rows("flag");
        Assert.That(rows, Has.Count.GreaterThan(10));
        foreach (var (examples, outcomes) in rows)
        {
            var read = (await LegAsync(flag: string.Concat(examples)))?.Abandoned switch { AbandonedFlag.Yes => "yes", AbandonedFlag.No => "no", AbandonedFlag.Unsaid => "not known", _ => Refused };
            Assert.That(read, Is.EqualTo(outcomes[0]), string.Concat(examples));
        }
    }

    [Test]
    public async Task Ids_AreReadAsTheTableSays_AndAFileWithARoundedOneIsRefused()
    {
        var rows = Rows("id");
        Assert.That(rows, Has.Count.GreaterThan(3));
        foreach (var (examples, outcomes) in rows)
        {
            Assert.That((await LegAsync(id: examples[0]))?.CallId ?? Refused, Is.EqualTo(outcomes[0]), examples[0]);

            await File.WriteAllTextAsync(_path, CallLog(examples[0], "0:00:01", "0"));
            Assert.That(IsRefused(), Is.EqualTo(outcomes[0] == Refused), examples[0]);
        }
    }

    [Test]
    public async Task Names_AreReadAsTheTableSays()
    {
        var rows = Rows("name");
        Assert.That(rows, Has.Count.GreaterThan(7));
        foreach (var (examples, outcomes) in rows)
        {
            var content = await AgentStateReport.ReadAsync(
                new StringReader($"{States},DATE,TIME\nann,Not Ready,{examples[0]},00:00:01,1,2026/08/21,09:00:00\n"), Window(null), int.MaxValue, true, CancellationToken.None);
            var reason = AgentStateReport.ToState(content.Rows[0], new LocalDate(2026, 8, 21), default).ReasonCode;
            var campaign = (await LegAsync(campaign: examples[0]))!.Campaign;
            Assert.That((reason.Length == 0 ? "none" : reason, campaign.Length == 0 ? "none" : campaign), Is.EqualTo((outcomes[0], outcomes[1])), examples[0]);
        }
    }

    private bool IsRefused()
    {
        try
        {
            ExportedFile.Open(_path, new FileRequest(CallLogReport.LayoutOf(QueueGrouping.Campaign)));
            return false;
        }
        catch (ReportFileException)
        {
            return true;
        }
    }

    private static async Task<string> LiveStartAsync(string[] start) =>
        await StartAsync(start, null) is { } read ? read
        : await StartAsync(start, DateOrder.Dmy) is not null || await StartAsync(start, DateOrder.Mdy) is not null ? "with `DateOrder`"
        : Refused;

    private async Task<string> FileStartAsync(string[] start)
    {
        await File.WriteAllTextAsync(_path, Report(start));
        try
        {
            var file = ExportedFile.Open(_path, new FileRequest(AgentStateReport.Layout));
            return await StartAsync(start, file.Dates) ?? Refused;
        }
        catch (ReportFileException e) when (e.Message.Contains("--dates dmy or --dates mdy", StringComparison.Ordinal))
        {
            return ExportedFile.Open(_path, new FileRequest(AgentStateReport.Layout) { Dates = DateOrder.Mdy }).Dates == DateOrder.Mdy ? "with `--dates`" : Refused;
        }
    }

    private static async Task<string?> StartAsync(string[] start, DateOrder? dates)
    {
        try
        {
            var content = await AgentStateReport.ReadAsync(new StringReader(Report(start)), Window(dates), int.MaxValue, true, CancellationToken.None);
            return content.Rows.Count == 0 ? null : Pattern.Format(content.Rows[0].Start.InZone(Pacific).LocalDateTime);
        }
        catch (Five9MisconfiguredException e) when (e.Error.Problem == ImportProblem.DateOrderUnknown)
        {
            return null;
        }
    }

    private static string Report(string[] start) => start.Length == 1
        ? $"{States},TIMESTAMP\nann,Ready,,00:00:01,1,\"{start[0]}\"\n"
        : $"{States},DATE,TIME\nann,Ready,,00:00:01,1,\"{start[0]}\",\"{start[1]}\"\n";

    private static async Task<CallLeg?> LegAsync(string id = "1", string length = "0:00:01", string flag = "0", string campaign = "Care")
    {
        var content = await CallLogReport.ReadAsync(
            new StringReader(CallLog(id, length, flag, campaign)), QueueGrouping.Campaign, Window(null), int.MaxValue, true, CancellationToken.None);
        return content.Rows.Count == 0 ? null : CallLogReport.ToLeg(content.Rows[0], new LocalDate(2026, 8, 21));
    }

    private static string CallLog(string id, string length, string flag, string campaign = "Care") => $"{Calls}\n{id},2026-08-21 09:00:00,{campaign},Inbound,ann,,,\"{length}\",,,,{flag}\n";

    private static ReportWindow Window(DateOrder? dates) => new(Ever, Ever, Pacific) { Dates = dates };

    private static IEnumerable<string> Columns(string table) =>
        Cells(table).SelectMany(cells => Code().Matches(cells[0])).Select(m => m.Groups[1].Value);

    /// <summary>The rows of the table whose first column has that name: the examples, and the cells beside them.</summary>
    private static List<(string[] Examples, string[] Outcomes)> Rows(string table) =>
        [.. Cells(table).Select(cells => (Code().Matches(cells[0]).Select(m => m.Groups[1].Value).ToArray(), cells[1..]))];

    private static IEnumerable<string[]> Cells(string table) => Lines
        .SkipWhile(line => !line.StartsWith($"| {table} |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim()).ToArray());

    private static string Document([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "docs", "formats.md");

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();
}
