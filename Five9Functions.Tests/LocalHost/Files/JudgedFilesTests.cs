using System.Text;
using System.Text.Json;

namespace Five9Functions.Tests.LocalHost.Files;

/// <summary>What a whole file comes to: its exit code, and what the screen says of rows that could not be read. Through the command <c>import</c>.</summary>
public sealed class JudgedFilesTests
{
    private const string Header = "AGENT,DATE,TIME,STATE,AGENT STATE TIME\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("judged");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task MoreRowsThatCannotBeReadThanRowsThatCan_AreStillImported_AndExit1()
    {
        var run = await StatesAsync(Good(5) + Rows(15, i => $"bob,2026/11/02,13:00:{i:00},Ready,ten minutes"));

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Failure, Is.EqualTo("Only 5 of the 20 rows of the agent-state report could be read: see the reasons in quarantined.csv."));
        Assert.That(run.RunJson.GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(run.Rows("agent-states.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(5));
        Assert.That((run.Number("agentStates", "visible"), run.Number("agentStates", "quarantined")), Is.EqualTo((5, 15)));
    }

    [Test]
    public async Task NothingThatCanBeRead_IsExit1_AndIsInQuarantine()
    {
        var run = await StatesAsync("ann,soon,13:00:00,Ready,00:00:05\n");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Failure, Is.EqualTo("None of the 1 rows of the agent-state report could be read: see the reasons in quarantined.csv."));
        Assert.That(run.Rows("quarantined.csv"), Is.EqualTo("agentStates,2,the start cannot be read (DATE and TIME),\"ann,soon,13:00:00,Ready,00:00:05\"\n"));
    }

    [Test]
    public async Task HalfOfTheRows_AreEnough_AndRowsThatARuleRefusesWereRead()
    {
        var half = await StatesAsync(Good(2) + Rows(2, _ => "bob,2026/11/02,13:00:00,Ready,x"));
        var refused = await StatesAsync(Good(1) + Rows(4, i => $"bob,2026/11/02,13:00:0{i},Ready,-00:00:05") + Rows(4, i => $"[None],2026/11/02,13:00:0{i},Ready,00:00:05"));

        Assert.That((half.ExitCode, refused.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(refused.Number("agentStates", "quarantined"), Is.EqualTo(8));
    }

    [Test]
    public async Task AReportWithoutRows_IsImported()
    {
        var run = await StatesAsync("");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Number("agentStates", "rows"), Is.EqualTo(0));
    }

    [Test]
    public async Task TheScreen_HasTheFiveMostFrequentReasons_WithAnExampleLineEach()
    {
        var run = await StatesAsync(
            Good(30)
            + Rows(2, _ => "bob,2026/11/02,13:00:00,Ready,00:03") // lines 32 and 33
            + Rows(1, _ => "bob,2026/11/02,13:00:00,Ready")
            + Rows(3, _ => "bob,2026/11/02,13:00,Ready,00:00:03")
            + Rows(4, _ => "bob,2026/11/02,13:00:00,Ready,-00:00:03")
            + Rows(1, _ => "[None],2026/11/02,13:00:00,Ready,00:00:03")
            + Rows(1, _ => "b\"ob,2026/11/02,13:00:00,Ready,00:00:03"));

        Assert.That(run.Screen.SkipWhile(line => !line.Contains("quarantined.csv", StringComparison.Ordinal)).Take(8), Is.EqualTo(new[]
        {
            "12 rows are in quarantined.csv:",
            "  4 of the agent states: the duration is negative (AGENT STATE TIME), as in line 38",
            "  3 of the agent states: the start cannot be read (DATE and TIME), as in line 35",
            "  2 of the agent states: the duration is ambiguous (AGENT STATE TIME), as in line 32",
            "  1 of the agent states: the number of fields is not that of the header, as in line 34",
            "  1 of the agent states: no agent, as in line 42",
            "  and 1 other reason",
            "Warnings:",
        }));
        Assert.That(JsonSerializer.Serialize(run.RunJson.GetProperty("quarantineReasons")[0]), Is.EqualTo(
            """{"report":"agentStates","reason":"the duration is negative (AGENT STATE TIME)","rows":4,"line":38}"""));
        Assert.That(run.Screen[^1], Does.StartWith("  agent-states 2026-11-02T08:00:00Z/2026-11-03T08:00:00Z: 12 rows could not be understood"));
    }

    [Test]
    public async Task LinesAreThoseOfTheFile_WhereATitleStandsBeforeTheHeader_AndTheTextIsAsFive9WouldWriteIt()
    {
        var run = await ImportAsync("--agent-states", $"sep=;\nAgent states\n\n{Header}{Good(1)}bob,2026/11/02,13:00:00,Ready,soon\n".Replace(',', ';'));

        Assert.That(run.Rows("quarantined.csv"), Is.EqualTo("agentStates,6,the duration cannot be read (AGENT STATE TIME),\"bob,2026/11/02,13:00:00,Ready,soon\"\n"));
    }

    [Test]
    public async Task ASemicolonCallLog_InUtf16_WithATitleAndATotal_IsReadAsIfFive9HadWrittenIt()
    {
        var run = await ImportAsync(
            "--call-log", "sep=;\r\nCall Log\r\n" + FieldFile.Calls(line => FieldFile.Separated(line, ';') + "\r") + "Total;;;;;;;;;;00:12:00\r\n", Encoding.Unicode);

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Screen[0], Is.EqualTo("Reading file.csv: UTF-16, separated by semicolons, header in line 3"));
        Assert.That(run.Rows("queue-intervals.csv"), Is.EqualTo(FieldFile.Intervals));
    }

    [Test]
    public async Task TabsInUtf16_AsASpreadsheetSavesUnicodeText_AreReadAsIfFive9HadWrittenThem()
    {
        var run = await ImportAsync("--agent-states", FieldFile.States(line => FieldFile.Separated(line, '\t')), Encoding.BigEndianUnicode);

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Rows("agent-states.csv"), Is.EqualTo(FieldFile.Timeline.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task ADayAbove12_SettlesTheDatesOfTheFile()
    {
        var run = await ImportAsync("--agent-states", Header + "ann,2/11/2026,8:00:00,Ready,0:01:00\nann,13/11/2026,8:00:00,Ready,0:01:00\n");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Screen[1], Is.EqualTo("  Of the dates with the year last, the day comes first, as line 3 '13/11/2026' says."));
        Assert.That((run.RunJson.GetProperty("from").GetString(), run.RunJson.GetProperty("to").GetString()), Is.EqualTo(("2026-11-02T08:00:00Z", "2026-11-14T08:00:00Z")));
    }

    [Test]
    public async Task AWebPageCalledCsv_IsRefusedByWhatItIs()
    {
        var run = await ImportAsync("--call-log", "\uFEFF<html><head><title>Log in</title></head></html>");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Failure, Does.StartWith("file.csv: The file is a web page (HTML), whatever its name"));
    }

    [Test]
    public async Task TwoFilesWithDatesInDifferentOrders_AreRefused()
    {
        var states = await WriteAsync("states.csv", Header + "ann,13/11/2026,8:00:00,Ready,0:01:00\n");
        var calls = await WriteAsync("calls-log.csv", FieldFile.Calls(line => line.Replace("\"Mon, 02 Nov 2026 ", "\"11/13/2026 ", StringComparison.Ordinal)));

        var run = await ImportRun.OfAsync(_folder.CreateSubdirectory("out"), "--agent-states", states, "--call-log", calls);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Failure, Is.EqualTo("In one file the day comes first, in the other the month: import them one by one, each to another --output."));
    }

    [Test]
    public async Task TheCleanTextThatIsServed_IsGoneAfterwards()
    {
        var run = await StatesAsync(Good(1));

        Assert.That(run.Output.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal), Is.EqualTo(new[] { "agent-activity-import.csv", "agent-states.csv", "quarantined.csv", "run.json" }));
    }

    private static string Good(int rows) => Rows(rows, i => $"ann,2026/11/02,12:00:{i:00},Ready,00:00:01");

    private static string Rows(int rows, Func<int, string> row) => string.Concat(Enumerable.Range(0, rows).Select(i => row(i) + "\n"));

    private Task<ImportRun> StatesAsync(string rows) => ImportAsync("--agent-states", Header + rows);

    private async Task<ImportRun> ImportAsync(string option, string text, Encoding? encoding = null) =>
        await ImportRun.OfAsync(_folder.CreateSubdirectory("out"), option, await WriteAsync("file.csv", text, encoding));

    private async Task<string> WriteAsync(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }
}
