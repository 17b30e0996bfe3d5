using System.Text.Json;
using Five9Functions.LocalHost.Import;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.LocalHost.Files;

namespace Five9Functions.Tests.LocalHost.Import;

/// <summary>The command with a call log: the worked example of docs/calls.md and rows of live shape, through the whole flow into files.</summary>
public sealed class CallImportTests
{
    private const string Columns = "offered,answered,abandoned,abandonedShort,diverted,transferredIn,answeredWithin,abandonedWithin,talkSeconds,holdSeconds,afterCallWorkSeconds,handleSeconds,"
        + "waitSecondsAnswered,waitSecondsAbandoned,ivrOnly,otherHandleSeconds,outbound,outboundHandleSeconds,outboundAttempts";

    private const string WorkedRows =
        """{"rows":24,"contactLegs":14,"ivrOnly":1,"callbackAttempt":1,"voicemail":1,"thirdParty":1,"outbound":1,"attempt":2,"internal":2,"unclassified":1,"duplicate":0,"quarantined":0}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("call-import");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task TheWorkedExample_ByCampaign_IsAsInTheDocument_WhateverTheOrderOfItsRows()
    {
        var output = await ImportAsync("one", "--call-log", File("calls.csv", WorkedExample.Csv));
        var lines = WorkedExample.Csv.Trim().ReplaceLineEndings("\n").Split('\n');
        var turned = await ImportAsync("two", "--call-log", File("turned.csv", string.Join('\n', lines.Skip(1).Reverse().Prepend(lines[0]))), "--grouping", "campaign");

        Assert.That(Names(output), Is.EqualTo(new[] { "calls.csv", "intervals-import.csv", "quarantined.csv", "queue-intervals.csv", "queues.csv", "run.json" }));
        foreach (var name in Names(output))
        {
            Assert.That(await TextAsync(turned, name), Is.EqualTo(await TextAsync(output, name)), name);
        }

        Assert.That(await TextAsync(output, "queues.csv"), Is.EqualTo(
            """
            queue,kind,firstSeen,lastSeen
            (no campaign),campaign,2026-08-21T16:34:00Z,2026-08-21T16:34:00Z
            Sales In,campaign,2026-08-21T16:00:10Z,2026-08-21T16:47:00Z
            Sales Out,campaign,2026-08-21T16:31:00Z,2026-08-21T16:33:00Z

            """.ReplaceLineEndings("\n")));
        Assert.That(await TextAsync(output, "queue-intervals.csv"), Is.EqualTo(
            $"""
            queue,start,{Columns}
            Sales In,2026-08-21T16:00:00Z,9,6,2,1,1,0,2,1,1840,230,180,2250,297,49,1,0,0,0,0
            Sales In,2026-08-21T16:15:00Z,1,1,0,0,0,0,0,0,60,0,0,60,20,0,0,60,0,0,0
            Sales Out,2026-08-21T16:30:00Z,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,120,2

            """.ReplaceLineEndings("\n")));
        Assert.That(await TextAsync(output, "intervals-import.csv"), Is.EqualTo(
            """
            Queue;Date;Time;IncomingCalls;AnsweredCalls;AHT
            Sales In;21/08/2026;09:00;9;6;375
            Sales In;21/08/2026;09:15;1;1;60
            Sales Out;21/08/2026;09:30;0;0;

            """.ReplaceLineEndings("\n")));
        Assert.That((await TextAsync(output, "calls.csv")).Split('\n')[..4], Is.EqualTo(new[]
        {
            "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,SKILL,IVR TIME,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED,queue,class,contact",
            "101,\"Fri, 21 Aug 2026 09:00:10\",Sales In,Inbound,ann,S-New,00:00:20,00:00:12,00:00:03,00:04:00,00:01:00,00:00:00,00:00:30,0,Sales In,contactLeg,101/1",
            "102,\"Fri, 21 Aug 2026 09:01:00\",Sales In,Inbound,[None],S-New,00:00:20,00:00:04,,,,,,1,Sales In,contactLeg,102/1",
            "103,\"Fri, 21 Aug 2026 09:02:00\",Sales In,Inbound,[None],S-New,00:00:20,00:00:45,,,,,,1,Sales In,contactLeg,103/1",
        }));
        Assert.That(await TextAsync(output, "quarantined.csv"), Is.EqualTo("report,line,reason,raw\n"));
        Assert.That(Reports(output), Is.EqualTo($$"""{"callLog":{{WorkedRows}}}"""));
    }

    [Test]
    public async Task TheWorkedExample_BySkill_IsAsInTheDocument()
    {
        var output = await ImportAsync("skill", "--call-log", File("calls.csv", WorkedExample.Csv), "--grouping", "skill");

        Assert.That(await TextAsync(output, "queue-intervals.csv"), Is.EqualTo(
            $"""
            queue,start,{Columns}
            (no skill),2026-08-21T16:00:00Z,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0
            (no skill),2026-08-21T16:30:00Z,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,120,2
            S-Care,2026-08-21T16:00:00Z,3,2,0,0,1,1,1,0,300,30,50,380,68,0,0,0,0,0,0
            S-Care,2026-08-21T16:15:00Z,1,1,0,0,0,1,0,0,100,20,10,130,25,0,0,60,0,0,0
            S-New,2026-08-21T16:00:00Z,7,4,2,1,1,0,2,1,1440,180,120,1740,92,49,0,0,0,0,0
            S-New,2026-08-21T16:15:00Z,1,1,0,0,0,0,0,0,60,0,0,60,20,0,0,0,0,0,0

            """.ReplaceLineEndings("\n")));
        Assert.That((await TextAsync(output, "queues.csv")).Split('\n')[1..^1].Select(line => line.Split(',')[..2]), Is.EqualTo(new[]
        {
            new[] { "(no skill)", "skill" }, ["S-Care", "skill"], ["S-New", "skill"],
        }));
        Assert.That((await TextAsync(output, "calls.csv")).Split('\n')[1..^1].Select(line => string.Join(' ', line.Split(',')[^3..].Prepend(line.Split(',')[0]))), Is.EqualTo(new[]
        {
            "101 S-New contactLeg 101/1",
            "102 S-New contactLeg 102/1",
            "103 S-New contactLeg 103/1",
            "104 (no skill) ivrOnly ",
            "105 S-New contactLeg 105/1",
            "105 S-Care contactLeg 105/2",
            "106 S-New contactLeg 106/1",
            "106 S-New contactLeg 106/1",
            "107 S-Care contactLeg 107/1",
            "108 S-New contactLeg 108/1",
            "109 S-Care contactLeg 109/1",
            "110 S-New contactLeg 110/1",
            "108 S-Care contactLeg 108/2",
            "109 S-Care voicemail ",
            "110 S-New thirdParty ",
            "111 S-New contactLeg 111/1",
            "112 (no skill) attempt ",
            "113 (no skill) outbound ",
            "114 (no skill) attempt ",
            "115 (no skill) internal ",
            "116 S-Care internal ",
            "117 S-Care unclassified ",
            "107 S-Care callbackAttempt ",
            "107 S-Care contactLeg 107/1",
        }));
        Assert.That(Reports(output), Is.EqualTo($$"""{"callLog":{{WorkedRows}}}"""));
    }

    [Test]
    public async Task RowsOfLiveShape_WithATwinAndOneThatCannotBeRead_AreAllAccountedFor_AndKeepTheCustomersData()
    {
        var twin = WorkedExample.LiveRows.Split('\n')[1];
        var output = await ImportAsync("live", "--call-log", File("live.csv", $"{WorkedExample.LiveRows}{twin}\n{twin.Replace("00:00:43,", "43 s,", StringComparison.Ordinal)}\n"));

        Assert.That(await TextAsync(output, "queue-intervals.csv"), Is.EqualTo(
            $"""
            queue,start,{Columns}
            Campaign A,2026-08-21T16:00:00Z,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,43,1
            Campaign B,2026-08-21T16:00:00Z,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,43,0
            Campaign C - Inbound,2026-08-21T16:00:00Z,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0

            """.ReplaceLineEndings("\n")));
        Assert.That((await TextAsync(output, "calls.csv")).Split('\n')[2], Is.EqualTo(
            "300000010270761,\"Fri, 21 Aug 2026 09:00:06\",Campaign A,Outbound,agent1,Agent One,NA,5550100001,,5550100101,00:00:46,00:00:48,0.0117,,00:00:00.235,00:00:00,00:00:43,00:00:00,00:00:00,00:00:00,,,,0,09:00:25(0:43),Campaign A,outbound,"));
        Assert.That((await TextAsync(output, "quarantined.csv")).Split('\n')[1], Does.StartWith("callLog,8,the duration cannot be read (TALK TIME),\"300000010270761,"));
        Assert.That(Reports(output), Is.EqualTo(
            """{"callLog":{"rows":7,"contactLegs":0,"ivrOnly":1,"callbackAttempt":0,"voicemail":0,"thirdParty":1,"outbound":2,"attempt":1,"internal":0,"unclassified":0,"duplicate":1,"quarantined":1}}"""));
    }

    [Test]
    public async Task BothFiles_OnceAndAgain_AreTheSameBytes()
    {
        string[] options =
        [
            "--call-log", File("log.csv", WorkedExample.Csv),
            "--agent-states", File("states.csv", "AGENT,DATE,TIME,STATE,AGENT STATE TIME,REASON CODE\nann,2026/08/21,09:00:12,On Call,00:04:30,\nann,2026/08/21,09:04:42,Not Ready,00:10:00,Lunch\nann,2026/08/20,09:00:00,Ready,00:00:05,\n"),
        ];
        var output = await ImportAsync("both", options);
        var first = Names(output).ToDictionary(name => name, name => System.IO.File.ReadAllBytes(Path.Combine(output, name)));
        await ImportAsync("both", options);

        Assert.That(first.Keys, Is.EqualTo(new[]
        {
            "agent-activity-import.csv", "agent-states.csv", "calls.csv", "intervals-import.csv", "quarantined.csv", "queue-intervals.csv", "queues.csv", "run.json",
        }));
        Assert.That(Names(output), Is.EqualTo(first.Keys));
        foreach (var (name, bytes) in first)
        {
            Assert.That(await System.IO.File.ReadAllBytesAsync(Path.Combine(output, name)), Is.EqualTo(bytes), name);
        }

        Assert.That(await TextAsync(output, "agent-activity-import.csv"), Is.EqualTo(
            """
            StartDate;StartTime;EndDate;EndTime;AgentID;AgentActivityID
            20/08/2026;09:00:00;20/08/2026;09:00:05;ann;Ready
            21/08/2026;09:00:12;21/08/2026;09:04:42;ann;On Call
            21/08/2026;09:04:42;21/08/2026;09:14:42;ann;Not Ready: Lunch

            """.ReplaceLineEndings("\n")));
        Assert.That((await TextAsync(output, "intervals-import.csv")).Split('\n')[1], Is.EqualTo("Sales In;21/08/2026;09:00;9;6;375"));
        Assert.That(Reports(output), Is.EqualTo($$"""{"agentStates":{"rows":3,"visible":3,"absorbed":0,"duplicate":0,"marker":0,"quarantined":0},"callLog":{{WorkedRows}}}"""));
        Assert.That((Run(output).GetProperty("from").GetString(), Run(output).GetProperty("to").GetString()), Is.EqualTo(("2026-08-20T07:00:00Z", "2026-08-22T07:00:00Z")));
    }

    [Test]
    public async Task BySkill_WithoutTheColumn_Fails_SayingHowToAddIt()
    {
        var output = Path.Combine(_folder.FullName, "none");
        Assert.That(await RunAsync(output, "--call-log", File("live.csv", WorkedExample.LiveRows), "--grouping", "skill"), Is.EqualTo(1));

        Assert.That(Run(output).GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(Run(output).GetProperty("warnings")[0].GetString(), Does.Contain("The call log lacks SKILL").And.Contain("add the column SKILL"));
        Assert.That(Names(output), Has.Length.EqualTo(6));
    }

    [Test]
    public async Task AFileThatWouldBeOverwritten_IsLeftAlone()
    {
        var file = File("calls.csv", WorkedExample.Csv);

        Assert.That(await RunAsync(_folder.FullName, "--call-log", file), Is.EqualTo(1));
        Assert.That(await System.IO.File.ReadAllTextAsync(file), Is.EqualTo(WorkedExample.Csv));
        Assert.That(Names(_folder.FullName), Is.EqualTo(new[] { "calls.csv" }));
    }

    [TestCase]
    [TestCase("--grouping", "skill")]
    public void WithoutAFile_TheCommandLineIsWrong_InOneSentence(params string[] options) => Assert.That(
        ImportCommand.Create().Parse(["--output", _folder.FullName, .. options]).Errors.Select(e => e.Message),
        Is.EqualTo(new[] { "There is nothing to import: give --agent-states FILE.csv, --call-log FILE.csv, or both." }));

    [Test]
    public void AGroupingThatIsNone_IsABadCommandLine() => Assert.That(
        ImportCommand.Create().Parse(["--output", _folder.FullName, "--call-log", "a.csv", "--grouping", "queue"]).Errors.Select(e => e.Message),
        Is.EqualTo(new[] { "'queue' is no grouping of queues: campaign or skill." }));

    private async Task<string> ImportAsync(string name, params string[] options)
    {
        var output = Path.Combine(_folder.FullName, name);
        Assert.That(await RunAsync(output, options), Is.EqualTo(0));
        return output;
    }

    private static async Task<int> RunAsync(string output, params string[] options) => (await ImportRun.OfAsync(new DirectoryInfo(output), options)).ExitCode;

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static string[] Names(string output) => [.. Directory.GetFiles(output).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private static Task<string> TextAsync(string output, string name) => System.IO.File.ReadAllTextAsync(Path.Combine(output, name));

    private static JsonElement Run(string output) => JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(output, "run.json"))).RootElement;

    private static string Reports(string output) => JsonSerializer.Serialize(Run(output).GetProperty("reports"));
}
