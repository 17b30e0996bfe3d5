using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.LocalHost.Import;
using Five9Functions.Tests.Calls;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class ImportFilesTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("files");

    private string[] Files => [.. _folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public void Write_TheSegmentsCannotBeReadToTheirEnd_LeavesNoFileThatLooksWhole()
    {
        var spool = new SegmentSpool(_folder);
        spool.Dispose();

        Assert.That(() => Write(Outcome(spool)), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(Files, Is.Empty);
    }

    [Test]
    public void Write_ALaterFileCannotBeReplaced_LeavesNothingUnfinished()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "run.json"));
        using var spool = new SegmentSpool(Elsewhere());

        Assert.That(() => Write(Outcome(spool)), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(Files, Has.None.Contains(".part"));
    }

    [Test]
    public async Task Write_AnEarlierResult_IsReplaced()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "agent-states.csv"), "of an earlier import");
        using var spool = new SegmentSpool(Elsewhere());
        var start = Instant.FromUtc(2026, 11, 2, 9, 0);
        Segment[] segments = [new("anna", "Anna, \"A\"", "Ready", StateKind.Ready, "", "7", start, start + Duration.FromSeconds(5), start, null, true, true, [], false, false)];
        await spool.AddAsync(segments.ToAsyncEnumerable(), CancellationToken.None);

        Write(Outcome(spool));

        Assert.That(Files, Is.EqualTo(new[] { "agent-activity-import.csv", "agent-states.csv", "quarantined.csv", "run.json" }));
        Assert.That(await TextAsync("agent-states.csv"), Is.EqualTo(
            "agent,agentName,state,kind,reasonCode,callId,start,end,durationSeconds,reportedStart,reportedEnd,adjusted,provisional\n"
            + "anna,\"Anna, \"\"A\"\"\",Ready,ready,,7,2026-11-02T09:00:00Z,2026-11-02T09:00:05Z,5,2026-11-02T09:00:00Z,,true,true\n"));
        Assert.That(await TextAsync("agent-activity-import.csv"), Is.EqualTo(
            "StartDate;StartTime;EndDate;EndTime;AgentID;AgentActivityID\n"
            + "02/11/2026;01:00:00;02/11/2026;01:00:05;anna;Ready\n"));
    }

    [Test]
    public async Task Write_Calls_InTheirFiles()
    {
        using var intervals = new SortedSpool(Elsewhere(), "queue-intervals.csv", 2);
        using var legs = new CallSpool(Elsewhere());
        intervals.Add(QueueIntervalFields.Of(new QueueInterval("Sales; \"In\"", Instant.FromUtc(2026, 8, 21, 16, 15), new IntervalFigures { Offered = 1 })));
        intervals.Add(QueueIntervalFields.Of(new QueueInterval("=Care", Instant.FromUtc(2026, 8, 21, 16, 0), new IntervalFigures
        {
            Offered = 1,
            Answered = 2,
            Abandoned = 3,
            AbandonedShort = 4,
            Diverted = 5,
            TransferredIn = 6,
            AnsweredWithin = 7,
            AbandonedWithin = 8,
            TalkSeconds = 9,
            HoldSeconds = 10,
            AfterCallWorkSeconds = 11,
            HandleSeconds = 12,
            WaitSecondsAnswered = 13,
            WaitSecondsAbandoned = 14,
            IvrOnly = 15,
            OtherHandleSeconds = 16,
            Outbound = 17,
            OutboundHandleSeconds = 18,
            OutboundAttempts = 19,
        })));
        legs.Add(new ClassifiedLeg(CallText.Leg("09:00:10 | Inbound | ann | S-New | talk 240"), LegClass.ContactLeg, "=Care", "1/1"), 0, ["1", "Fri, 21 Aug 2026 09:00:10", "=1+1"]);
        QueueSighting[] queues =
        [
            new("Sales", Instant.FromUtc(2026, 8, 21, 16, 15), Instant.FromUtc(2026, 8, 21, 16, 16, 7)),
            new("=Care", Instant.FromUtc(2026, 8, 20, 16, 15), Instant.FromUtc(2026, 8, 21, 16, 15)),
        ];

        var rows = new CallAccounting(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        Write(new ImportOutcome(true, null, [], null, new ImportedCalls(rows, QueueGrouping.Skill, queues, intervals, ["CALL ID", "TIMESTAMP", "ANI"], legs), [new("callLog", 7, "no CALL ID", "a;b,\"c\"")]));

        Assert.That(Files, Is.EqualTo(new[] { "calls.csv", "intervals-import.csv", "quarantined.csv", "queue-intervals.csv", "queues.csv", "run.json" }));
        Assert.That(await TextAsync("queues.csv"), Is.EqualTo(
            "queue,kind,firstSeen,lastSeen\n"
            + "=Care,skill,2026-08-20T16:15:00Z,2026-08-21T16:15:00Z\n"
            + "Sales,skill,2026-08-21T16:15:00Z,2026-08-21T16:16:07Z\n"));
        Assert.That(await TextAsync("queue-intervals.csv"), Is.EqualTo(
            "queue,start,offered,answered,abandoned,abandonedShort,diverted,transferredIn,answeredWithin,abandonedWithin,talkSeconds,holdSeconds,afterCallWorkSeconds,handleSeconds,"
            + "waitSecondsAnswered,waitSecondsAbandoned,ivrOnly,otherHandleSeconds,outbound,outboundHandleSeconds,outboundAttempts\n"
            + "=Care,2026-08-21T16:00:00Z,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19\n"
            + "\"Sales; \"\"In\"\"\",2026-08-21T16:15:00Z,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0\n"));
        Assert.That(await TextAsync("calls.csv"), Is.EqualTo("CALL ID,TIMESTAMP,ANI,queue,class,contact\n1,\"Fri, 21 Aug 2026 09:00:10\",=1+1,=Care,contactLeg,1/1\n"));
        Assert.That(await TextAsync("intervals-import.csv"), Is.EqualTo(
            "Queue;Date;Time;IncomingCalls;AnsweredCalls;AHT\n=Care;21/08/2026;09:00;1;2;6\n\"Sales; \"\"In\"\"\";21/08/2026;09:15;1;0;\n"));
        Assert.That(await TextAsync("quarantined.csv"), Is.EqualTo("report,line,reason,raw\ncallLog,7,no CALL ID,\"a;b,\"\"c\"\"\"\n"));
        Assert.That(await TextAsync("run.json"), Is.EqualTo(
            """
            {
              "status": "succeeded",
              "from": null,
              "to": null,
              "warnings": [],
              "files": [],
              "quarantineReasons": [
                {
                  "report": "callLog",
                  "reason": "no CALL ID",
                  "rows": 1,
                  "line": 7
                }
              ],
              "unknownCallTypes": [],
              "reports": {
                "callLog": {
                  "rows": 66,
                  "contactLegs": 1,
                  "ivrOnly": 2,
                  "callbackAttempt": 3,
                  "voicemail": 4,
                  "thirdParty": 5,
                  "outbound": 6,
                  "attempt": 7,
                  "internal": 8,
                  "unclassified": 9,
                  "duplicate": 10,
                  "quarantined": 11
                }
              }
            }

            """.ReplaceLineEndings("\n")));
    }

    private static ImportOutcome Outcome(SegmentSpool segments) => new(true, null, [], new ImportedAgentStates(default, segments), null, []);

    private DirectoryInfo Elsewhere() => _folder.CreateSubdirectory("spool");

    private void Write(ImportOutcome outcome) => ImportFiles.Write(_folder, DateTimeZoneProviders.Tzdb["America/Los_Angeles"], outcome);

    private Task<string> TextAsync(string name) => File.ReadAllTextAsync(Path.Combine(_folder.FullName, name));
}
