using Five9Functions.AgentStates;
using Five9Functions.LocalHost.Import;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class SegmentSpoolTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spool");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task Merge_IsByAgentOrdinalThenStart_OverBucketsAndDays()
    {
        using var spool = new SegmentSpool(_folder);
        await AddAsync(spool, ("a", 1), ("c", 1), ("c", 2), ("B", 1), ("ab", 1));
        await AddAsync(spool);
        await AddAsync(spool, ("a", 3), ("ab", 4));
        await AddAsync(spool, ("ab", 5), ("z", 5), ("c", 5));

        Assert.That(Merged(spool), Is.EqualTo(new[] { "B 1", "a 1", "a 3", "ab 1", "ab 4", "ab 5", "c 1", "c 2", "c 5", "z 5" }));
        Assert.That(spool.Count, Is.EqualTo(10));
    }

    [Test]
    public async Task Merge_OfRunsFarLargerThanWhatIsHeldOfThem_LosesNothing()
    {
        using var spool = new SegmentSpool(_folder);
        for (var hour = 0; hour < 24; hour += 8)
        {
            await AddAsync(spool, [.. Enumerable.Range(0, 300).Select(i => ($"agent{i:000}{new string('é', i * 20)}", hour))]);
        }

        Assert.That(
            Merged(spool),
            Is.EqualTo(Enumerable.Range(0, 300).SelectMany(i => new[] { 0, 8, 16 }.Select(hour => $"agent{i:000}{new string('é', i * 20)} {hour}"))));
    }

    [Test]
    public void Merge_OfNothing_IsNothing()
    {
        using var spool = new SegmentSpool(_folder);

        Assert.That(spool.Merge(), Is.Empty);
    }

    [Test]
    public async Task TheTemporaryFile_GoesWithTheSpool()
    {
        using (var spool = new SegmentSpool(_folder))
        {
            await AddAsync(spool, ("anna", 1));
            Assert.That(_folder.GetFiles(), Has.Length.EqualTo(1));
        }

        Assert.That(_folder.GetFiles(), Is.Empty);
    }

    private static Task AddAsync(SegmentSpool spool, params (string Agent, int Hour)[] segments) => spool.AddAsync(segments.Select(s => Ready(s.Agent, s.Hour)).ToAsyncEnumerable(), CancellationToken.None);

    private static string[] Merged(SegmentSpool spool) => [.. spool.Merge().Select(fields => $"{fields[0]} {int.Parse(fields[6][11..13], System.Globalization.CultureInfo.InvariantCulture)}")];

    private static Segment Ready(string agent, int hour)
    {
        var start = Instant.FromUtc(2026, 11, 2, hour, 0);
        var end = start + Duration.FromMinutes(1);
        return new(agent, "", "Ready", StateKind.Ready, "", "", start, end, start, end, false, false, [], false, false);
    }
}
