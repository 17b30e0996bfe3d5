using System.CommandLine;
using System.Text.Json;
using Five9Functions.LocalHost.Import;

namespace Five9Functions.Tests.LocalHost.Import;

/// <summary>The command as a person gives it: exit codes and files.</summary>
public sealed class ImportCommandTests
{
    private const string Header = "AGENT,DATE,TIME,STATE,AGENT STATE TIME\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("import");

    private string Output => Path.Combine(_folder.FullName, "a", "b");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [TestCase("--as-of", "yesterday")]
    [TestCase("--as-of", "2026-11-02T21:00:05")]
    [TestCase("--as-of", "9999-12-31T23:59:59Z")]
    [TestCase("--as-of", "0001-01-01T00:00:00Z")]
    [TestCase("--zone", "Mars/Phobos")]
    [TestCase("--dates", "ymd")]
    [TestCase("--dates", "0")]
    [TestCase("--encoding", "klingon")]
    [TestCase("--encoding", "utf-7")]
    public void AnOptionThatCannotBeRead_IsABadCommandLine(string option, string value)
    {
        Assert.That(Parse(File(""), Output, option, value).Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AFileThatIsMissing_FailsWithAllFiles()
    {
        Assert.That(await RunAsync(Path.Combine(_folder.FullName, "nothing.csv"), Output), Is.EqualTo(1));
        Assert.That(Files(), Is.EqualTo(new[] { "agent-activity-import.csv", "agent-states.csv", "quarantined.csv", "run.json" }));
        Assert.That(Run().GetProperty("status").GetString(), Is.EqualTo("failed"));
    }

    [Test]
    public async Task AFolderThatCannotBeMade_FailsBeforeAnythingIsImported()
    {
        var file = File(Header);

        Assert.That(await RunAsync(file, file), Is.EqualTo(1));
        Assert.That(await RunAsync(file, Path.Combine(file, "below")), Is.EqualTo(1));
    }

    [Test]
    public async Task AFileOfTheNameThatCannotBeReplaced_Fails()
    {
        Directory.CreateDirectory(Path.Combine(Output, "run.json"));

        Assert.That(await RunAsync(Path.Combine(_folder.FullName, "nothing.csv"), Output), Is.EqualTo(1));
    }

    [Test]
    public async Task AnInterruptedImport_FailsWithAllFiles()
    {
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();

        Assert.That(await RunAsync(File(Header), Output, interrupted.Token), Is.EqualTo(1));
        Assert.That(Run().GetProperty("warnings")[0].GetString(), Is.EqualTo("It was interrupted; start it again."));
    }

    [Test]
    public async Task DaysFarApart_AndManyRowsOfOneMinute_AreImported()
    {
        var minute = string.Concat(Enumerable.Range(0, 50_001).Select(i => $"ann,2026/11/01,13:00:{i % 60:00},Ready,00:00:00\n"));

        Assert.That(await RunAsync(File($"{Header}{minute}bob,1999/03/08,09:00:00,Ready,00:00:05\n"), Output), Is.EqualTo(0));
        Assert.That(await System.IO.File.ReadAllTextAsync(Path.Combine(Output, "agent-states.csv")), Is.EqualTo(
            """
            agent,agentName,state,kind,reasonCode,callId,start,end,durationSeconds,reportedStart,reportedEnd,adjusted,provisional
            bob,,Ready,ready,,,1999-03-08T17:00:00Z,1999-03-08T17:00:05Z,5,1999-03-08T17:00:00Z,1999-03-08T17:00:05Z,false,false

            """.ReplaceLineEndings("\n")));
        Assert.That(Run().GetProperty("from").GetString(), Is.EqualTo("1999-03-08T08:00:00Z"));
        Assert.That(Run().GetProperty("to").GetString(), Is.EqualTo("2026-11-02T08:00:00Z"));
        Assert.That(JsonSerializer.Serialize(Run().GetProperty("reports").GetProperty("agentStates")), Is.EqualTo(
            """{"rows":50002,"visible":1,"absorbed":0,"duplicate":49941,"marker":60,"quarantined":0}"""));
    }

    [Test]
    public async Task AQuoteThatIsNeverClosed_AndBytesThatAreNoUtf8_CostOneRowEach_AndEveryRowIsAccountedFor()
    {
        var file = File("");
        await System.IO.File.WriteAllBytesAsync(file, System.Text.Encoding.Latin1.GetBytes(string.Join(
            "\r\n",
            " ",
            "AGENT,DATE,TIME,STATE,AGENT STATE TIME",
            "ann,2026/11/02,13:00:00,Ready,00:00:05",
            "\"bob,2026/11/02,13:01:00,Ready,00:00:05",
            "total,,,,",
            "\"cat\r\nand dog\",2026/11/02,13:02:00,Ready,00:00:05",
            "Jos\u00E9,2026/11/02,13:03:00,Ready,00:00:05",
            "\"eve,2026/11/02,13:04:00,Ready,00:00:05",
            "")));

        Assert.That(await RunAsync(file, Output), Is.EqualTo(1), "less than half could be read");

        Assert.That((await System.IO.File.ReadAllLinesAsync(Path.Combine(Output, "agent-states.csv"))).Skip(1).Select(l => l.Split(',')[0]), Is.EqualTo(new[] { "Jos\u00E9", "ann" }));
        Assert.That(await System.IO.File.ReadAllTextAsync(Path.Combine(Output, "quarantined.csv")), Is.EqualTo(
            "report,line,reason,raw\n"
            + "agentStates,4,text after a closing quote; it takes 3 lines,\"\"\"bob,2026/11/02,13:01:00,Ready,00:00:05\r\ntotal,,,,\r\n\"\"cat\"\n"
            + "agentStates,7,a quote inside a field without quotes,\"and dog\"\",2026/11/02,13:02:00,Ready,00:00:05\"\n"
            + "agentStates,9,a quote that is never closed,\"\"\"eve,2026/11/02,13:04:00,Ready,00:00:05\"\n"));
        Assert.That(JsonSerializer.Serialize(Run().GetProperty("reports").GetProperty("agentStates")), Is.EqualTo(
            """{"rows":5,"visible":2,"absorbed":0,"duplicate":0,"marker":0,"quarantined":3}"""));
        Assert.That(Run().GetProperty("warnings").EnumerateArray().Select(w => w.GetString()), Is.EqualTo(new[]
        {
            "Only 2 of the 5 rows of the agent-state report could be read: see the reasons in quarantined.csv.",
            "agent-states 2026-11-02T08:00:00Z/2026-11-03T08:00:00Z: 3 rows could not be understood and are quarantined. (rows-quarantined)",
        }));
    }

    [Test]
    public async Task AUtf16File_IsRead()
    {
        var file = File("");
        await System.IO.File.WriteAllTextAsync(file, Header + "ann,2026/11/02,13:00:00,Ready,00:00:05\n", System.Text.Encoding.Unicode);

        Assert.That(await RunAsync(file, Output), Is.EqualTo(0));
        Assert.That(Run().GetProperty("warnings").GetArrayLength(), Is.EqualTo(0));
        Assert.That(Run().GetProperty("reports").GetProperty("agentStates").GetProperty("visible").GetInt32(), Is.EqualTo(1));
    }

    private static ParseResult Parse(string file, string output, params string[] options) =>
        ImportCommand.Create().Parse(["--agent-states", file, "--output", output, .. options]);

    private static Task<int> RunAsync(string file, string output, CancellationToken cancellationToken = default) =>
        Parse(file, output).InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null }, cancellationToken);

    private string File(string text)
    {
        var path = Path.Combine(_folder.FullName, "report.csv");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string[] Files() => [.. Directory.GetFiles(Output).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private JsonElement Run() => JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Output, "run.json"))).RootElement;
}
