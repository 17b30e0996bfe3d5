using System.Text.Json;

namespace Five9Functions.Tests.LocalHost.Files;

/// <summary>Each of the files that people have, through the command <c>import</c>.</summary>
public sealed class FieldFilesTests
{
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("field");

    [TearDown]
    public void Delete() => _output.Delete(recursive: true);

    [TestCase("st-iso-date.csv")]
    [TestCase("st-12h.csv")]
    [TestCase("st-seconds.csv")]
    [TestCase("st-title.csv")]
    [TestCase("st-trailing-comma.csv")]
    public async Task AgentStatesInAnotherForm_AreReadAsIfFive9HadWrittenThem(string name)
    {
        var run = await ImportAsync(name);

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Rows("agent-states.csv"), Is.EqualTo(FieldFile.Timeline.ReplaceLineEndings("\n")));
        Assert.That(run.Rows("quarantined.csv"), Is.Empty);
        Assert.That(run.Warnings, Is.Empty);
    }

    [TestCase("cl-iso-timestamp.csv", "Care In,2026-11-02T16:00:00Z,3,2,1,0,0,0,2,1,300,60,80,440,30,18,0,0,0,0,0\n")]
    [TestCase("cl-float-flags.csv", FieldFile.Intervals)]
    [TestCase("cl-title-total.csv", FieldFile.Intervals)]
    public async Task ACallLogInAnotherForm_IsReadAsIfFive9HadWrittenIt(string name, string intervals)
    {
        var run = await ImportAsync(name);

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Rows("queue-intervals.csv"), Is.EqualTo(intervals));
        Assert.That(run.Rows("quarantined.csv"), Is.Empty);
        Assert.That(run.Warnings, Is.Empty);
    }

    [Test]
    public async Task Semicolons_AreFound()
    {
        var run = await ImportAsync("st-semicolon.csv");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Screen[0], Is.EqualTo("Reading st-semicolon.csv: UTF-8, separated by semicolons, header in line 1"));
        Assert.That(run.Rows("agent-states.csv"), Is.EqualTo(
            """
            ann@example.com,Ann Example,Login,login,,,2026-05-26T15:00:00Z,2026-05-26T15:00:05Z,5,2026-05-26T15:00:00Z,2026-05-26T19:00:00Z,true,false
            ann@example.com,Ann Example,Ready,ready,,,2026-05-26T15:00:05Z,2026-05-26T15:10:05Z,600,2026-05-26T15:00:05Z,2026-05-26T15:10:05Z,false,false
            ann@example.com,Ann Example,Not Ready,notReady,Pausa 10,,2026-05-26T15:10:05Z,2026-05-26T15:25:05Z,900,2026-05-26T15:10:05Z,2026-05-26T15:25:05Z,false,false
            ann@example.com,Ann Example,Login,login,,,2026-05-26T15:25:05Z,2026-05-26T19:00:00Z,12895,2026-05-26T15:00:00Z,2026-05-26T19:00:00Z,true,false

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task ATitle_AndATotal_AreNamedOnTheScreen()
    {
        var title = await ImportAsync("st-title.csv");

        Assert.That(title.Screen[..2], Is.EqualTo(new[]
        {
            "Reading st-title.csv: UTF-8, separated by commas, header in line 4",
            "  Passed over before the header: line 1 'Agent State Details', line 2 'Report period: 11/02/2026 - 11/02/2026'.",
        }));

        var total = await ImportAsync("cl-title-total.csv");

        Assert.That(total.Screen[..3], Is.EqualTo(new[]
        {
            "Reading cl-title-total.csv: UTF-8, separated by commas, header in line 4",
            "  Passed over before the header: line 1 'Call Log', line 2 'Mon, 02 Nov 2026 00:00:00 - Mon, 02 Nov 2026 23:59:59'.",
            "  After the last row, and not a row: line 8 'Total,,,,,,,,,,00:12:00'.",
        }));
        Assert.That(JsonSerializer.Serialize(total.RunJson.GetProperty("files")), Is.EqualTo(
            """
            [{"report":"callLog","encoding":"UTF-8","separator":",","headerLine":4,"passedOver":[{"number":1,"text":"Call Log"},{"number":2,"text":"Mon, 02 Nov 2026 00:00:00 - Mon, 02 Nov 2026 23:59:59"}],"emptyFields":0,"dates":null,"totals":[{"number":8,"text":"Total,,,,,,,,,,00:12:00"}]}]
            """.Trim()));
        Assert.That(total.Number("callLog", "rows"), Is.EqualTo(3));
    }

    [Test]
    public async Task Windows1252_IsRead_AndSaid()
    {
        var run = await ImportAsync("st-cp1252.csv");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Screen[..2], Is.EqualTo(new[]
        {
            "Reading st-cp1252.csv: Windows-1252, separated by commas, header in line 1",
            "  The file is not UTF-8, and was read as Windows-1252. If names look wrong, give --encoding.",
        }));
        Assert.That(run.Rows("agent-states.csv").Split('\n')[0], Is.EqualTo(
            "jos\u00E9@example.com,Jos\u00E9 Azer\u00EAdo,Ready,ready,,,2026-11-02T15:59:00Z,2026-11-02T16:00:00Z,60,2026-11-02T15:59:00Z,2026-11-02T16:00:00Z,false,false"));
        Assert.That(run.Number("agentStates", "visible"), Is.EqualTo(4));
    }

    [Test]
    public async Task DatesThatCouldBeEither_AreRefused_UntilAnOptionSettlesThem()
    {
        var refused = await ImportAsync("st-excel-us.csv");

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Failure, Is.EqualTo(
            "st-excel-us.csv: It is not certain in line 2 '11/2/2026' which number is the day and which the month, and no date of the file shows it: give --dates dmy or --dates mdy."));
        Assert.That(refused.Rows("agent-states.csv"), Is.Empty);

        var monthFirst = await ImportAsync("st-excel-us.csv", "--dates", "mdy");

        Assert.That(monthFirst.ExitCode, Is.EqualTo(0));
        Assert.That(monthFirst.Rows("agent-states.csv"), Is.EqualTo(FieldFile.Timeline.ReplaceLineEndings("\n")));
        Assert.That(monthFirst.Screen[1], Is.EqualTo("  Of the dates with the year last, the month comes first, as --dates says."));

        var dayFirst = await ImportAsync("st-excel-us.csv", "--dates", "dmy");

        Assert.That(dayFirst.RunJson.GetProperty("from").GetString(), Is.EqualTo("2026-02-11T08:00:00Z"));
        Assert.That(dayFirst.Number("agentStates", "visible"), Is.EqualTo(4));
    }

    [TestCase("cl-excel-full.csv", "CALL ID 3E+14 was rounded by a spreadsheet and cannot be recovered: export again, or open it as text (3 rows, the first in line 2).")]
    [TestCase("cl-excel-ids.csv", "CALL ID 3E+14 was rounded by a spreadsheet and cannot be recovered: export again, or open it as text (3 rows, the first in line 2).")]
    [TestCase("cl-mixed-ids.csv", "CALL ID 3.00E+14 was rounded by a spreadsheet and cannot be recovered: export again, or open it as text (2 rows, the first in line 3).")]
    public async Task IdsThatASpreadsheetRounded_AreRefused(string name, string sentence)
    {
        var run = await ImportAsync(name);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Screen, Is.EqualTo(new[] { $"The import failed: {name}: {sentence}" }));
        Assert.That(run.RunJson.GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(run.Rows("calls.csv"), Is.Empty);
    }

    [Test]
    public async Task AWordForNone_IsNone_AndTold()
    {
        var run = await ImportAsync("st-nenhum.csv");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Rows("agent-states.csv"), Is.EqualTo(FieldFile.Timeline.ReplaceLineEndings("\n")));
        Assert.That(run.Rows("quarantined.csv"), Is.EqualTo("agentStates,7,no agent,\"[Nenhum],,2026/11/02,08:00:00,Ready,,00:01:00,,\"\n"));
        Assert.That(run.Warnings, Has.Some.Contains("[Nenhum] is read as none."));
        Assert.That(run.Screen, Has.Some.Contains("[Nenhum] is read as none."));
    }

    [Test]
    public async Task CallTypesThatAreNotKnown_AreNamed_WithTheirCountAndWork()
    {
        var run = await ImportAsync("cl-new-types.csv");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Screen.SkipWhile(line => !line.StartsWith("Call types", StringComparison.Ordinal)).Take(2), Is.EqualTo(new[]
        {
            "Call types that are not known, and are in no figure:", "  blank: 1 leg, 220 s of work",
        }));
        Assert.That(JsonSerializer.Serialize(run.RunJson.GetProperty("unknownCallTypes")), Is.EqualTo("""[{"name":"","rows":1,"seconds":220}]"""));
        Assert.That((run.Number("callLog", "rows"), run.Number("callLog", "unclassified")), Is.EqualTo((8, 1)));
    }

    [Test]
    public async Task LegsThatDifferInTheRestAlone_AreAWarning()
    {
        var run = await ImportAsync("cl-changed-disposition.csv");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Screen, Has.Some.Contains("2 legs equal another one in CALL ID, TIMESTAMP, CALL TYPE and AGENT but not in the rest"));
        Assert.That(run.Number("callLog", "rows"), Is.EqualTo(2));
    }

    [Test]
    public async Task AnEmptyFile_IsRefused()
    {
        var run = await ImportAsync("st-empty.csv");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Screen, Is.EqualTo(new[]
        {
            "The import failed: st-empty.csv: The file is empty: export the report from Five9 again. A report without rows has its header.",
        }));
    }

    private Task<ImportRun> ImportAsync(string name, params string[] options) => ImportRun.OfAsync(
        _output.CreateSubdirectory($"{name}{string.Concat(options)}"), [name.StartsWith("st-", StringComparison.Ordinal) ? "--agent-states" : "--call-log", FieldFile.Path(name), .. options]);
}
