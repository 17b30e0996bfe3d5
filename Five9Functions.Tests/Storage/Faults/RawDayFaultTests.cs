using Azure.Storage.Blobs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage.Faults;

/// <summary>Landing a raw day while answers get lost: as often as it is sent, it counts once.</summary>
public sealed class RawDayFaultTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 20, 0, 0, TimeSpan.Zero));
    private readonly FaultyNetwork _network = new();
    private readonly RawDayId _id = new(TestStorage.NewName("north-"), ReportNames.AgentStates, Day);
    private RawDayStore _days = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _days = new RawDayStore(new BlobServiceClient(await TestStorage.ConnectionStringAsync(), _network.Options(new BlobClientOptions())), _time);
        await RawDayStore.EnsureContainerAsync(new BlobServiceClient(await TestStorage.ConnectionStringAsync()), CancellationToken.None);
    }

    [TestCase("comp=block&")]
    [TestCase("comp=blocklist&")]
    public async Task TheFirstLandingWhoseAnswerIsLost_IsLandedOnce(string component)
    {
        _network.Once(request => request.Query.Contains(component, StringComparison.Ordinal), NetworkFaults.LostAnswer);

        var landed = await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05")).With(Bad("09:10", 5)));

        Assert.That(_network.Happened, Has.Count.EqualTo(1));
        Assert.That((landed.Version, landed.Doubts), Is.EqualTo((639_292_464_000_000_000, LandingDoubts.None)));
        var header = await _days.ReadHeaderAsync(_id, CancellationToken.None);
        Assert.That((header.Version, header.Rows, header.Quarantined), Is.EqualTo((639_292_464_000_000_000, 1, 1)));
        Assert.That(Text(header.Windows), Is.EqualTo(new[] { "09:00-10:00 @11:00 rows 2" }));
    }

    [Test]
    public async Task ALaterLandingWhoseCommitIsLost_RaisesTheVersionOnce()
    {
        await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05")));
        _network.Once(IsCommit, NetworkFaults.LostAnswer);

        var landed = await LandAsync(Landing("09:00", "10:00", "12:00", Row("Ann", "09:00", "09:06")));

        Assert.That(landed.Version, Is.EqualTo(639_292_464_000_000_001));
        Assert.That((await _days.ReadHeaderAsync(_id, CancellationToken.None)).Version, Is.EqualTo(639_292_464_000_000_001));
        Assert.That(_network.Tries.Count(IsCommit), Is.EqualTo(3), "the client's own second try was refused, and nothing was left to land");
    }

    [Test]
    public async Task ASuspiciousLandingWhoseCommitIsLost_IsStillSuspicious()
    {
        await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05"), Row("Ben", "09:00", "09:05")));
        _network.Once(IsCommit, NetworkFaults.LostAnswer);

        var landed = await LandAsync(Landing("09:00", "10:00", "12:00") with { SuspiciousRows = 2 });

        Assert.That(landed.Doubts, Is.EqualTo(LandingDoubts.TooSmall));
        Assert.That(Text((await _days.ReadHeaderAsync(_id, CancellationToken.None)).Windows), Is.EqualTo(new[] { "09:00-10:00 @11:00 rows 2 empty 12:00" }));
    }

    [Test]
    public async Task ARequestThatNeverArrived_IsSentAgain()
    {
        _network.Once(IsCommit, NetworkFaults.LostRequest);

        await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05")));

        Assert.That(_network.Tries.Count(IsCommit), Is.EqualTo(2));
        Assert.That((await _days.ReadHeaderAsync(_id, CancellationToken.None)).Rows, Is.EqualTo(1));
    }

    private static bool IsCommit(StorageRequest request) => request.Query.Contains("comp=blocklist&", StringComparison.Ordinal);

    private Task<LandingResult> LandAsync(Landing landing) => _days.LandAsync(_id, landing, CancellationToken.None);
}
