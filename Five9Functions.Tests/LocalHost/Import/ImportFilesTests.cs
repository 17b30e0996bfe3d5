using Five9Functions.AgentStates;
using Five9Functions.LocalHost.Import;
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

        Assert.That(() => ImportFiles.Write(_folder, Outcome(spool)), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(Files, Is.Empty);
    }

    [Test]
    public void Write_ALaterFileCannotBeReplaced_LeavesNothingUnfinished()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "run.json"));
        using var spool = new SegmentSpool(Directory.CreateDirectory(Path.Combine(_folder.FullName, "spool")));

        Assert.That(() => ImportFiles.Write(_folder, Outcome(spool)), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(Files, Has.None.Contains(".part"));
    }

    [Test]
    public async Task Write_AnEarlierResult_IsReplaced()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "agent-states.csv"), "of an earlier import");
        using var spool = new SegmentSpool(Directory.CreateDirectory(Path.Combine(_folder.FullName, "spool")));
        var start = Instant.FromUtc(2026, 11, 2, 9, 0);
        Segment[] segments = [new("anna", "Anna, \"A\"", "Ready", StateKind.Ready, "", "7", start, start + Duration.FromSeconds(5), start, null, true, true, [], false, false)];
        await spool.AddAsync(segments.ToAsyncEnumerable(), CancellationToken.None);

        ImportFiles.Write(_folder, Outcome(spool));

        Assert.That(Files, Is.EqualTo(new[] { "agent-states.csv", "quarantined.csv", "run.json" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "agent-states.csv")), Is.EqualTo(
            "agent,agentName,state,kind,reasonCode,callId,start,end,durationSeconds,reportedStart,reportedEnd,adjusted,provisional\n"
            + "anna,\"Anna, \"\"A\"\"\",Ready,ready,,7,2026-11-02T09:00:00Z,2026-11-02T09:00:05Z,5,2026-11-02T09:00:00Z,,true,true\n"));
    }

    private static ImportOutcome Outcome(SegmentSpool segments) => new(true, null, [], default, segments, []);
}
